import { describe, expect, it } from 'vitest';
import { evaluateOutputs } from '../../src/probe/evaluate-outputs.ts';
import type { ModelTensor } from '../../src/training/session-model.ts';

const matrix = (...rows: number[][]): ModelTensor => ({
  type: 'float32',
  data: Float32Array.from(rows.flat()),
  shape: [rows.length, rows[0].length],
});
const right = matrix([9, 0], [0, 9]);
const wrong = matrix([0, 9], [9, 0]);
const accuracyOf = (outputs: Record<string, ModelTensor>, asked?: string) =>
  evaluateOutputs(7, { outputs: [new Map(Object.entries(outputs))] }, [0, 1], 2, asked).accuracy;

describe('labels', () => {
  it('are held against the only output of examples and classes', () => {
    expect(accuracyOf({ cube: { ...right, shape: [2, 1, 2] }, y: right })).toBe(1);
    expect(accuracyOf({ y: wrong })).toBe(0);
  });

  it('are held against the logits, or what is asked for, where there are several, and never against just the first', () => {
    expect(accuracyOf({ hidden: wrong, logits: right })).toBe(1);
    expect(accuracyOf({ hidden: wrong, logits: right }, 'hidden')).toBe(0);
    expect(() => accuracyOf({ a: wrong, b: right })).toThrow(
      'labels is "a [2,2], b [2,2]"; allowed: --logits with one of a, b',
    );
    expect(() => accuracyOf({ a: right }, 'c')).toThrow('logits is "c"; allowed: --logits with one of a');
  });

  it('are classes', () => {
    expect(() => evaluateOutputs(0, { outputs: [new Map([['y', right]])] }, [0, 2], 2)).toThrow(
      'labels[1] is 2; allowed: a class from 0 to 1',
    );
  });
});
