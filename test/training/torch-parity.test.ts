import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sizeOf } from '../../src/autodiff/tensor.ts';
import { readSafetensors } from '../../src/checkpoints/safetensors.ts';
import { toFloat64 } from '../../src/checkpoints/tensor.ts';
import type { Dataset } from '../../src/datasets/types.ts';
import { InputError } from '../../src/errors/input-error.ts';
import { type Architecture, architectures } from '../../src/models/architectures.ts';
import { createModel } from '../../src/models/create-model.ts';
import type { Model } from '../../src/models/model.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { openProbe } from '../../src/training/probe.ts';
import { openSession, type TensorBuffer } from '../../src/training/session.ts';
import { openStepper } from '../../src/training/stepper.ts';
import { trainingGraph } from '../../src/training/training-graph.ts';
import { relativeError } from '../autodiff/gradient-check.ts';
import { describeWithSharedData } from '../shared-data.ts';
import { skipNote } from '../skip-note.ts';

/**
 * Three Adam steps of PyTorch in float64, recorded. Every file in the folder is a test: its metadata name the
 * architecture, and `init.*`, `batch.*`, `step.*` and `after3.*` hold the start, the batches, and what must come out.
 * `torch_reference.py` beside this file made those of three small networks in `golden`, and makes one for each of the
 * sixteen published networks.
 */
const small = join(import.meta.dirname, 'golden');
const given = process.env.RANKSCOPE_TORCH_REFERENCE;

/** Relative error in norm, per tensor. */
const tolerance = 1e-4;
const steps = 3;

describe('three training steps agree with PyTorch', () => testFiles(small));
if (given === undefined) {
  describeWithSharedData('and in networks of the published size', 'torch-reference', testFiles);
} else {
  describe(`and in the networks of ${given}`, () => testFiles(given));
}

