import { isDeepStrictEqual } from 'node:util';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../src/dynamics/run-summary.ts';
import { buildReport } from '../../src/report/build-report.ts';
import type { ReportFiles } from '../../src/report/types.ts';
import { sampleTracks } from '../measurements/sample-tracks.ts';
import { exampleStudy, hostile } from './example-study.ts';
import { unpackedRuns } from './unpacked.ts';

const files = await buildReport(exampleStudy());
const text = (path: string): string => files.get(path) as string;

/** What a reader sees who opens every run. */
function wholePage(report: ReportFiles): string {
  const page = report.get('index.html') as string;
  const runs = unpackedRuns(page).map(({ markup }) => markup);
  return [page.replace(/<script[\s\S]*?<\/script>/g, ''), ...runs]
    .join('')
    .replace(/(data:image[^,]*,)[^"]+/g, '$1');
}

describe('the report', () => {
  it('consists of one page, its content for programs, tables and figures', () => {
    expect([...files.keys()].sort()).toEqual(
      [
        'figures/accuracy.svg',
        ...['when-cnn', 'when-mlp', 'where-cnn', 'where-mlp'].map(
          (panel) => `figures/architectures-${panel}.svg`,
        ),
        ...['b-thirds', 'c-groups', 'd-together', 'e-course', 'f-course-by-family', 'j-numbers'].map(
          (panel) => `figures/dashboard-${panel}.svg`,
        ),
        'figures/jump-rates.svg',
        'figures/jumps.svg',
        'figures/lead.svg',
        'figures/loss.svg',
        'figures/timing.svg',
        ...['_-2', 'cnn_digits', 'mlp_digits'].flatMap((name) => {
          const safe = name === '_-2' ? `${hostile.replace(/[^A-Za-z0-9._-]/g, '_')}-2` : name;
          return [`figures/runs/${safe}-critical-periods.svg`, `figures/runs/${safe}-heatmap.svg`];
        }),
        'index.html',
        'integrated_report.json',
        'tables/measurements.parquet',
        ...['changes', 'findings', 'layers', 'rates', 'run_changes', 'runs', 'stretches', 'warnings'].flatMap(
          (name) => [`tables/${name}.csv`, `tables/${name}.parquet`],
        ),
      ].sort(),
    );
  });

  it('shows weights, gradient noise and sharpness where a run has them', async () => {
    const { runs, ...rest } = exampleStudy();
    const tracked = { ...runs[0], tracks: sampleTracks(hostile) };
    const shown = await buildReport({ ...rest, runs: [tracked, ...runs.slice(1)] });
    const added = [...shown.keys()].filter((path) => !files.has(path));
    expect(added.sort()).toEqual([
      'figures/runs/mlp_digits-landscape.svg',
      'figures/runs/mlp_digits-weights.svg',
      'tables/tracks.csv',
      'tables/tracks.parquet',
    ]);
    const page = wholePage(shown);
    expect(page).toContain('Weights, steps 0 to 200, first → last');
    expect(page).toMatch(/<td class="number">32 × 784<\/td>\s*<td class="number">20 → 5<\/td>/);
    expect(page).toContain('<td class="number">125.0 %</td>');
    expect(page).not.toContain('<img src=x');
    const rows = parse(shown.get('tables/tracks.csv') as string, { columns: true });
    expect(rows[1]).toMatchObject({ subject: hostile, metric: 'stable_rank', step: '100', value: '10' });
    const [summary] = JSON.parse(shown.get('integrated_report.json') as string).runs;
    expect(summary.tracks[2].subjects[0].series.sharpness).toEqual({
      first: 12.5,
      last: 12.5,
      undetermined: 0,
    });
  });

  it('comes out the same again', async () => {
    const again = await buildReport(exampleStudy());
    for (const [path, content] of files) expect(isDeepStrictEqual(again.get(path), content), path).toBe(true);
  });

  it('adds a PNG to every figure on request', async () => {
    const { runs, ...rest } = exampleStudy();
    const withPng = await buildReport({ ...rest, runs: runs.slice(0, 1), png: true });
    const svgs = [...withPng.keys()].filter((path) => path.endsWith('.svg'));
    expect(svgs.length).toBeGreaterThan(3);
    for (const svg of svgs) {
      const png = withPng.get(svg.replace(/\.svg$/, '.png')) as Uint8Array;
      expect([...png.subarray(0, 4)], svg).toEqual([0x89, 0x50, 0x4e, 0x47]);
    }
  });

  it('works for a study without runs, findings or rates', async () => {
    const { manifest, analysis } = exampleStudy();
    const empty = await buildReport({ manifest, runs: [], analysis: { ...analysis, runs: [], rates: [] } });
    expect((empty.get('index.html') as string).includes('No claim was tested in this report.')).toBe(true);
    expect([...empty.keys()].filter((path) => path.startsWith('figures/'))).toEqual([]);
  });

  it('works for a run that was killed before its first measurement and was not analyzed', async () => {
    const { manifest, analysis, runs } = exampleStudy();
    const none = new Float64Array(0);
    const killed = {
      ...runs[0],
      steps: none,
      loss: none,
      gradientNorm: none,
      evaluations: [],
      complete: false,
      stopped: 'the loss overflowed',
      layers: runs[0].layers.map((layer) => ({ ...layer, series: new Map() })),
    };
    const files = await buildReport({
      manifest,
      runs: [killed],
      analysis: { ...analysis, runs: [], rates: [] },
    });
    const page = wholePage(files);
    expect(page.includes('the run is incomplete; stopped: the loss overflowed')).toBe(true);
    expect(page.includes('The dynamics of this run were not analyzed.')).toBe(true);
    expect(/NaN|undefined/.test(page.slice(page.indexOf('<main>')).replace(/data:image[^"]+/g, ''))).toBe(
      false,
    );
  });
});

describe('the page', () => {
  const page = wholePage(files);

  it('opens with what happened, in words, beside the figure of all curves', () => {
    const happened = page.slice(page.indexOf('id="happened"'), page.indexOf('id="findings"'));
    for (const part of [
      'id="evidence-lead"',
      'network.0 rises (+466 %), by step 135;',
      'level from there',
      'In single runs: 6 rises and falls in 6 curves; all hold at a false discovery rate of 0.05',
      'more often.</li>',
    ]) {
      expect(happened).toContain(part);
    }
    expect(page.indexOf('id="happened"')).toBeLessThan(page.indexOf('id="findings"'));
  });

  it('gives the findings: claim, effect, interval, null, p-values, verdict, evidence', () => {
    const row = page.slice(
      page.indexOf('id="finding-early-changes"'),
      page.indexOf('id="finding-late-changes"'),
    );
    for (const part of [
      '0.25 share',
      '[0.01, 0.81]',
      'uniform steps',
      '&lt; 0.0001',
      '0.4',
      'not distinguishable from null',
      'href="#evidence-jumps"',
      '2 runs',
      'few changes',
    ]) {
      expect(row).toContain(part);
    }
    expect(page.indexOf('id="findings"')).toBeLessThan(page.indexOf('id="runs"'));
    expect(page).toContain('id="evidence-jumps"');
  });

  it('says what was measured, with centering and origin', () => {
    expect(page).toContain(
      'Stable rank (dimensions); measured from singular values; activations centered by column',
    );
  });

  it('holds every run with its table and figures, for when it is opened', () => {
    for (const part of [
      '97.0 %',
      'from step 120',
      'not yet: still rising at the end',
      'rises from 1 to 5.66',
      'network.2 moves without a direction that was shown',
      'not testable: fewer than eight distinct values',
      'step 50 (increase, 6 noise sd)',
      'learning rate',
      'One seed per network.',
    ]) {
      expect(page).toContain(part);
    }
    expect(page.match(/<img /g)?.length).toBe(6 + 4 + 6 + 2 * 3);
    expect(page.match(/<img alt="[^"]+"/g)?.length).toBe(6 + 4 + 6 + 2 * 3);
  });

  it('names every place that a link in it leads to', () => {
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, target]) => target);
    expect(links.length).toBeGreaterThan(8);
    for (const target of links) expect(ids, target).toContain(target);
  });

  it('lets no name become markup', () => {
    expect(page).toContain('&lt;script&gt;document.title');
    expect(text('index.html').includes('<script>document.title')).toBe(false);
    expect(text('index.html').includes('<img src=x')).toBe(false);
  });

  it('asks for nothing from outside', () => {
    const sources = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    for (const address of sources) expect(address).toMatch(/^(#|data:|integrated_report\.json$)/);
    expect(page).toContain('default-src &#39;none&#39;');
  });
});

describe('the content for programs', () => {
  it('is valid JSON with the findings, runs and dynamics', () => {
    const report = JSON.parse(text('integrated_report.json'));
    expect(report.findings[0].effect).toEqual({ value: 0.25, interval: [0.01, 0.81], unit: 'share' });
    expect(
      report.runs.map(({ run, totals, accuracy }: RunSummary) => [run, totals?.changes, accuracy?.accuracy]),
    ).toEqual([
      ['mlp_digits', 2, 0.9],
      ['cnn_digits', 2, 0.97],
      [hostile, 2, 0.5],
    ]);
    expect(report.runs[0].dynamics.layers[2].detection.reason).toBe('fewer than eight distinct values');
    expect(report.runs[0].dynamics.criticalPeriods.coordination.share).toHaveLength(39);
  });

  it('is in CSV tables that another reader reads', () => {
    const rows = (name: string): Record<string, string>[] =>
      parse(text(`tables/${name}.csv`), { columns: true });
    expect(rows('runs').map(({ run }) => run)).toEqual(['mlp_digits', 'cnn_digits', hostile]);
    expect(rows('layers')).toHaveLength(9);
    expect(rows('changes').map(({ run, layer, step }) => [run, layer, step])).toContainEqual([
      'cnn_digits',
      'network.0',
      '150',
    ]);
    expect(rows('changes')).toHaveLength(6);
    expect(rows('rates')[1]).toMatchObject({ group: 'cnn', per_1000_steps: '', reason: 'no testable layer' });
    expect(rows('findings')[1]).toMatchObject({ effect: '', p_value: '', verdict: 'not testable' });
    expect(rows('warnings')[1].layer).toBe(hostile);
  });
});
