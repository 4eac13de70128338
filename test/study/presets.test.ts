import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseNdtRun } from '../../src/imports/ndt/ndt-run.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { layerMeter } from '../../src/study/measure-layers.ts';
import { planModel } from '../../src/study/plan-model.ts';
import { presets } from '../../src/study/presets.ts';
import { planRuns } from '../../src/study/run-plan.ts';
import { checkStudyFile } from '../../src/study/study-file.ts';
import { describeWithSharedData } from '../shared-data.ts';

const plansOf = (name: string, changes: object = {}) =>
  planRuns(checkStudyFile({ ...presets[name], ...changes }, name));

describe('the presets', () => {
  it('are valid studies', () => {
    expect(Object.keys(presets)).toEqual(['demo', 'published', 'published-sound', 'open-questions', 'sweep']);
    expect(Object.keys(presets).map((name) => plansOf(name).length)).toEqual([9, 55, 165, 12, 108]);
  });

  it('repeat the published runs: 14 transformers, 9 CNNs and 32 MLPs, measured as published', () => {
    const plans = plansOf('published');
    const count = (family: string) =>
      plans.filter(({ architecture }) => architecture.family === family).length;
    expect(['transformer', 'cnn', 'mlp'].map(count)).toEqual([14, 9, 32]);
    expect(plans.find(({ id }) => id === 'cnn_deep_mnist_seed0')).toMatchObject({
      training: { steps: 2000, examples: 1500, batchSize: 32, optimizer: 'adam', learningRate: 0.001 },
      measurement: { every: 5, samples: 160, layers: 'published', pooling: 'published' },
    });
  });

  it('measure, for the sound study, every layer by its features and attention outputs too', () => {
    const plans = plansOf('published-sound');
    expect(new Set(plans.map(({ seed }) => seed))).toEqual(new Set([0, 1, 2]));
    for (const plan of plans) {
      expect(plan).toMatchObject({ weights: { every: 100 }, gradientNoise: { every: 200 }, sharpness: null });
      const [exampleShape, classes] = plan.dataset === 'ag_news' ? [[100], 4] : [[1, 28, 28], 10];
      const model = planModel(plan, { exampleShape, classes, vocabulary: null });
      const { headers, pooling } = layerMeter(model, plan.measurement, createRandom(0));
      expect(pooling).toBe('position-mean');
      const wanted = model.layers.filter(({ kind }) => kind !== 'attention-head');
      expect(headers.map(({ name }) => name)).toEqual(wanted.map(({ name }) => name));
    }
  });

  it('stay 55 runs when data sets that are not at hand are replaced', () => {
    const substitutes = { fashion_mnist: 'drawn_digits', qmnist: 'drawn_digits_2' };
    const datasets = plansOf('published', { substitutes }).map(({ dataset }) => dataset);
    expect(datasets).toHaveLength(55);
    expect(new Set(datasets)).toEqual(new Set(['mnist', 'drawn_digits', 'drawn_digits_2', 'ag_news']));
  });
});

describeWithSharedData('the published preset', 'ndt/runs', (folder) => {
  it('has a run for every published log and no other', () => {
    const logs = readdirSync(folder).map((name) => name.replace(/\.json$/, ''));
    const runs = plansOf('published').map(({ id }) => id.replace(/_seed0$/, ''));
    expect(runs.toSorted()).toEqual(logs.toSorted());
  });

  it('trains each run on as many examples as the epochs of its log tell', () => {
    for (const { id, training } of plansOf('published')) {
      const log = parseNdtRun(readFileSync(`${folder}/${id.replace(/_seed0$/, '')}.json`, 'utf8'), id);
      const stepsPerEpoch = Math.ceil(training.examples / training.batchSize);
      expect([id, Math.ceil(training.steps / stepsPerEpoch)]).toEqual([id, log.hyperparameters.epochs]);
    }
  });
});
