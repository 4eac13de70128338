import { measureCheckpoints, mechanismMeasures } from '../../mechanisms/measures.ts';
import type { InsideRun } from '../inside/inside-run.ts';

/** What stands inside checkpoints: every measure of everything that was read of them, and what the network loses without its parts. */
export function checkpointsJson(inside: readonly InsideRun[]) {
  return inside.map(({ run, readings, ablations }) => ({
    run,
    steps: readings.map(({ step }) => step),
    values: [...measureCheckpoints(readings)].map(({ measure, subject, step, value }) => ({
      ...{ measure, subject, step, unit: mechanismMeasures[measure].unit },
      ...(value.determined
        ? { value: value.value, interval: value.interval ?? null, chance: value.chance ?? null, reason: null }
        : { value: null, interval: null, chance: null, reason: value.reason }),
    })),
    ablations,
  }));
}