function testFiles(folder: string): void {
  const files = readdirSync(folder).filter((file) => file.endsWith('.safetensors'));
  it('has a file for every test', () => expect(files.length).toBeGreaterThan(0));
  for (const file of files) {
    const { metadata, tensors } = readSafetensors(readFileSync(join(folder, file)), file);
    const read = (name: string): Float64Array => toFloat64(tensors.get(name)!);
    const data = recordedBatches(file, (name) => tensors.get(name)!.shape, read);
    const model = modelFor(metadata.architecture, data);
    if (typeof model === 'string') {
      it.skip(`${file} ${skipNote(model)}`, () => {});
      continue;
    }
    const initial = named(model, (name) => read(`init.${name}`));
    const batch = data.count / steps;

    it(`${file}: parameters have PyTorch's names and shapes`, () => {
      const recorded = [...tensors].filter(([name]) => name.startsWith('init.'));
      const ours = model.parameters.map(({ name, shape }) => [`init.${name}`, shape]);
      expect(new Map(recorded.map(([name, { shape }]) => [name, shape]))).toEqual(new Map(ours as never));
    });

    it(`${file}: logits, losses, gradients, and weights after ${steps} steps of Adam`, async () => {
      const optimizer = { kind: 'adam', learningRate: 1e-3 } as const;
      const stepper = await openStepper({ model, batchSize: batch, optimizer, threads: 1 });
      const zeros = new Map(
        ['first_moment', 'second_moment'].flatMap((memory) =>
          [...initial].map(([name, { shape, data }]) => [
            `${memory}.${name}`,
            { shape, data: new Float32Array(data.length) },
          ]),
        ),
      );
      await stepper.resume({ step: -1, parameters: initial, optimizer: zeros });
      for (let step = 0; step < steps; step++) {
        const examples = Array.from({ length: batch }, (_, i) => step * batch + i);
        const { loss, gradientNorm } = await stepper.gradient(data, examples, createRandom(0));
        expectClose(stepper.logits, read(`step.${step}.logits`), `logits of step ${step}`);
        expectClose([loss], read(`step.${step}.loss`), `loss of step ${step}`);
        expectClose([gradientNorm], read(`step.${step}.grad_norm`), `gradient norm of step ${step}`);
        if (step === 0) {
          for (const [name, { data }] of stepper.gradients) {
            expectClose(data, read(`step.0.grad.${name}`), `gradient of ${name}`);
          }
        }
        await stepper.update(step, gradientNorm, 1);
      }
      for (const [name, { data }] of stepper.parameters) {
        expectClose(data, read(`after${steps}.${name}`), `${name} after ${steps} steps`);
      }
      await stepper.close();
    });

    it(`${file}: the same graph in float64, up to the digits of the file`, async () => {
      const graph = trainingGraph(model, batch, { precision: 'float64' });
      const session = await openSession(graph.bytes);
      const float64 = (name: string, shape: readonly number[]): [string, TensorBuffer] => [
        name,
        { data: new Float64Array(sizeOf(shape)), shape },
      ];
      const inputs = new Map([
        float64('x', [batch, ...model.exampleShape]),
        float64('targets', [batch, model.classes]),
        ...model.parameters.map(({ name, shape }) => float64(name, shape)),
      ]);
      inputs.get('x')!.data.set(read('batch.0.x'));
      for (const [row, label] of read('batch.0.y').entries()) {
        inputs.get('targets')!.data[row * model.classes + label] = 1 / batch;
      }
      for (const { name } of model.parameters) inputs.get(name)!.data.set(read(`init.${name}`));
      const outputs = new Map([
        float64('loss', []),
        float64('logits', [batch, model.classes]),
        ...model.parameters.map(({ name, shape }) => float64(`gradient.${name}`, shape)),
      ]);
      await session.run(inputs, outputs);
      await session.close();
      // Gradients were recorded in float32.
      const digits = 1e-7;
      expect(relativeError(outputs.get('logits')!.data, read('step.0.logits')), 'logits').toBeLessThan(
        digits,
      );
      for (const { name } of model.parameters) {
        const gradient = outputs.get(`gradient.${name}`)!.data;
        expect(relativeError(gradient, read(`step.0.grad.${name}`)), name).toBeLessThan(digits);
      }
    });

    it(`${file}: logits and attention in measuring mode`, async () => {
      const probe = await openProbe(model, { count: batch, attention: true });
      const { logits, attention } = await probe.read(
        initial,
        data.inputs.subarray(0, data.inputs.length / steps),
      );
      expectClose(logits.data, read('step.0.logits'), 'logits');
      const recorded = [...tensors.keys()].filter((name) => name.startsWith('step.0.attention.'));
      if (recorded.length > 0) expect(recorded).toHaveLength(attention.size);
      const probabilities = [...attention.values()];
      for (const [block, name] of recorded.entries())
        expectClose(probabilities[block].data, read(name), name);
      await probe.close();
    });
  }
}

function expectClose(ours: ArrayLike<number>, reference: Float64Array, what: string): void {
  expect(relativeError(ours, reference), what).toBeLessThan(tolerance);
}

/** The network that was recorded, without dropout, or why it cannot be built. */
function modelFor(architecture: string, data: Dataset): Model | string {
  try {
    const sizes = (architecture.startsWith('{') ? JSON.parse(architecture) : architectures[architecture]) as
      | Architecture
      | undefined;
    if (sizes === undefined) return `there is no architecture ${architecture}`;
    return createModel(sizes.family === 'transformer' ? { ...sizes, dropout: 0 } : sizes, data);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

function named(model: Model, read: (name: string) => Float64Array) {
  return new Map(
    model.parameters.map(({ name, shape }) => [name, { shape, data: Float32Array.from(read(name)) }]),
  );
}

function recordedBatches(
  file: string,
  shapeOf: (name: string) => readonly number[],
  read: (name: string) => Float64Array,
): Dataset {
  const all = (part: string): number[] => [0, 1, 2].flatMap((step) => [...read(`batch.${step}.${part}`)]);
  const [, ...exampleShape] = shapeOf('batch.0.x');
  const labels = Uint8Array.from(all('y'));
  const inputs = Float32Array.from(all('x'));
  const classes = shapeOf('step.0.logits')[1];
  return { name: basename(file), inputs, labels, exampleShape, classes, count: labels.length };
}
