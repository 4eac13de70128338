import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { noiseAsMnist } from '../study/small-study.ts';
import { scratchFolder } from './rankscope.ts';

/** A study file of a network so small that a run takes a moment, on data that open at once. */
export function writeTinyStudy(changes: Record<string, unknown> = {}): string {
  const file = join(scratchFolder(), 'study.json');
  // Of the test, not of the module: files of tests share modules, and the first that ends would take the data along.
  const study = {
    title: 'Tiny',
    architectures: [{ name: 'tiny', family: 'mlp', hidden: [8] }],
    datasets: ['mnist'],
    dataFolder: noiseAsMnist(scratchFolder()),
    training: { steps: 12, examples: 64, batchSize: 16 },
    measurement: { every: 5, samples: 20 },
    evaluation: { every: 4, examples: 40 },
    ...changes,
  };
  writeFileSync(file, JSON.stringify(study));
  return file;
}
