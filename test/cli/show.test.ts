import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { InputError } from '../../src/errors/input-error.ts';
import { importNdtFolder } from '../../src/imports/ndt/ndt-store.ts';
import { writeRun } from '../../src/measurements/log-store.ts';
import { createStudy } from '../../src/measurements/study-store.ts';
import type { Run } from '../../src/measurements/types.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { plantedRun } from '../dynamics/planted-run.ts';
import { noisy } from '../dynamics/planted-series.ts';
import { sampleTracks } from '../measurements/sample-tracks.ts';
import { writePublishedLogs } from '../published/published-logs.ts';
import { describeWithSharedData } from '../shared-data.ts';
import { printed } from './printed.ts';
import { scratchFolder } from './rankscope.ts';

const rng = createRandom('show');
const tool = { name: 'rankscope', version: '0.1.0' };

function studyOf(...runs: Run[]): string {
  const folder = join(scratchFolder(), 'study');
  createStudy(folder, {
    schemaVersion: 1,
    tool,
    title: 'planted',
    origin: 'trained',
    source: null,
    settings: {},
    machine: {},
    runs: runs.map(({ id }) => id),
  });
  for (const run of runs) writeRun(folder, run);
  return folder;
}

const jumping = plantedRun(
  [noisy((i) => (i < 200 ? 2 : 5), 0.2, rng.fork('jump')), noisy(() => 3, 0.2, rng.fork('still'))],
  {
    id: 'jumping-s1',
    gradientNorm: noisy(() => 4, 0.1, rng.fork('gradient')),
    evaluations: [{ step: 2000, accuracy: 0.875, examples: 400 }],
  },
);
const constant = plantedRun([new Float64Array(400).fill(2)], {
  id: 'constant-s1',
  seed: null,
  complete: false,
  stopped: 'the loss became NaN',
});

describe('rankscope show <study>', () => {
  it('lists the runs with accuracy and status', async () => {
    const lines = (await printed('show', studyOf(jumping, constant))).split('\n');
    expect(lines[0]).toMatch(/^run .* accuracy +status$/);
    expect(lines[2]).toMatch(/^jumping-s1 .* 87\.5 % +complete$/);
    expect(lines[3]).toMatch(/^constant-s1 .* – +the loss became NaN$/);
  });

  it('lists them as JSON', async () => {
    const listed = JSON.parse(await printed('show', studyOf(jumping, constant), '--json'));
    expect(listed.map(({ run }: { run: string }) => run)).toEqual(['jumping-s1', 'constant-s1']);
    expect(listed[0].accuracy).toEqual({ step: 2000, accuracy: 0.875, examples: 400 });
  });

  it('refuses what needs a run', async () => {
    await expect(printed('show', studyOf(jumping), '--from', '10')).rejects.toThrow(
      /--from; allowed: together with the name of a run/,
    );
  });
});

