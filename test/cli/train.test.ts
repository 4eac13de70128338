import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rankscope, scratchFolder } from './rankscope.ts';

const small = `title: Small
architectures: [{name: tiny, family: mlp, hidden: [8]}]
datasets: [drawn_digits]
training: {steps: 20, examples: 100}
measurement: {every: 10, samples: 20}
evaluation: {examples: 50}
checkpoints: {at: [10]}
`;

describe('rankscope train', () => {
  it('trains what a study file describes, and keeps it when called again', () => {
    const folder = scratchFolder();
    const file = join(folder, 'study.yaml');
    writeFileSync(file, small);
    const study = join(folder, 'study');
    const first = rankscope('train', file, '--out', study);
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/tiny_drawn_digits_seed0 +0\.\d{3} +complete/);
    expect(readdirSync(study).toSorted()).toEqual(['checkpoints', 'manifest.json', 'runs', 'timings.json']);
    const second = rankscope('train', file, '--out', study);
    expect(second.code).toBe(0);
    expect(second.out).toContain('Nothing left to train.');
    expect(second.out).toContain('Kept from an earlier call: 1');
  });

  it('says which file to put where before it trains anything', () => {
    const study = join(scratchFolder(), 'study');
    const data = scratchFolder();
    const answer = rankscope('train', '--preset', 'published', '--data', data, '--out', study);
    expect(answer.code).toBe(2);
    expect(answer.err).toMatch(/mnist is "missing"; allowed: put train-images-idx3-ubyte, .* into .*mnist/);
    expect(answer.err.trim().split('\n')).toHaveLength(1);
    expect(existsSync(study)).toBe(false);
  });

  it.each([
    [['--preset', 'publised'], /--preset is "publised"; allowed: did you mean published\?/],
    [['--preset', 'demo', '--substitute', 'mnist'], /allowed: pairs of data sets/],
    [
      ['--preset', 'demo', '--substitute', 'drawn_digits=mnst'],
      /substitutes\.drawn_digits is "mnst"; allowed: did you mean mnist/,
    ],
    [['--preset', 'demo', '--substitute', 'mnst=mnist'], /substitutes\.mnst; allowed: did you mean mnist/],
    [['nowhere.yaml'], /nowhere\.yaml: allowed: a study file that exists/],
    [[], /study; allowed: a study file, --preset, or --architectures with --datasets/],
  ])('refuses %j', (args, message) => {
    const answer = rankscope('train', ...args, '--out', join(scratchFolder(), 'study'));
    expect(answer.code).toBe(2);
    expect(answer.err).toMatch(message);
  });
});

describe('rankscope download', () => {
  it('says by hand which file to put where if it cannot be had', () => {
    const empty = scratchFolder();
    const answer = rankscope('download', 'mnist', '--from', empty, '--out', join(scratchFolder(), 'data'));
    expect(answer.code).toBe(2);
    expect(answer.err).toMatch(/put train-images-idx3-ubyte\.gz .* into .*mnist by hand/);
  });

  it('does not take files for what they are not', () => {
    const mirror = scratchFolder();
    const data = scratchFolder();
    mkdirSync(join(data, 'mnist'));
    writeFileSync(join(mirror, 'train-images-idx3-ubyte.gz'), 'something else');
    const answer = rankscope('download', 'mnist', '--from', mirror, '--out', data);
    expect(answer.code).toBe(2);
    expect(answer.err).toMatch(/its digest is/);
    expect(readdirSync(join(data, 'mnist'))).toEqual([]);
  });

  it('suggests the data set that was meant', () => {
    expect(rankscope('download', 'mnits').err).toMatch(/dataset is "mnits"; allowed: /);
  });
});
