import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { datasetNames, datasetShape, openDataset } from '../../src/study/dataset-store.ts';
import { executeRun } from '../../src/study/execute-run.ts';
import { planModel } from '../../src/study/plan-model.ts';
import { runFiles } from '../../src/study/run-store.ts';
import { noiseAsMnist, smallPlan, temporaryFolder } from './small-study.ts';

/** A folder with AG News of so few words that the file can be read here. */
function smallAgNews(): string {
  const folder = temporaryFolder();
  const topics = ['peace treaty', 'cup final', 'oil price', 'new chip'];
  const rows = Array.from({ length: 200 }, (_, i) => `"${(i % 4) + 1}","${topics[i % 4]}","story ${i}"`);
  writeFileSync(join(folder, 'train.csv'), `${rows.join('\n')}\n`);
  return folder;
}

describe('the data sets of a study', () => {
  it('are drawn, images and texts', () => {
    expect(datasetNames).toEqual([
      'drawn_digits',
      'drawn_digits_2',
      'mnist',
      'fashion_mnist',
      'qmnist',
      'cifar10',
      'ag_news',
      'ag_news_tokens',
    ]);
  });

  it('have the shape that is told without opening them', () => {
    const first = openDataset({ dataset: 'drawn_digits', dataFolder: null });
    const second = openDataset({ dataset: 'drawn_digits_2', dataFolder: null });
    for (const data of [first, second]) {
      const { exampleShape, classes, count, vocabulary } = data;
      expect(datasetShape({ dataset: 'drawn_digits', dataFolder: null })).toEqual({
        exampleShape,
        classes,
        count,
        vocabulary,
        isRegression: false,
      });
    }
    expect(second.inputs).not.toEqual(first.inputs);
    const folder = noiseAsMnist();
    expect(datasetShape({ dataset: 'mnist', dataFolder: folder })).toMatchObject({
      exampleShape: [1, 28, 28],
      count: 200,
    });
  });

  it('need their files, and say which to put where', () => {
    expect(() => openDataset({ dataset: 'mnist', dataFolder: null })).toThrow(
      'dataFolder; allowed: the folder that holds the files of mnist',
    );
    expect(() => datasetShape({ dataset: 'qmnist', dataFolder: temporaryFolder() })).toThrow(
      /put qmnist-train-images-idx3-ubyte, .* into .*qmnist/,
    );
  });

  it('hold texts as numbers, as published, and as words', () => {
    const folder = smallAgNews();
    const asNumbers = openDataset({ dataset: 'ag_news', dataFolder: folder });
    const asWords = openDataset({ dataset: 'ag_news_tokens', dataFolder: folder });
    expect(asNumbers.vocabulary).toBeNull();
    // 200 numbers, 8 words of topics, "story", padding and unknown words.
    expect(asWords.vocabulary).toBe(211);
    expect(asWords.inputs).toEqual(asNumbers.inputs);
    expect(asWords.exampleShape).toEqual([100]);
  });
});

describe('a network on words', () => {
  const reader = { name: 'reader', family: 'transformer' as const, width: 8, heads: 2, blocks: 1 };
  const plan = smallPlan({
    architectures: [reader],
    datasets: ['ag_news_tokens'],
    training: { steps: 60, examples: 140, batchSize: 20, learningRate: 0.01 },
  });

  it('has a vector for each, and learns them', async () => {
    const data = openDataset({ dataset: 'ag_news_tokens', dataFolder: smallAgNews() });
    const model = planModel(plan, data);
    const vectors = model.parameters.find(({ name }) => name === 'embedding.weight');
    expect(vectors?.shape).toEqual([211, 8]);
    const { accuracy } = await executeRun(plan, data, runFiles(temporaryFolder(), plan));
    expect(accuracy).toBeGreaterThan(0.6);
  });

  it('must be a transformer', () => {
    const mlp = smallPlan({ datasets: ['ag_news_tokens'] });
    expect(() => planModel(mlp, { exampleShape: [100], classes: 4, vocabulary: 211 })).toThrow(
      /architecture tiny is "mlp"; allowed: a transformer/,
    );
  });
});
