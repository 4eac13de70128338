import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { InputError } from '../../src/errors/input-error.ts';
import { plainJson } from '../../src/errors/plain-text.ts';
import { writeRun } from '../../src/measurements/log-store.ts';
import { createStudy } from '../../src/measurements/study-store.ts';
import type { Run } from '../../src/measurements/types.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { plantedRun } from '../dynamics/planted-run.ts';
import { noisy } from '../dynamics/planted-series.ts';
import { expectPlain, expectShown, hostileText } from '../hostile-text.ts';
import { ndtLog } from '../measurements/fixtures.ts';
import { sampleTracks } from '../measurements/sample-tracks.ts';
import { rankscope, scratchFolder } from './rankscope.ts';

/** What `rankscope` with these arguments prints, or says in refusing. */
async function said(...args: string[]): Promise<{ out: string; err: string }> {
  const written = { out: '', err: '' };
  const spies = (['out', 'err'] as const).map((stream) =>
    vi.spyOn(process[`std${stream}`], 'write').mockImplementation((text) => {
      written[stream] += String(text);
      return true;
    }),
  );
  try {
    await (await createProgram(args[0])).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof InputError) && !(error instanceof Error && 'exitCode' in error)) throw error;
    if (error instanceof InputError) written.err += `${error.message}\n`;
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return written;
}

const rng = createRandom('hostile strings');
const step = (at: number) => noisy((i) => (i < at ? 2 : 5), 0.2, rng.fork(at));

function hostileRun(id: string, changes: Partial<Run> = {}): Run {
  const run = plantedRun([step(200), step(100), new Float64Array(400).fill(3)], {
    id,
    architecture: hostileText,
    dataset: `set ${hostileText}`,
    hyperparameters: { [`optimizer ${hostileText}`]: hostileText, learningRate: 0.1 },
    complete: false,
    stopped: `stopped: ${hostileText}`,
    evaluations: [{ step: 1995, accuracy: 0.05, examples: 100 }],
    tracks: sampleTracks(`${hostileText}.weight`),
    ...changes,
  });
  return {
    ...run,
    layers: run.layers.map((layer, i) => ({
      ...layer,
      name: `layer ${i} ${hostileText}`,
      pooling: hostileText,
      series: new Map(
        [...layer.series].map(([name, series]) => {
          const values = series.values.slice();
          values[50] = Number.NaN;
          return [name, { ...series, values, undetermined: [{ index: 50, reason: hostileText }] }];
        }),
      ),
    })),
  };
}

function writeHostileStudy(folder: string): void {
  const runs = [hostileRun('first'), hostileRun('second', { seed: 2 })];
  createStudy(folder, {
    schemaVersion: 1,
    tool: { name: hostileText, version: hostileText },
    title: hostileText,
    origin: 'imported',
    source: hostileText,
    settings: { note: hostileText },
    machine: { processor: hostileText },
    runs: runs.map(({ id }) => id),
  });
  for (const run of runs) writeRun(folder, run);
}

function fileWith(name: string, content: string): string {
  const path = join(scratchFolder(), name);
  writeFileSync(path, content);
  return path;
}

/** Control characters as escapes, since YAML refuses them as they are. */
const asYaml = (value: unknown): string => plainJson(JSON.stringify(value));
const claims = asYaml({
  title: hostileText,
  claims: [
    { id: 'late', kind: 'no-jumps-after', fraction: 0.5, claim: `Late: ${hostileText}` },
    { id: 'still', kind: 'stable-from-start', claim: hostileText },
  ],
});
const unknownKind = asYaml({ title: 'A', claims: [{ id: 'a', kind: hostileText, claim: 'b' }] });
const network = asYaml({ architectures: [hostileText], datasets: ['mnist'] });
const series = { [hostileText]: Array.from(step(200)) };
/** Without the semicolon, which in a first line would be the delimiter. */
const quoted = `"${hostileText.replaceAll(';', '').replaceAll('"', '""')}"`;
const table = (name: string): string =>
  `${name},b\n${Array.from(step(200), (value) => `${value},x${value}`).join('\n')}\n`;

/** The sentence stands in a line that it did not begin; or as a part of a quoted text. */
const shown = /\S.*FORGED/;
const escaped = /\\nFORGED|"x\\u001b/;

