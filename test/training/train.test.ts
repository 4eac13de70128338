import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { createModel } from '../../src/models/create-model.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { openProbe } from '../../src/training/probe.ts';
import { initialWeights, type TrainingOptions, type TrainingStep, train } from '../../src/training/train.ts';
import type { NamedTensors } from '../../src/training/training-state.ts';
import { toyDataset } from './toy-dataset.ts';

const data = toyDataset(50);
const held = toyDataset(90);
const model = createModel({ family: 'mlp', hidden: [12, 8] }, data);
const always = (): boolean => true;
const base: TrainingOptions = { model, data, steps: 12, batchSize: 8, random: createRandom(1) };

async function records(options: Partial<TrainingOptions> = {}): Promise<TrainingStep[]> {
  const all: TrainingStep[] = [];
  for await (const record of train({ ...base, ...options })) all.push(record);
  return all;
}

const numbersOf = (tensors: NamedTensors): number[][] =>
  [...tensors.values()].map(({ data: values }) => [...values]);

describe('the weights around a step', () => {
  it('start from the initial ones and lead from one step to the next', async () => {
    const shown: { step: number; before: number[][]; after: number[][] }[] = [];
    for await (const { step, before, parameters } of train({
      ...base,
      before: { at: (s) => s < 2 || s === 5 },
    })) {
      if (before !== null) shown.push({ step, before: numbersOf(before), after: numbersOf(parameters) });
    }
    expect(shown.map(({ step }) => step)).toEqual([0, 1, 5]);
    expect(shown[0].before).toEqual(numbersOf(initialWeights(model, base.random)));
    expect(shown[0].after).not.toEqual(shown[0].before);
    expect(shown[1].before).toEqual(shown[0].after);
    expect(shown[2].before).not.toEqual(shown[1].after);
  });
});

