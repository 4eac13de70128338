import { criticalPeriod } from './critical-period.ts';
import { deepLinear, deepLinearWalk } from './deep-linear.ts';
import type { KnownTransition } from './types.ts';

/** Every transition that `rankscope validate --known` holds the program against. */
export const knownTransitions: readonly KnownTransition[] = [deepLinear, deepLinearWalk, criticalPeriod];
