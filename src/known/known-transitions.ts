import { criticalPeriod } from './critical-period.ts';
import { deepLinear, deepLinearWalk } from './deep-linear.ts';
import { edgeOfStability } from './edge-of-stability.ts';
import { expansionCompression } from './expansion-compression.ts';
import { grokking } from './grokking.ts';
import { inContextBigrams } from './in-context-bigrams.ts';
import { interventions } from './interventions.ts';
import { neuralCollapse } from './neural-collapse.ts';
import { superposition } from './superposition.ts';
import type { KnownTransition } from './types.ts';

/** Every transition that `rankscope validate --known` holds the program against, the exact ones first. */
export const knownTransitions: readonly KnownTransition[] = [
  deepLinear,
  deepLinearWalk,
  criticalPeriod,
  edgeOfStability,
  grokking,
  inContextBigrams,
  neuralCollapse,
  superposition,
  expansionCompression,
  interventions,
];
