import { expect, it } from 'vitest';
import { matchGroups } from '../../../src/findings/comparison/match-groups.ts';
import type { SeedGroupRuns } from '../../../src/findings/seed-groups.ts';

const group = (architecture: string, conditions: string): SeedGroupRuns => ({
  ...{ architecture, dataset: 'digits', conditions },
  members: [],
});
const grid = (rate: string) =>
  ['mlp', 'cnn'].flatMap((network) =>
    ['16', '64'].map((batch) => group(network, `batchSize ${batch}, learningRate ${rate}`)),
  );

it('matches two levels of one factor of a grid wherever the other factors are alike', () => {
  const { matched, onlyIn } = matchGroups(grid('0.001'), grid('0.01'));
  expect(matched.map(({ title }) => title)).toEqual(
    ['mlp', 'cnn'].flatMap((network) =>
      ['16', '64'].map(
        (batch) =>
          `${network}, digits, batchSize ${batch}, learningRate 0.001 / ${network}, digits, batchSize ${batch}, learningRate 0.01`,
      ),
    ),
  );
  expect(onlyIn).toEqual({ a: [], b: [] });
});

it('does not match groups that differ in what their sides were not chosen by', () => {
  const a = [
    group('mlp', 'batchSize 16, learningRate 0.001'),
    group('mlp', 'batchSize 64, learningRate 0.001'),
  ];
  const b = [
    group('mlp', 'batchSize 128, learningRate 0.01'),
    group('mlp', 'batchSize 256, learningRate 0.01'),
  ];
  expect(matchGroups(a, b).matched).toEqual([]);
});
