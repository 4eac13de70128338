import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/datasets/types.ts';
import { InputError } from '../../../src/errors/input-error.ts';
import { createModel } from '../../../src/models/create-model.ts';
import type { Model } from '../../../src/models/model.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import type { NetworkReader } from '../../../src/study/network-reader.ts';
import { gradientNoiseTrack } from '../../../src/study/tracks/gradient-noise-track.ts';
import { hessianTrack } from '../../../src/study/tracks/hessian-track.ts';
import { sharpnessTrack } from '../../../src/study/tracks/sharpness-track.ts';
import type { TrackMeter } from '../../../src/study/tracks/track-meter.ts';
import type { NamedTensors } from '../../../src/training/train.ts';

/**
 * A network of 103 weights and 64 examples, all by formula, so that PyTorch can be asked about the same ones. The numbers
 * below are PyTorch's in float64: `torch.autograd.functional.hessian` of the mean cross-entropy of
 * relu(x W₁ᵀ + b₁) W₂ᵀ + b₂, NumPy's `eigvalsh` of it, and gradients of the two halves of the examples.
 */
const count = 64;
const data: Dataset = {
  name: 'waves',
  inputs: Float32Array.from({ length: count * 16 }, (_, i) => Math.sin(1 + 0.7 * i)),
  labels: Uint8Array.from({ length: count }, (_, i) => i % 3),
  exampleShape: [1, 4, 4],
  classes: 3,
  count,
};
const model = createModel({ family: 'mlp', hidden: [5] }, data);
const wide = createModel({ family: 'mlp', hidden: [2000] }, data);
const reader = createModel({ family: 'transformer', width: 8, heads: 2, blocks: 1 }, data);
const weights = byFormula(model, 0.4);
const noReader = {} as NetworkReader;
const noReading = Promise.resolve(null);
const never = (): boolean => false;

function byFormula({ parameters }: Model, scale: number): NamedTensors {
  let place = 0;
  return new Map(
    parameters.map(({ name, shape }) => {
      const length = shape.reduce((a, b) => a * b, 1);
      const wave = (): number => scale * Math.cos(1.3 * place++);
      return [name, { shape, data: Float32Array.from({ length }, wave) }];
    }),
  );
}

function repeated(values: Float32Array, length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => values[i % values.length]);
}

async function measured(
  track: TrackMeter,
  after: NamedTensors = weights,
): Promise<Record<string, number | string>> {
  const [{ values }] = await track.measure({ before: after, after }, noReader, noReading);
  await track.close();
  expect(Object.keys(values)).toEqual(track.header.series);
  return Object.fromEntries(
    Object.entries(values).map(([name, entry]) => [name, entry.determined ? entry.value : entry.reason]),
  );
}

const relative = (value: number | string, expected: number): number => Math.abs(Number(value) / expected - 1);
const sharpnessOptions = { iterations: 200, tolerance: 1e-5, random: createRandom(0) };

describe('the sharpness track', () => {
  it('has the largest eigenvalue of the Hessian that PyTorch and NumPy find', async () => {
    const values = await measured(sharpnessTrack(model, data, sharpnessOptions, never));
    expect(relative(values.sharpness, 0.523358065671262)).toBeLessThan(1e-9);
    expect(values.converged).toBe(1);
  });

  it('is that between the kinks, though thousands of ReLUs may switch near by', async () => {
    // SciPy's `eigsh` on products of PyTorch's double backward pass; differences of gradients with a step of 4.8e-6 would give 3.4.
    const values = await measured(sharpnessTrack(wide, data, sharpnessOptions, never), byFormula(wide, 0.05));
    expect(relative(values.sharpness, 2.368871484015523)).toBeLessThan(1e-9);
  });

  it('has no part of the jump where a unit lies at zero, however close', async () => {
    // Of a blank example every unit of the first layer is at its bias. Differences of gradients gave up to 1e9 here.
    const blank = { ...data, inputs: data.inputs.map((value, i) => (i < 16 ? 0 : value)) };
    const biased = (bias: number): NamedTensors => {
      const tensors = new Map(weights);
      const { shape, data: biases } = tensors.get('network.0.bias')!;
      return tensors.set('network.0.bias', { shape, data: biases.with(0, bias) });
    };
    const away = await measured(sharpnessTrack(model, blank, sharpnessOptions, never), biased(1e-6));
    expect(Number(away.sharpness)).toBeLessThan(1);
    for (const bias of [1e-11, 1e-30]) {
      const values = await measured(sharpnessTrack(model, blank, sharpnessOptions, never), biased(bias));
      expect(relative(values.sharpness, Number(away.sharpness)), `bias ${bias}`).toBeLessThan(1e-5);
      expect(values.converged).toBe(1);
    }
    // At zero and below it the unit is off, as PyTorch has it: the curvature of the other side.
    const off = await measured(sharpnessTrack(model, blank, sharpnessOptions, never), biased(-1e-6));
    for (const bias of [0, -1e-10]) {
      const values = await measured(sharpnessTrack(model, blank, sharpnessOptions, never), biased(bias));
      expect(relative(values.sharpness, Number(off.sharpness)), `bias ${bias}`).toBeLessThan(1e-5);
    }
  });

  it('may have the next eigenvalues beside it, as NumPy finds them', async () => {
    const track = sharpnessTrack(model, data, { ...sharpnessOptions, eigenvalues: 3 }, never);
    const values = await measured(track);
    expect(values.converged).toBe(1);
    expect(relative(values.sharpness, 0.523358065671262)).toBeLessThan(1e-9);
    expect(relative(values.eigenvalue_2, 0.39474486372878415)).toBeLessThan(1e-9);
    expect(relative(values.eigenvalue_3, 0.1639733671894671)).toBeLessThan(1e-9);
  });

  it('is exact for a transformer too, whose layer norms must not round to float32', async () => {
    // NumPy's `eigvalsh` of the Hessian by PyTorch's double backward pass through its TransformerEncoder.
    const values = await measured(
      sharpnessTrack(reader, data, sharpnessOptions, never),
      byFormula(reader, 0.4),
    );
    expect(relative(values.sharpness, 2.3116429220459693)).toBeLessThan(1e-9);
    expect(values.converged).toBe(1);
  });

  it('may be of fewer examples, whose number need not be a multiple of a batch', async () => {
    const options = { ...sharpnessOptions, examples: 40 };
    const values = await measured(sharpnessTrack(model, data, options, never));
    expect(relative(values.sharpness, 0.5304625675630915)).toBeLessThan(1e-9);
  });

  it('gives the same value at every measurement of the same weights', async () => {
    const track = sharpnessTrack(model, data, { ...sharpnessOptions, tolerance: 0.1 }, never);
    const first = await track.measure({ before: weights, after: weights }, noReader, noReading);
    expect(await track.measure({ before: weights, after: weights }, noReader, noReading)).toEqual(first);
    await track.close();
  });

  it('says how far it came where the iterations ran out', async () => {
    const values = await measured(sharpnessTrack(model, data, { ...sharpnessOptions, iterations: 2 }, never));
    expect(values).toMatchObject({ iterations: 2, converged: 0 });
    expect(Number(values.sharpness)).toBeLessThan(0.523358065671262);
  });
});