describe('names and sentences from files', () => {
  let folder = '';
  const study = () => folder;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rankscope-'));
    writeHostileStudy(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each<[string, RegExp, () => string[]]>([
    ['show', shown, () => ['show', study()]],
    ['show, a run', shown, () => ['show', study(), 'first', '--detector', 'mean-shift', '--moments', '3']],
    ['show, before and after', shown, () => ['show', study(), 'first', '--from', '100', '--to', '1500']],
    ['show as JSON', escaped, () => ['show', study(), 'first', '--json']],
    ['show, a run that is not there', escaped, () => ['show', study(), hostileText]],
    ['analyze', shown, () => ['analyze', study(), '--detector', 'mean-shift']],
    ['analyze as JSON', escaped, () => ['analyze', study(), '--detector', 'mean-shift', '--json']],
    ['analyze by a metric that is not there', escaped, () => ['analyze', study(), '--metric', hostileText]],
    ['report as JSON', escaped, () => ['report', study(), '--json', '--detector', 'mean-shift']],
    ['audit', shown, () => ['audit', study(), '--claims', fileWith('claims.json', claims)]],
    [
      'audit as JSON',
      escaped,
      () => ['audit', study(), '--claims', fileWith('claims.json', claims), '--json'],
    ],
    [
      'audit of claims of no kind',
      escaped,
      () => ['audit', study(), '--claims', fileWith('c.json', unknownKind)],
    ],
    ['validate on a study', /Agreement is no proof/, () => ['validate', '--study', study()]],
    ['detect, CSV', shown, () => ['detect', fileWith('a.csv', table(quoted))]],
    [
      'detect, a broken CSV',
      /line 1; allowed: quotes that close/,
      () => ['detect', fileWith('a.csv', table(`"${quoted}`))],
    ],
    ['detect, JSON', shown, () => ['detect', fileWith('a.json', JSON.stringify(series))]],
    ['detect, JSON as JSON', escaped, () => ['detect', '--json', fileWith('a.json', JSON.stringify(series))]],
    [
      'detect, neither',
      /Unexpected token 'x', "\{"a": x/,
      () => ['detect', fileWith('a.json', `{"a": ${hostileText}`)],
    ],
    [
      'detect, a text for a number',
      escaped,
      () => ['detect', fileWith('a.json', JSON.stringify([hostileText]))],
    ],
    ['import', escaped, () => ['import', logsWith({ arch_name: hostileText }), '--out', 'x']],
    [
      'import of a log that is none',
      /Unexpected token 'x', "x/,
      () => ['import', logsWith(hostileText), '--out', 'x'],
    ],
    ['train, a network', escaped, () => ['train', fileWith('s.yaml', network), '--out', 'x']],
    ['train, a key', shown, () => ['train', fileWith('s.yaml', asYaml({ [hostileText]: 1 })), '--out', 'x']],
    [
      'train, YAML that is none',
      /printable/,
      () => ['train', fileWith('s.yaml', `a: ["${hostileText}`), '--out', 'x'],
    ],
    ['validate on annotated series', shown, () => ['validate', '--tcpd', annotatedSeries()]],
  ])('are only shown: %s', async (_, expected, args) => {
    const { out, err } = await said(...args());
    expect(out + err).toMatch(expected);
    expectPlain(out);
    expectPlain(err);
  });

  it.each([[hostileText], ['show', `--${hostileText}`]])(
    'on the command line are only shown as well: %#',
    async (...args) => {
      const { err } = await said(...args);
      expect(err).toMatch(/unknown/);
      expectPlain(err.replaceAll('\nFORGED', ''));
    },
  );

  it('come out of JSON as they went in', async () => {
    const { out } = await said('show', study(), 'first', '--json');
    expect(JSON.parse(out).summary.dataset).toBe(`set ${hostileText}`);
  });

  it('are only shown by the program as a whole, exit code 2 where they are refused', () => {
    const broken = fileWith('s.yaml', `"${'\u009b'}": 1`);
    const answer = rankscope('train', broken, '--out', join(scratchFolder(), 's'));
    expect(answer.code).toBe(2);
    expectPlain(answer.err);
    const nowhere = rankscope('analyze', study(), '--out', join(study(), 'manifest.json', '\u009b\u202e'));
    expect(nowhere.code).toBe(1);
    expectPlain(nowhere.err);
  });

  it('make figures that are valid XML and can be drawn, and a page without control characters', async () => {
    const out = join(scratchFolder(), 'report');
    await said(
      'report',
      study(),
      '--out',
      out,
      '--quiet',
      '--detector',
      'mean-shift',
      '--claims',
      fileWith('claims.json', claims),
    );
    const figures = readdirSync(join(out, 'figures'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.svg'),
    );
    expect(figures.length).toBeGreaterThan(6);
    for (const name of figures) {
      const svg = readFileSync(join(out, 'figures', name), 'utf8');
      expectShown(svg);
      // resvg's XML parser refuses what XML 1.0 does.
      expect(() => new Resvg(svg, { font: { loadSystemFonts: false } }), name).not.toThrow();
    }
    const page = readFileSync(join(out, 'index.html'), 'utf8');
    const own = page.slice(0, page.indexOf('<script id="chart-libraries"'));
    expect(own).toContain('all is well');
    expectShown(own);
    expect(own).not.toContain('<b>');
  });
});

it('the XML parser that judges figures refuses control characters', () => {
  const svg = (text: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>${text}</text></svg>`;
  expect(() => new Resvg(svg('a'))).not.toThrow();
  expect(() => new Resvg(svg('\u001b'))).toThrow();
  expect(() => new Resvg(svg('\uffff'))).toThrow();
});

function logsWith(changes: object | string): string {
  const folder = join(scratchFolder(), 'logs');
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'a.json'),
    typeof changes === 'string' ? changes : JSON.stringify({ ...ndtLog(), ...changes }),
  );
  return folder;
}

function annotatedSeries(): string {
  const folder = scratchFolder();
  const raw = Array.from(step(200));
  writeFileSync(
    join(folder, 'a.json'),
    JSON.stringify({ name: hostileText, n_obs: raw.length, n_dim: 1, series: [{ raw }] }),
  );
  writeFileSync(join(folder, 'annotations.json'), JSON.stringify({ [hostileText]: { 1: [200] } }));
  return folder;
}
