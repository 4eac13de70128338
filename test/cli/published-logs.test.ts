import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plannedRuns, writePublishedLogs } from '../published/published-logs.ts';
import { describeWithSharedData } from '../shared-data.ts';
import { rankscope, scratchFolder } from './rankscope.ts';

describe('logs as the published program wrote them, from the command line', () => {
  it('are imported and analyzed', () => {
    const folder = scratchFolder();
    writePublishedLogs(join(folder, 'logs'), plannedRuns);
    const study = join(folder, 'study');
    expect(rankscope('import', join(folder, 'logs'), '--out', study)).toMatchObject({
      code: 0,
      out: expect.stringContaining('3 runs imported'),
    });
    const analysis = JSON.parse(rankscope('analyze', study, '--json').out);
    expect(analysis.seriesId).toBe('stable_rank.raw');
    expect(analysis.runs.map(({ runId }: { runId: string }) => runId)).toEqual([...plannedRuns].sort());
    // Six blocks of two layers between entrance and classifier; four stages; four hidden layers.
    expect(analysis.runs.flatMap(({ layers }: { layers: unknown[] }) => layers)).toHaveLength(14 + 5 + 5);
  });

  it('are reproduced, and a number that is changed is found', () => {
    const folder = scratchFolder();
    const logs = join(folder, 'logs');
    writePublishedLogs(logs, plannedRuns);
    const published = join(folder, 'published');
    expect(rankscope('reproduce', logs, '--out', published)).toMatchObject({ code: 0 });
    const again = ['reproduce', logs, '--out', join(folder, 'again'), '--check', published];
    const same = rankscope(...again, '--json');
    expect(same.code).toBe(0);
    expect(JSON.parse(same.out)).toMatchObject({ passed: true, uncompared: [] });

    const summary = join(published, 'critical_periods_summary.json');
    const altered = readFileSync(summary, 'utf8').replace(
      /"total_transitions": \d+/,
      '"total_transitions": 7',
    );
    writeFileSync(summary, altered);
    const different = rankscope(...again);
    expect(different.code).toBe(1);
    expect(different.out).toContain('NOT equal');
  });
});

describeWithSharedData('the published logs from the command line', 'ndt', (ndt) => {
  it('are imported and analyzed: 55 runs, 400 layer series', () => {
    const study = join(scratchFolder(), 'study');
    expect(rankscope('import', join(ndt, 'runs'), '--out', study)).toMatchObject({
      code: 0,
      out: expect.stringContaining('55 runs imported'),
    });
    const analysis = JSON.parse(rankscope('analyze', study, '--json').out);
    expect(analysis.seriesId).toBe('stable_rank.raw');
    expect(analysis.runs).toHaveLength(55);
    expect(analysis.runs.flatMap(({ layers }: { layers: unknown[] }) => layers)).toHaveLength(400);
  });

  it('are reproduced, and a published number that is changed is found', () => {
    const out = scratchFolder();
    const same = rankscope(
      'reproduce',
      join(ndt, 'runs'),
      '--out',
      join(out, 'x'),
      '--check',
      join(ndt, 'published'),
      '--json',
    );
    expect(same.code).toBe(0);
    expect(JSON.parse(same.out)).toMatchObject({ passed: true, uncompared: ['feature_cnn_analysis.json'] });

    const changed = join(out, 'published');
    mkdirSync(changed);
    for (const name of readdirSync(join(ndt, 'published')))
      copyFileSync(join(ndt, 'published', name), join(changed, name));
    const report = join(changed, 'integrated_report.json');
    writeFileSync(report, readFileSync(report, 'utf8').replace('2991', '2992'));
    const different = rankscope('reproduce', join(ndt, 'runs'), '--out', join(out, 'y'), '--check', changed);
    expect(different.code).toBe(1);
    expect(different.out).toContain('NOT equal');
  });
});

describe('logs that cannot be imported', () => {
  const importing = (content: string | null) => {
    const folder = scratchFolder();
    const logs = join(folder, 'logs');
    mkdirSync(logs);
    if (content !== null) writeFileSync(join(logs, 'mlp_narrow_mnist.json'), content);
    const study = join(folder, 'study');
    return { ...rankscope('import', logs, '--out', study), written: existsSync(study) };
  };
  const layers = (names: string[]) =>
    Object.fromEntries(
      names.map((name) => [
        name,
        { stable_rank: 1, participation_ratio: 2, effective_rank_90: 2, nuclear_norm_ratio: 2 },
      ]),
    );
  const all = ['network.0', 'network.2', 'network.4', 'network.6', 'network.8'];
  const log = (steps: number[], names = steps.map(() => all), loss: unknown = 1) =>
    JSON.stringify({
      arch_name: 'mlp_narrow',
      dataset_name: 'mnist',
      num_steps: 2000,
      measurement_interval: 5,
      final_accuracy: 0.9,
      elapsed_time: 1,
      architecture_params: {
        depth: 5,
        width: 32,
        min_width: 10,
        max_width: 32,
        num_params: 28618,
        connectivity: 0.5,
      },
      measurements: steps.map((step, i) => ({
        step,
        epoch: 1,
        loss,
        grad_norm: 1,
        layer_metrics: layers(names[i]),
      })),
    });

  it('get one line naming file and field, exit code 2, and leave nothing behind', () => {
    const cases: [string | null, RegExp][] = [
      [null, /a log in one of these formats: ndt/],
      [log([0, 5]).slice(0, 200), /mlp_narrow_mnist\.json/],
      ['{"hello": 1}', /mlp_narrow_mnist\.json/],
      [log([0, 5, 5]), /measurements\[2\]\.step/],
      [log([5, 0]), /measurements\[1\]\.step/],
      [log([0, 5], [all, all.slice(1)]), /measurements\[1\]/],
      [log([0, 5], undefined, 'LOSS').replaceAll('"LOSS"', 'NaN'), /measurements\[0\]\.loss/],
      [log([0, 5], undefined, 'LOSS').replaceAll('"LOSS"', '1e999'), /measurements\[0\]\.loss/],
    ];
    for (const [content, message] of cases) {
      const answer = importing(content);
      expect(answer).toMatchObject({ code: 2, out: '', written: false });
      expect(answer.err).toMatch(message);
      expect(answer.err.trimEnd().split('\n')).toHaveLength(1);
    }
  });

  it('are otherwise taken: the same log without a fault', () => {
    expect(importing(log([0, 5]))).toMatchObject({ code: 0, written: true });
  });
});
