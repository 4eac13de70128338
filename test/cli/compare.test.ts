import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { writeRun } from '../../src/measurements/log-store.ts';
import { createStudy } from '../../src/measurements/study-store.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { compiledProgram } from '../compiled-program.ts';
import { simulatedStudy } from '../findings/comparison/simulated-study.ts';
import { sampleManifest } from '../measurements/fixtures.ts';
import { describeWith } from '../requirements.ts';
import { rankscope, scratchFolder } from './rankscope.ts';

describeWith(compiledProgram('cli/commands/compare.js'), 'rankscope compare', () => {
  let random = createRandom('compare');
  beforeAll(() => {
    random = createRandom('compare');
  });

  function writeStudy(name: string, changes: { readonly shift?: number } = {}): string {
    const { runs } = simulatedStudy(name, { seeds: 3, layers: 2, ...changes }, random);
    const folder = join(scratchFolder(), name);
    createStudy(folder, { ...sampleManifest(), title: name, runs: runs.map(({ id }) => id) });
    for (const run of runs) writeRun(folder, run);
    return folder;
  }

  it('says what differs between two studies, in words, as a table, and as a page', () => {
    const [before, after] = [writeStudy('before'), writeStudy('after', { shift: 3 })];
    const out = join(scratchFolder(), 'comparison');
    const { code, out: said, err } = rankscope('compare', before, after, '--out', out, '--quiet');
    expect([code, said, err]).toEqual([0, '', '']);
    for (const file of ['index.html', 'comparison.csv', 'comparison.json', 'figures/pair-0.svg'])
      expect(existsSync(join(out, file)), file).toBe(true);
    const printed = rankscope('compare', before, after, '--most', '4').out;
    expect(printed).toMatch(/^A: before\nB: after\nMetric: stable_rank\n\n\d+ of \d+ numbers differ\./);
    expect(printed).toMatch(/layer\.\d, final value .*differs/);
    expect(printed).toMatch(/… and \d+ more/);
    expect(readFileSync(join(out, 'index.html'), 'utf8')).toContain('before and after, compared');
  });

  it('says that a study does not differ from itself', () => {
    const study = writeStudy('own');
    const { code, out } = rankscope('compare', study, study);
    expect(code).toBe(0);
    expect(out).toContain('No difference: the two are the same, number for number.');
  });

  it('compares groups of runs of one study, and gives all of it as JSON', () => {
    const study = writeStudy('own');
    const { code, out } = rankscope('compare', study, '--a', 'seed=0', '--b', 'seed=1', '--json');
    expect(code).toBe(0);
    const { titles, pairs } = JSON.parse(out);
    expect(titles).toEqual({ a: 'seed=0', b: 'seed=1' });
    expect(pairs[0].runs).toEqual({ a: ['net_seed0'], b: ['net_seed1'] });
    expect(pairs[0].quantities[0].verdict).toBe('not tested');
  });

  it('says what cannot be compared', () => {
    const study = writeStudy('own');
    for (const [args, message] of [
      [[study], 'a second study, or runs of the first by --a and --b'],
      [[study, '--a', 'seed=7'], 'runs is "seed=7"; allowed: what at least one run of the study has'],
      [[study, '--a', 'architecure=net'], 'did you mean architecture'],
      [[study, '--a', 'net'], 'a fact and its value'],
      [[study, study, '--metric', 'nonsense'], 'metric is "nonsense"'],
      [[study, join(study, 'nowhere')], 'nowhere: allowed: a folder that holds a study'],
    ] as const) {
      const { code, err } = rankscope('compare', ...args);
      expect(err).toContain(message);
      expect(code).toBe(2);
    }
  });
});
