import { describe, expect, it } from 'vitest';
import type { Architecture } from '../../src/models/architectures.ts';
import { createModel } from '../../src/models/create-model.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { openChunkedForward } from '../../src/training/chunked-forward.ts';
import { flatWeights, gradientOracle } from '../../src/training/gradient-oracle.ts';
import { openProbe } from '../../src/training/probe.ts';
import { openSession, type Session, type TensorBuffers } from '../../src/training/session.ts';
import { openSessionOnThread } from '../../src/training/session-pool.ts';
import { openStepper } from '../../src/training/stepper.ts';
import { initialWeights, type NamedTensors } from '../../src/training/train.ts';
import { trainingGraph } from '../../src/training/training-graph.ts';
import { copyTensors } from '../../src/training/training-state.ts';
import { compiledProgram } from '../compiled-program.ts';
import { itWith, type Requirement, system } from '../requirements.ts';
import { toyDataset } from './toy-dataset.ts';

/** Whatever reuses buffers must give callers who do not wait for each other what each would have got alone. */
const data = toyDataset(70, [1, 6, 6]);
const size = 36;
const networks: Architecture[] = [
  { family: 'mlp', hidden: [7, 5] },
  { family: 'cnn', channels: [3, 4] },
  { family: 'transformer', width: 8, heads: 2, blocks: 1 },
];

const nothing = system(true, '');
const compiledWorker = compiledProgram('training/session-worker.js');

/** As a training step does, in place. */
function overwrite(weights: NamedTensors): void {
  for (const { data } of weights.values()) data.fill(0.5);
}

/** The same calls one after another, and all at once. */
async function bothWays<R>(calls: readonly (() => Promise<R>)[]): Promise<{ alone: R[]; atOnce: R[] }> {
  const alone: R[] = [];
  for (const call of calls) alone.push(await call());
  return { alone, atOnce: await Promise.all(calls.map((call) => call())) };
}

describe.each(networks)('$family, asked again before it has answered:', (architecture) => {
  const model = createModel(architecture, data);
  const weights = [1, 2].map((seed) => initialWeights(model, createRandom(seed)));
  const layers = model.layers.map(({ name }) => name);

  it('a forward pass has the examples and the weights of its own call', async () => {
    const choice = { layers, pooling: 'published', stage: 'before-nonlinearity', attention: true } as const;
    const forward = await openChunkedForward(model, 70, choice, 1);
    const calls = [70, 33, 1, 24, 70].map((count, i) => () => {
      const network = copyTensors(weights[i % 2]);
      const from = data.inputs.length - count * size;
      const outputs = forward.at(network)(data.inputs.subarray(from), count);
      overwrite(network);
      return outputs;
    });
    const { alone, atOnce } = await bothWays(calls);
    expect(atOnce).toEqual(alone);
    expect(alone[4].get('logits')).not.toEqual((await calls[1]()).get('logits'));
    await forward.close();
  });

  it('a probe measures and evaluates the weights it was given', async () => {
    const probe = await openProbe(model, { count: 70 });
    const read = (i: number) => async () => {
      const network = copyTensors(weights[i]);
      const reading = probe.read(network, data.inputs);
      overwrite(network);
      return (await reading).activations;
    };
    const evaluate = (i: number) => async () => {
      const network = copyTensors(weights[i]);
      const evaluation = probe.evaluate(network, data);
      overwrite(network);
      return evaluation;
    };
    const { alone, atOnce } = await bothWays<unknown>([read(0), evaluate(0), read(1), evaluate(1)]);
    expect(atOnce).toEqual(alone);
    expect(alone[0]).not.toEqual(alone[2]);
    await probe.close();
  });

  it('a gradient oracle has the examples and the weights of its own call, and hands out memory of its own', async () => {
    const oracle = gradientOracle(model, { batch: 8 });
    const calls = [
      [3, 1, 20],
      [7, 11, 5, 0],
      [60, 61, 62, 63, 64, 65, 66, 67],
    ].map((examples, i) => () => {
      const flat = flatWeights(model, weights[i % 2]);
      const found = oracle.at(flat)(data, examples);
      flat.fill(0.5);
      return found;
    });
    const { alone, atOnce } = await bothWays(calls);
    expect(atOnce).toEqual(alone);
    expect(alone[0].gradient).not.toEqual(alone[2].gradient);
    await oracle.close();
  });

  for (const [threads, needed] of [
    [1, nothing],
    [2, compiledWorker],
  ] as const) {
    itWith(needed, `a stepper does all in the order of the calls: ${threads} threads`, async () => {
      const trained = async (waits: boolean) => {
        const stepper = await openStepper({ model, batchSize: 8, optimizer: { kind: 'adam' }, threads });
        const done: Promise<unknown>[] = [];
        const ask = async <R>(call: Promise<R>): Promise<void> => {
          done.push(call);
          if (waits) await call;
        };
        await ask(stepper.start(createRandom(4)));
        for (let step = 0; step < 4; step++) {
          const examples = Array.from({ length: 8 }, (_, i) => (8 * step + i) % data.count);
          await ask(stepper.gradient(data, examples, createRandom(step)));
          await ask(stepper.update(step, 1, 1));
          await ask(stepper.state(step));
        }
        await ask(stepper.close());
        return Promise.all(done);
      };
      const results = await trained(true);
      expect(await trained(false)).toEqual(results);
      expect(results[3]).not.toEqual(results[6]);
    });
  }
});

describe('a session', () => {
  const model = createModel(networks[0], data);
  const weights = initialWeights(model, createRandom(1));
  const graph = trainingGraph(model, 4, { drops: false });
  const buffersFor = (example: number): { inputs: TensorBuffers; outputs: TensorBuffers } => ({
    inputs: new Map([
      ...weights,
      ['x', { data: data.inputs.slice(example * size, (example + 4) * size), shape: [4, 1, 6, 6] }],
      ['targets', { data: new Float32Array(12).fill(1 / 12), shape: [4, 3] }],
    ]),
    outputs: new Map([
      ['loss', { data: new Float32Array(1), shape: [] }],
      ['logits', { data: new Float32Array(12), shape: [4, 3] }],
      ...model.parameters.map(
        ({ name, shape }) =>
          [`gradient.${name}`, { data: new Float32Array(shape.reduce((a, b) => a * b, 1)), shape }] as const,
      ),
    ]),
  });
  const shapesOf = (buffers: TensorBuffers) =>
    new Map([...buffers].map(([name, { shape }]) => [name, shape]));
  const { inputs, outputs } = buffersFor(0);
  const kinds: [string, Requirement, () => Promise<Session>][] = [
    ['here', nothing, () => openSession(graph.bytes)],
    [
      'on a thread',
      compiledProgram('training/session-worker.js'),
      () => openSessionOnThread(graph.bytes, shapesOf(inputs), shapesOf(outputs)),
    ],
  ];

  for (const [where, needed, open] of kinds) {
    itWith(
      needed,
      `${where} fills every caller's own outputs, ends before it closes, and then says no`,
      async () => {
        const session = await open();
        const run = (example: number) => async () => {
          const lent = buffersFor(example);
          await session.run(lent.inputs, lent.outputs);
          return lent.outputs;
        };
        const calls = [0, 10, 20].map(run);
        const { alone, atOnce } = await bothWays(calls);
        expect(atOnce).toEqual(alone);
        expect(alone[0]).not.toEqual(alone[1]);
        const last = calls[2]();
        const closed = session.close();
        expect(await last).toEqual(alone[2]);
        await closed;
        await expect(calls[0]()).rejects.toThrow('used after it was closed');
      },
    );
  }
});
