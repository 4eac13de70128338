import { fromLogits } from '../../../src/mechanisms/attention/attention-maps.ts';
import type { CheckpointReading } from '../../../src/mechanisms/checkpoint-reading.ts';
import { filterBank } from '../../../src/mechanisms/filters/filter-bank.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import type { InsideRun } from '../../../src/report/inside/inside-run.ts';
import { hostile } from '../example-study.ts';

/** A network of two heads, three filters and five units at a step. */
function reading(step: number): CheckpointReading {
  const random = createRandom(step);
  const normal = (length: number) => Float64Array.from({ length }, () => random.normal());
  return {
    step,
    activations: new Map([
      ['relu', { data: normal(24 * 5).map(Math.abs), rows: 24, columns: 5 }],
      [hostile, { data: normal(24 * 3), rows: 24, columns: 3 }],
    ]),
    attention: new Map([
      ['attn', fromLogits(normal(24 * 2 * 4 * 4), { examples: 24, heads: 2, queries: 4, keys: 4 })],
    ]),
    weights: new Map([
      ['conv.weight', filterBank(normal(3 * 2 * 9), [3, 2, 3, 3])],
      ['fc.weight', filterBank(normal(3 * 5), [3, 5])],
    ]),
    labels: Array.from({ length: 24 }, (_, i) => i % 3),
    classes: 3,
  };
}

/** What some checkpoints of the example study's first run hold. */
export function exampleInside(steps: readonly number[]): InsideRun {
  return {
    run: 'mlp_digits',
    readings: steps.map(reading),
    ablations: [
      { part: `head 0 of ${hostile}`, replacement: 'zero', loss: 0.5 },
      { part: 'head 1 of attn', replacement: 'zero', loss: null },
    ],
  };
}
