import { describe, expect, it } from 'vitest';
import { causal, fromLogits } from '../../src/mechanisms/attention/attention-maps.ts';
import type { CheckpointReading } from '../../src/mechanisms/checkpoint-reading.ts';
import { filterBank } from '../../src/mechanisms/filters/filter-bank.ts';
import { measureCheckpoints, mechanismMeasures } from '../../src/mechanisms/measures.ts';
import { createRandom } from '../../src/numerics/random.ts';

function reading(step: number, seed: number): CheckpointReading {
  const random = createRandom(seed);
  const normal = (length: number) => Float64Array.from({ length }, () => random.normal());
  return {
    step,
    activations: new Map([['relu', { data: normal(24 * 5).map(Math.abs), rows: 24, columns: 5 }]]),
    attention: new Map([
      ['attn', fromLogits(normal(24 * 2 * 4 * 4), { examples: 24, heads: 2, queries: 4, keys: 4 }, causal)],
    ]),
    weights: new Map([
      ['conv.weight', filterBank(normal(3 * 2 * 9), [3, 2, 3, 3])],
      ['attn.in_proj_weight', filterBank(normal(12 * 4), [12, 4])],
      ['attn.out_proj.weight', filterBank(normal(4 * 4), [4, 4])],
    ]),
    logits: { data: normal(24 * 3), rows: 24, columns: 3 },
    labels: Array.from({ length: 24 }, (_, i) => i % 3),
    classes: 3,
  };
}

describe('the mechanism measures, each by being registered', () => {
  const values = [...measureCheckpoints([reading(0, 1), reading(10, 2)])];

  for (const [name, { unit, meaning }] of Object.entries(mechanismMeasures)) {
    it(`${name} is a finite number at every checkpoint, or says why not, and says what it is`, () => {
      const { subject } = values.find(({ measure }) => measure === name)!;
      const own = values.filter((value) => value.measure === name && value.subject === subject);
      expect(own.map(({ step }) => step)).toEqual([0, 10]);
      for (const { value } of own) {
        if (value.determined) expect(Number.isFinite(value.value)).toBe(true);
        else expect(value.reason).toMatch(/\w/);
      }
      expect(own[1].value.determined).toBe(true);
      expect(`${unit} ${meaning}`).toMatch(/\w+ \w+/);
    });
  }

  it('compare with the first checkpoint and the one before', () => {
    const of = (measure: string, step: number) =>
      values.find((value) => value.measure === measure && value.step === step)!.value;
    expect(of('cka_to_first', 0)).toEqual({ determined: true, value: 1 });
    expect(of('weight_change', 0)).toEqual({ determined: true, value: 0 });
    expect(of('cka_to_previous', 0)).toEqual({ determined: false, reason: 'it is the first checkpoint' });
    expect(of('cka_to_first', 10)).toEqual(of('cka_to_previous', 10));
    expect(of('weight_step', 10)).toEqual(of('weight_change', 10));
  });
});
