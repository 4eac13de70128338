import { beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { byOriginalName } from '../../src/published/compare.ts';
import { csvFields } from '../../src/published/csv-fields.ts';
import { publishedDraw } from '../../src/published/published-draw.ts';
import { firstPhase, reproduce } from '../../src/published/reproduce.ts';
import { describeWithStudy, publishedFiles, publishedRuns } from './published-study.ts';
import { syntheticRun, syntheticStudy } from './synthetic-runs.ts';

describeWithStudy('the published study, recomputed from its 55 logs', () => {
  let published: Map<string, string>;
  let ours: Map<string, string>;
  let withPublishedDraw: Map<string, string>;

  beforeAll(() => {
    const runs = publishedRuns();
    published = byOriginalName(publishedFiles());
    ours = reproduce(runs);
    const drawn = publishedDraw(firstPhase(runs).jumps, published.get('checkpoint_plan.json')!);
    withPublishedDraw = reproduce(runs, drawn!.draw);
  });

  it('is read from 55 logs with 400 layers', () => {
    expect(publishedRuns()).toHaveLength(55);
    expect(publishedRuns().reduce((sum, run) => sum + run.stableRank.size, 0)).toBe(400);
  });

  it.each([
    'convergence_analysis_summary.json',
    'all_jumps_detailed.csv',
    'jump_characterization_summary.json',
    'critical_periods_detailed.csv',
    'critical_periods_summary.json',
    'cnn_mlp_comparison_results.json',
    'early_late_results.json',
    'loss_correlations.csv',
  ])('agrees with %s to the last character', (file) => {
    expect(published.get(file)!.length).toBeGreaterThan(200);
    expect(ours.get(file)).toBe(published.get(file));
  });

  it.each(['checkpoint_plan.json', 'transformer_analysis_results.json', 'integrated_report.json'])(
    'agrees with %s to the last character once the unseeded draw is the published one',
    (file) => {
      expect(published.get(file)!.length).toBeGreaterThan(200);
      expect(withPublishedDraw.get(file)).toBe(published.get(file));
    },
  );

  it('finds all 2,991 jumps at the published place, with the published size and in the published cluster', () => {
    const [was, is] = [published, ours].map((files) =>
      csvFields(files.get('all_jumps_detailed.csv')!, 'jumps'),
    );
    expect(was.size).toBe(2991 * 11);
    expect(is).toEqual(was);
  });

  it('does not depend on the order of the logs, and is the same every time', () => {
    expect(reproduce([...publishedRuns()].reverse())).toEqual(ours);
  });
});

describe('a recomputation', () => {
  it('yields eleven files for any study that has the three planned runs', () => {
    const files = reproduce(syntheticStudy());
    expect(files.size).toBe(11);
    for (const [name, text] of files) expect(text.length, name).toBeGreaterThan(100);
  });

  it('names the run that the second phase misses', () => {
    expect(() => reproduce(syntheticStudy().slice(1))).toThrow(/transformer_deep_mnist/);
    expect(() => reproduce([])).toThrow(InputError);
  });

  it('refuses a run given twice', () => {
    const study = syntheticStudy();
    expect(() => reproduce([...study, study[0]])).toThrow(/each run once/);
  });

  it('refuses a log too short for second differences', () => {
    const study = syntheticStudy();
    expect(() => reproduce([...study, syntheticRun('mlp_x_mnist', ['network.0'], 2)])).toThrow(
      /mlp_x_mnist: number of measurements is 2; allowed: at least 3/,
    );
  });

  it('refuses a planned run without a jump', () => {
    const flat = syntheticStudy().map((run) =>
      run.name.startsWith('mlp')
        ? { ...run, stableRank: new Map([['network.0', new Float64Array(400).fill(1)]]) }
        : run,
    );
    expect(() => reproduce(flat)).toThrow(/mlp_narrow_mnist; allowed: .*at least one published jump/);
  });
});
