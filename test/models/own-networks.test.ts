import { describe, expect, it } from 'vitest';
import type { Architecture } from '../../src/models/architectures.ts';
import { createModel, type ModelInput } from '../../src/models/create-model.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { randomOrthogonal } from '../../src/numerics/random-orthogonal.ts';
import { openProbe } from '../../src/training/probe.ts';
import { initialWeights } from '../../src/training/train.ts';

const vectors = {
  left: randomOrthogonal(4, createRandom('left')),
  right: randomOrthogonal(4, createRandom('right')),
};
const linear: ModelInput = { exampleShape: [4], classes: 4, teacher: vectors };
const words: ModelInput = { exampleShape: [6], classes: 5, vocabulary: 5 };

async function answers(
  architecture: Architecture,
  input: ModelInput,
  inputs: readonly number[],
): Promise<Float32Array> {
  const model = createModel(architecture, input);
  const count = inputs.length / input.exampleShape.reduce((a, b) => a * b, 1);
  const probe = await openProbe(model, { count, layers: [] });
  const { logits } = await probe.read(initialWeights(model, createRandom(3)), Float32Array.from(inputs));
  await probe.close();
  return logits.data;
}

describe('initial weights', () => {
  it('along a teacher: the product of the layers has its singular vectors, and the values asked for', async () => {
    const identity = Array.from({ length: 16 }, (_, i) => Number(i % 5 === 0));
    for (const hidden of [[6], [5, 7]]) {
      const architecture = {
        family: 'mlp',
        hidden,
        nonlinearity: 'linear',
        bias: false,
        initial: { aligned: [0.5, 0.2] },
      } as const;
      const map = await answers(architecture, linear, identity);
      // Row i answers axis i: entry [i, o] is Σ s_k u_ok v_ik.
      for (let i = 0; i < 4; i++) {
        for (let o = 0; o < 4; o++) {
          const expected = [0.5, 0.2].reduce(
            (sum, s, k) => sum + s * vectors.left[o * 4 + k] * vectors.right[i * 4 + k],
            0,
          );
          expect(map[i * 4 + o]).toBeCloseTo(expected, 6);
        }
      }
    }
  });

  it('of a deviation, or by fan-in, or by both fans', () => {
    const sdOf = (initial: object): number => {
      const model = createModel({ family: 'mlp', hidden: [400], initial } as Architecture, {
        exampleShape: [100],
        classes: 3,
      });
      const { data } = initialWeights(model, createRandom(1)).get('network.0.weight')!;
      return Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);
    };
    expect(sdOf({ sd: 0.3 })).toBeCloseTo(0.3, 2);
    expect(sdOf({ gain: 2 })).toBeCloseTo(0.2, 2);
    expect(sdOf({ xavier: 1 })).toBeCloseTo(Math.sqrt(2 / 500), 2);
  });

  it('along a teacher are refused where there is none, or where more than weights would start', () => {
    const aligned = {
      family: 'mlp',
      hidden: [4],
      nonlinearity: 'linear',
      bias: false,
      initial: { aligned: 0.1 },
    } as const;
    expect(() => createModel(aligned, { exampleShape: [4], classes: 4 })).toThrow(/linear_teacher/);
    expect(() => createModel({ ...aligned, bias: true }, linear)).toThrow(/bias: false/);
    expect(() => createModel({ ...aligned, paths: 2 }, linear)).toThrow(/4 inputs and 4 outputs/);
    expect(() => createModel({ ...aligned, hidden: [1], initial: { aligned: [1, 1] } }, linear)).toThrow(
      /at most 1/,
    );
  });
});

describe('paths', () => {
  it('see their own piece of the input, and add up', async () => {
    const architecture = { family: 'mlp', hidden: [3], paths: 2, initial: { gain: 1 } } as const;
    const input = { exampleShape: [4], classes: 2 };
    const [first, second, both] = await Promise.all(
      [
        [1, 2, 0, 0],
        [0, 0, 3, -1],
        [1, 2, 3, -1],
      ].map((x) => answers(architecture, input, x)),
    );
    // Biases are 0 at the start, and a path of zeros gives 0.
    expect(both[0]).toBeCloseTo(first[0] + second[0], 6);
    expect(both[1]).toBeCloseTo(first[1] + second[1], 6);
    expect(first).not.toEqual(second);
  });

  it('are refused where the input cannot be divided', () => {
    expect(() =>
      createModel({ family: 'mlp', hidden: [3], paths: 3 }, { exampleShape: [4], classes: 2 }),
    ).toThrow('paths is 3; allowed: a divisor of the 4 inputs');
  });
});