describe('rankscope show <study> <run>', () => {
  it('prints the summary and the planted jump', async () => {
    const page = await printed('show', studyOf(jumping), 'jumping-s1', '--detector', 'mean-shift');
    expect(page).toContain('accuracy  87.5 % (step 2000, 400 examples)');
    expect(page).toMatch(/^network\.0 +linear +0 +160 +32 .* 1$/m);
    expect(page).toMatch(/^network\.2 +linear +1 +160 +32 .* none$/m);
    expect(page).toMatch(/^Changes were sought in steps \d+ to \d+;/m);
    expect(page).toContain(
      'What its layers do, by stable_rank: network.0 rises (+158 %), by step 1,000; network.2 shows no',
    );
    expect(page).toContain('the largest of 1 jump, fast stretch or step,');
    expect(page).toMatch(/^1\. step (99[05]|100[05]|1010).*, network\.0: level increase of [23]/m);
    expect(page).toMatch(/^network\.0 ◂ .* \(10\) .* up$/m);
    expect(page).toMatch(/^network\.2 .* no$/m);
    expect(page).toMatch(/^gradient norm .* no$/m);
    expect(page).toContain('Other layers that moved beyond their noise: none');
  });

  it('prints weights, gradient noise and sharpness where the run has them', async () => {
    const tracked = { ...jumping, id: 'tracked', tracks: sampleTracks() };
    const text = await printed('show', studyOf(tracked), 'tracked', '--quiet', '--json');
    expect(JSON.parse(text).tracks.map(({ track }: { track: string }) => track)).toEqual([
      'weights',
      'gradient-noise',
      'sharpness',
    ]);
    const lines = (await printed('show', studyOf(tracked), 'tracked')).split('\n');
    expect(lines).toContainEqual(
      expect.stringMatching(/^network\.0\.weight +32 × 784 +20 → 5 +4 → 2\.5 +1 → 3 +125\.0 % +0\.2 %$/),
    );
    expect(lines).toContainEqual(expect.stringMatching(/noise scale +64 → 64 \(not determined once\)/));
    expect(lines).toContain('Sharpness: measured once, steps 0 to 0; first → last');
  });

  it('gives the same as JSON, with no comparison unless one is asked for', async () => {
    const study = studyOf(jumping);
    const shown = JSON.parse(
      await printed('show', study, 'jumping-s1', '--detector', 'mean-shift', '--json'),
    );
    expect(shown).toMatchObject({
      summary: { run: 'jumping-s1', analysis: { seriesId: 'stable_rank', detector: 'mean-shift' } },
      moments: { detected: 1, moments: [{ change: { layer: 'network.0', direction: 'increase' } }] },
      comparison: null,
    });
  });

  it('compares two steps', async () => {
    const args = ['show', studyOf(jumping), 'jumping-s1', '--from', '500', '--to', '1500', '--window', '50'];
    const page = await printed(...args);
    expect(page).toContain('Before (steps 450 to 550) and after (steps 1,450 to 1,550)');
    expect(page).toMatch(/^network\.0 +stable_rank .*\(21\) .*\(21\) .*\[[23]\.\d+, 3\.\d+\]$/m);
    expect(page).not.toContain('Critical moments');
    const { moments, comparison } = JSON.parse(await printed(...args, '--moments', '1', '--json'));
    expect(moments.moments).toHaveLength(1);
    expect(comparison.quantities).toHaveLength(4);
    expect(await printed(...args)).toBe(page);
  });

  it('says why a layer is not tested, and labels largest differences as untested', async () => {
    const still = noisy((i) => i / 50, 0.2, rng.fork('trend'));
    const study = studyOf(plantedRun([new Float64Array(400).fill(2), still], { id: 'calm' }));
    const page = await printed('show', study, 'calm');
    expect(page).toMatch(/^Not testable: network\.0 \(.+\)$/m);
    expect(page).toContain('no jump, fast stretch or step was found (layers described: 2; the step');
    expect(page).toMatch(/^network\.0 .* constant +0 +not testable$/m);
    const asked = await printed('show', study, 'calm', '--largest-differences', '--moments', '2');
    expect(asked.match(/network\.2: \w+ of .*NOT TESTED/g)).toHaveLength(2);
  });

  it('prints nothing if told to be quiet', async () => {
    expect(await printed('show', studyOf(jumping), 'jumping-s1', '--quiet')).toBe('');
  });

  it.each<[string, string[], RegExp]>([
    ['an unknown run', ['jumpin-s1'], /did you mean jumping-s1\? one of jumping-s1, constant-s1/],
    ['an unknown metric', ['jumping-s1', '--metric', 'stable_rnk'], /did you mean stable_rank\?/],
    ['an unknown detector', ['jumping-s1', '--detector', 'mean-shif'], /did you mean mean-shift\?/],
    ['half a comparison', ['jumping-s1', '--from', '100'], /--to; allowed: both --from and --to/],
    [
      'a step outside training',
      ['jumping-s1', '--from', '0', '--to', '5000'],
      /to is 5000; .* from 0 to 1995/,
    ],
    ['moments without a window', ['jumping-s1', '--window', '0'], /--window is 0; allowed: at least 1/],
  ])('refuses %s', async (_, args, message) => {
    const showing = printed('show', studyOf(jumping, constant), ...args);
    await expect(showing).rejects.toThrow(InputError);
    await expect(showing).rejects.toThrow(message);
  });

  it('explains itself with examples', async () => {
    const show = (await createProgram()).commands.find((command) => command.name() === 'show')!;
    let text = '';
    const writeOut = (part: string): void => {
      text += part;
    };
    show.configureOutput({ writeOut }).outputHelp();
    expect(text).toContain('Examples:\n  $ rankscope show my-study\n');
    for (const option of ['metric', 'detector', 'alpha', 'moments', 'from', 'to', 'window', 'json'])
      expect(text).toContain(`--${option}`);
  });
});

describe('rankscope show on imported logs', () => {
  it('shows a run, and why the logged stable rank has no interval', async () => {
    const folder = scratchFolder();
    writePublishedLogs(join(folder, 'logs'), ['mlp_narrow_mnist']);
    importNdtFolder(join(folder, 'logs'), join(folder, 'study'), { tool });
    const page = await printed(
      'show',
      join(folder, 'study'),
      'mlp_narrow_mnist',
      '--from',
      '100',
      '--to',
      '1900',
    );
    expect(page).toContain('mlp_narrow (mlp), 28618 parameters');
    expect(page).toContain('accuracy  93.0 %');
    expect(page).toMatch(/No interval: .*stable_rank\.logged.*rounding/);
  });
});

describeWithSharedData('rankscope show on the published logs', 'ndt/runs/mlp_narrow_mnist.json', (log) => {
  it('shows a run of a study that was imported', async () => {
    const folder = scratchFolder();
    const study = join(folder, 'study');
    mkdirSync(join(folder, 'logs'));
    copyFileSync(log, join(folder, 'logs', 'mlp_narrow_mnist.json'));
    importNdtFolder(join(folder, 'logs'), study, { tool });
    const page = await printed('show', study, 'mlp_narrow_mnist', '--from', '100', '--to', '1900');
    expect(page).toContain('mlp_narrow (mlp), 28618 parameters');
    expect(page).toContain('accuracy  92.7 %');
    expect(page).toMatch(/No interval: .*stable_rank\.logged.*rounding/);
  });
});