describe('the Hessian track', () => {
  const options = { probes: 60, steps: 40, random: createRandom(0) };

  it('has what PyTorch and NumPy find for all eigenvalues, within its standard errors', async () => {
    const values = await measured(hessianTrack(model, data, options, never));
    expect(relative(values.largest_eigenvalue, 0.523358065671262)).toBeLessThan(1e-9);
    expect(relative(values.smallest_eigenvalue, -0.11281321265483606)).toBeLessThan(1e-6);
    for (const [name, truth, errorAtMost] of [
      ['trace', 1.195687726413035, 0.15],
      ['trace_of_square', 0.5879139384212182, 0.06],
      ['flat_share', 0.7864077669902912, 0.03],
      ['negative_share', 0.08737864077669903, 0.02],
    ] as const) {
      const error = Number(values[`${name}_error`]);
      expect(Math.abs(Number(values[name]) - truth), name).toBeLessThan(4 * error);
      expect(error, name).toBeLessThan(errorAtMost);
    }
  });

  it('has the same probes at every measurement, and few of them without an error of their own', async () => {
    const track = hessianTrack(model, data, { ...options, probes: 1, steps: 4 }, never);
    const first = await track.measure({ before: weights, after: weights }, noReader, noReading);
    expect(await track.measure({ before: weights, after: weights }, noReader, noReading)).toEqual(first);
    expect(first[0].values.trace).toMatchObject({ determined: true });
    expect(first[0].values.trace_error).toEqual({
      determined: false,
      reason: 'the error of a single probe is not known',
    });
    await track.close();
  });

  it('is undetermined with a reason where the weights are not finite', async () => {
    const broken = new Map(weights);
    const { shape, data: biases } = broken.get('network.0.bias')!;
    broken.set('network.0.bias', { shape, data: biases.with(0, Number.NaN) });
    for (const track of [
      hessianTrack(model, data, options, never),
      sharpnessTrack(model, data, sharpnessOptions, never),
    ]) {
      const values = await measured(track, broken);
      for (const value of Object.values(values)) expect(value).toMatch(/product 1 .* is not finite/);
    }
  });

  it('wants no more examples than the run trains on', () => {
    expect(() => hessianTrack(model, data, { ...options, examples: 65 }, never)).toThrow(
      /hessian\.examples is 65; allowed: at most the 64 examples of training/,
    );
  });
});

describe('the gradient noise track', () => {
  it('has the moments of the gradients that PyTorch finds for its batches', async () => {
    const values = await measured(gradientNoiseTrack(model, data, {}, never));
    expect(relative(values.covariance_trace, 0.12062849188702299)).toBeLessThan(1e-9);
    expect(relative(values.squared_gradient_norm, 0.019411298868514257)).toBeLessThan(1e-9);
    expect(relative(values.loss, 1.1226253760072948)).toBeLessThan(1e-9);
  });

  it('leaves out a last batch that is smaller', async () => {
    const more = { ...data, count: 72, inputs: repeated(data.inputs, 72 * 16), labels: new Uint8Array(72) };
    more.labels.set(data.labels);
    const values = await measured(gradientNoiseTrack(model, more, { examples: 72 }, never));
    expect(values).toEqual(await measured(gradientNoiseTrack(model, data, {}, never)));
  });

  it('needs two batches', async () => {
    const [whole, more] = await Promise.all(
      [64, 50].map((examples) => measured(gradientNoiseTrack(model, data, { examples }, never))),
    );
    expect(whole.covariance_trace).toBeTypeOf('number');
    expect(more.noise_scale).toMatch(/at least two batches \(K = 1\)/);
    expect(more.loss).toBeTypeOf('number');
  });

  it('wants no more examples than the run trains on', () => {
    expect(() => gradientNoiseTrack(model, data, { examples: 65 }, never)).toThrow(InputError);
    expect(() => gradientNoiseTrack(model, data, { examples: 65 }, never)).toThrow(
      /gradientNoise\.examples is 65; allowed: at most the 64 examples of training/,
    );
  });
});
