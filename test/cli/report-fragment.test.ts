import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeRun } from '../../src/measurements/log-store.ts';
import { createStudy } from '../../src/measurements/study-store.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { compiledProgram } from '../compiled-program.ts';
import { simulatedStudy } from '../findings/comparison/simulated-study.ts';
import { sampleManifest } from '../measurements/fixtures.ts';
import { describeWith } from '../requirements.ts';
import { rankscope, scratchFolder } from './rankscope.ts';

describeWith(compiledProgram('report/report-fragment.js'), 'rankscope report --fragment', () => {
  it('writes one file for another page, and refuses what only a whole report can be', () => {
    const { runs } = simulatedStudy('one', { seeds: 2, layers: 2 }, createRandom('fragment'));
    const study = join(scratchFolder(), 'study');
    createStudy(study, { ...sampleManifest(), runs: runs.map(({ id }) => id) });
    for (const run of runs) writeRun(study, run);
    const { code, out } = rankscope('report', study, '--fragment');
    expect(code).toBe(0);
    expect(out).toMatch(/Fragment: .*fragment\.html/);
    expect(readdirSync(join(study, 'report'))).toEqual(['fragment.html']);
    const refused = rankscope('report', study, '--fragment', '--png');
    expect([refused.code, refused.err]).toEqual([2, 'rankscope: --png; allowed: without --fragment\n']);
  });
});