describe('an autoencoder', () => {
  it('gives back f(Wᵀ W x + b)', async () => {
    const input = { exampleShape: [3], classes: 3 };
    const model = createModel({ family: 'autoencoder', hidden: 2, nonlinearity: 'linear' }, input);
    const weight = initialWeights(model, createRandom(3)).get('encoder.weight')!.data;
    const given = await answers(
      { family: 'autoencoder', hidden: 2, nonlinearity: 'linear' },
      input,
      [1, 0, 0],
    );
    for (let i = 0; i < 3; i++) {
      expect(given[i]).toBeCloseTo(weight[0] * weight[i] + weight[3] * weight[3 + i], 6);
    }
    const rectified = await answers({ family: 'autoencoder', hidden: 2 }, input, [1, 0, 0]);
    expect([...rectified]).toEqual([...given].map((value) => Math.max(0, value)));
  });

  it('is refused where as many numbers are not asked for', () => {
    expect(() =>
      createModel({ family: 'autoencoder', hidden: 2 }, { exampleShape: [3], classes: 2 }),
    ).toThrow(InputErrorOf(3));
  });
});

const InputErrorOf = (numbers: number): RegExp => new RegExp(`the ${numbers} numbers of each example`);

describe('a decoder', () => {
  const variants: readonly (readonly [string, Architecture])[] = [
    ['learned positions', { family: 'decoder', width: 8, heads: 2, blocks: 2 }],
    ['rotary positions', { family: 'decoder', width: 8, heads: 2, blocks: 1, positions: 'rotary' }],
    [
      'relative keys, attention alone',
      {
        family: 'decoder',
        width: 8,
        heads: 2,
        blocks: 2,
        positions: 'relative',
        feedForward: 0,
        layerNorm: false,
        outputProjection: false,
        bias: false,
      },
    ],
    [
      'a tied read-out',
      {
        family: 'decoder',
        width: 8,
        heads: 1,
        blocks: 1,
        tied: true,
        positions: 'none',
        nonlinearity: 'square',
      },
    ],
  ];

  it.each(variants)('sees nothing of what comes later: %s', async (_, given) => {
    const architecture = { ...given, initial: { gain: 1 }, positionSd: 1 } as Architecture;
    const input = { ...words, everyPosition: true };
    const one = await answers(architecture, input, [0, 3, 1, 4, 2, 2]);
    const other = await answers(architecture, input, [0, 3, 1, 0, 1, 4]);
    expect(one).toHaveLength(6 * 5);
    // Three tokens are shared: their answers are the same, the fourth's is not.
    for (let i = 0; i < 15; i++) expect(other[i]).toBeCloseTo(one[i], 5);
    expect(
      Math.max(...one.subarray(15, 20).map((value, i) => Math.abs(value - other[15 + i]))),
    ).toBeGreaterThan(1e-3);
  });

  it('knows places by distance alone with rotary positions or relative keys, and not at all with none', async () => {
    const last = async (
      positions: 'rotary' | 'relative' | 'none',
      tokens: readonly number[],
    ): Promise<number[]> => {
      const architecture = {
        family: 'decoder',
        width: 8,
        heads: 1,
        blocks: 1,
        positions,
        initial: { gain: 1 },
        positionSd: 1,
      } as const;
      return [...(await answers(architecture, words, tokens))];
    };
    const difference = async (positions: 'rotary' | 'relative' | 'none'): Promise<number> => {
      const [a, b] = [await last(positions, [1, 1, 1, 2, 3, 0]), await last(positions, [1, 1, 1, 3, 2, 0])];
      return Math.max(...a.map((value, i) => Math.abs(value - b[i])));
    };
    expect(await difference('none')).toBeLessThan(1e-5);
    expect(await difference('rotary')).toBeGreaterThan(1e-4);
    expect(await difference('relative')).toBeGreaterThan(1e-4);
  });

  it('is refused for quantities, for heads that do not fit, and where a tied read-out has other answers', () => {
    const small = { family: 'decoder', width: 8, heads: 2, blocks: 1 } as const;
    expect(() => createModel(small, { exampleShape: [6], classes: 5 })).toThrow(/quantities, not tokens/);
    expect(() => createModel({ ...small, heads: 3 }, words)).toThrow(/heads is 3; allowed: a divisor of 8/);
    expect(() => createModel({ ...small, heads: 8, positions: 'rotary' }, words)).toThrow(/even width/);
    expect(() => createModel({ ...small, tied: true }, { ...words, classes: 4 })).toThrow(
      /answers are tokens/,
    );
  });

  it('alone answers at every position', () => {
    expect(() =>
      createModel({ family: 'mlp', hidden: [4], embedding: 3 }, { ...words, everyPosition: true }),
    ).toThrow(/family is "mlp"; allowed: a decoder/);
  });
});

describe('an MLP over words', () => {
  it('needs an embedding, which only words can have', () => {
    expect(() => createModel({ family: 'mlp', hidden: [4] }, words)).toThrow(
      /embedding is "missing"; allowed: a width/,
    );
    expect(() =>
      createModel({ family: 'mlp', hidden: [4], embedding: 3 }, { exampleShape: [6], classes: 5 }),
    ).toThrow(/absent: the examples are quantities/);
    expect(createModel({ family: 'mlp', hidden: [4], embedding: 3 }, words).parameters[0]).toMatchObject({
      name: 'embedding.weight',
      shape: [5, 3],
    });
  });
});