describe('train', () => {
  it('learns: the loss falls from that of guessing and held-out examples are told apart', async () => {
    const optimizer = { kind: 'adam', learningRate: 0.01 } as const;
    const all = await records({
      steps: 150,
      optimizer,
      evaluation: { data: held, at: (step) => step === 149 },
    });
    expect(all.map(({ step }) => step)).toEqual(Array.from({ length: 150 }, (_, i) => i));
    expect(Math.abs(all[0].loss - Math.log(3))).toBeLessThan(0.3);
    expect(all[149].loss).toBeLessThan(0.1);
    expect(all[148].evaluation).toBeNull();
    expect(all[149].evaluation?.examples).toBe(90);
    expect(all[149].evaluation?.accuracy).toBeGreaterThan(0.95);
    expect(all[149].evaluation?.loss).toBeLessThan(0.2);
  });

  it('tells the accuracy of each class, and of none that nothing is asked of', async () => {
    const all = await records({ steps: 20, checkpoint: { at: (step) => step === 19 } });
    const { parameters } = all[19].state!;
    const asked = {
      ...held,
      count: 60,
      inputs: held.inputs.slice(0, 60 * (held.inputs.length / held.count)),
    };
    const labels = held.labels.slice(0, 60).map((label) => Math.min(label, 1));
    const probe = await openProbe(model, { count: 60 });
    const { perClass, accuracy } = await probe.evaluate(parameters, { ...asked, labels });
    const { logits } = await probe.read(parameters, asked.inputs);
    await probe.close();
    const answers = Array.from(labels, (_, i) => {
      const row = [...logits.data.subarray(i * 3, i * 3 + 3)];
      return row.indexOf(Math.max(...row));
    });
    const shareOf = (wanted: number): number => {
      const rows = [...labels.keys()].filter((i) => labels[i] === wanted);
      return rows.filter((i) => answers[i] === wanted).length / rows.length;
    };
    expect(perClass).toEqual([shareOf(0), shareOf(1), null]);
    expect(accuracy).toBeCloseTo(answers.filter((answer, i) => answer === labels[i]).length / 60, 12);
  });

  it('gives the same bytes for the same seed, and others for another', async () => {
    const options = { probe: { data: held, at: always }, checkpoint: { at: always } };
    const [once, again] = [await records(options), await records(options)];
    expect(again).toEqual(once);
    const other = await records({ ...options, random: createRandom(2) });
    expect(other[0].loss).not.toBe(once[0].loss);
  });

  it('hands out layer outputs after the update, at the steps asked for and for the examples asked for', async () => {
    const probe = { data: held, count: 20, at: (step: number) => step % 5 === 0 };
    const all = await records({ probe, checkpoint: { at: always } });
    expect(all.filter(({ activations }) => activations !== null).map(({ step }) => step)).toEqual([0, 5, 10]);
    const { activations, state } = all[5];
    expect([...activations!].map(([name, { shape }]) => [name, shape])).toEqual([
      ['network.0', [20, 12]],
      ['network.2', [20, 8]],
      ['network.4', [20, 3]],
    ]);
    // The first layer by hand, from the weights after the update.
    const weight = state!.parameters.get('network.0.weight')!.data;
    const bias = state!.parameters.get('network.0.bias')!.data;
    const example = 7;
    for (let unit = 0; unit < 12; unit++) {
      let expected = bias[unit];
      for (let i = 0; i < 16; i++) expected += weight[unit * 16 + i] * held.inputs[example * 16 + i];
      expect(activations!.get('network.0')!.data[example * 12 + unit]).toBeCloseTo(expected, 5);
    }
  });

  it('measures what a probe opened on its own measures with the same weights', async () => {
    const all = await records({
      steps: 3,
      probe: { data: held, count: 20, at: always },
      checkpoint: { at: always },
    });
    const probe = await openProbe(model, { count: 20 });
    const { activations } = await probe.read(all[2].state!.parameters, held.inputs.subarray(0, 20 * 16));
    expect(activations).toEqual(all[2].activations);
    await probe.close();
  });

  it('measures only the layers named', async () => {
    const [{ activations }] = await records({ probe: { data: held, at: always, layers: ['network.2'] } });
    expect([...activations!.keys()]).toEqual(['network.2']);
  });

  it('goes on from a saved state as if it had never stopped', async () => {
    const whole = await records({ checkpoint: { at: always } });
    const resumed = await records({ resume: whole[6].state!, checkpoint: { at: always } });
    expect(resumed).toEqual(whole.slice(7));
  });

  it('counts the smaller last batch as the examples it has', async () => {
    // Two examples of weight one half each: the gradient must be that of a batch of two.
    const two = {
      ...data,
      inputs: data.inputs.subarray(0, 32),
      labels: data.labels.subarray(0, 2),
      count: 2,
    };
    const [padded] = await records({ data: two, batchSize: 8, steps: 1 });
    const [exact] = await records({ data: two, batchSize: 2, steps: 1 });
    expect(padded.loss).toBeCloseTo(exact.loss, 6);
    expect(padded.gradientNorm).toBeCloseTo(exact.gradientNorm, 6);
  });

  it('ends with the reason when the loss is no longer a number', async () => {
    const all = await records({ optimizer: { kind: 'sgd', learningRate: 1e30 }, steps: 50 });
    expect(all.length).toBeLessThan(50);
    expect(all.at(-1)?.stopped).toMatch(/^the (loss|gradient norm) is (NaN|Infinity)$/);
    expect(all.slice(0, -1).every(({ stopped }) => stopped === null)).toBe(true);
  });

  it('may be broken off', async () => {
    for await (const { step } of train({ ...base, steps: 1000 })) if (step === 2) break;
  });

  it.each<[string, Partial<TrainingOptions>]>([
    ['steps', { steps: -1 }],
    ['batchSize', { batchSize: 0 }],
    ['threads', { threads: 1.5 }],
    ['learningRate', { optimizer: { kind: 'adam', learningRate: 0 } }],
    ['data.exampleShape', { data: toyDataset(6, [5]) }],
    ['data.labels[2]', { model: createModel('mlp_narrow', { exampleShape: [1, 4, 4], classes: 2 }) }],
    ['data.inputs', { data: { ...data, inputs: data.inputs.subarray(1) } }],
    ['data.labels', { data: { ...data, labels: data.labels.subarray(1) } }],
    ['probe.count', { probe: { data: held, at: always, count: 0 } }],
    ['layers', { probe: { data: held, at: always, layers: ['network.1'] } }],
    [
      'resume.parameters network.0.weight',
      { resume: { step: 0, parameters: new Map(), optimizer: new Map() } },
    ],
  ])('names the option that is wrong: %s', async (field, options) => {
    const attempt = records(options);
    await expect(attempt).rejects.toThrow(InputError);
    await expect(attempt).rejects.toMatchObject({ problem: { field } });
  });
});
