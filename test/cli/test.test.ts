import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunAblation } from '../../src/workbench/measure-mechanisms.ts';
import { studyEvidence } from '../../src/workbench/test-study.ts';
import { itWith, patience } from '../requirements.ts';
import { rankscope } from './rankscope.ts';

const study = `
architectures: [{name: tiny, family: mlp, hidden: [8]}]
datasets: [drawn_digits]
seeds: [0, 1]
training: {steps: 60, examples: 64, batchSize: 16}
measurement: {every: 1, samples: 40}
evaluation: {every: 10, examples: 64}
`;

describe('rankscope test', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rankscope-'));
  const trained = join(folder, 'trained');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeAll(() => {
    const file = join(folder, 'study.yaml');
    writeFileSync(file, study);
    const { code, err } = rankscope('train', file, '--out', trained, '--plan-from-first-pass', '--quiet');
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(existsSync(join(trained, 'plan.json'))).toBe(true);
  });

  it('prints a table, a sentence for each hypothesis, and puts them into the report', () => {
    const { code, out, err } = rankscope('test', trained);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toMatch(/hypothesis +n +groups +effect +95 % interval/);
    expect(out).toMatch(/heads-focus: Not tested: .* Needs a network with attention, that is a transformer/);
    expect(out).toMatch(/units-tell-classes: Cannot be decided: .* 2 groups of seeds; so few/);
    const page = readFileSync(join(trained, 'report/index.html'), 'utf8');
    expect(page).toContain('<h2 id="hypotheses">Hypotheses</h2>');
    expect(page).toContain(`rankscope test ${trained}`);
    const json = JSON.parse(readFileSync(join(trained, 'report/integrated_report.json'), 'utf8'));
    expect(json.hypotheses.findings).toContainEqual(
      expect.objectContaining({ id: 'heads-focus', verdict: 'not testable', effect: null }),
    );
    const csv = readFileSync(join(trained, 'report/tables/hypotheses.csv'), 'utf8');
    expect(csv.split('\r\n').length).toBe(json.hypotheses.findings.length + 2);
  });

  it('prints the findings of some as JSON, the same for the same seed', () => {
    const asked = ['test', trained, '--hypotheses', 'changes-become-rarer,late-acquisition', '--json'];
    const { out } = rankscope(...asked, '--seed', '3');
    const { findings, seed } = JSON.parse(out);
    expect(seed).toBe(3);
    expect(findings.map(({ id }: { id: string }) => id)).toEqual([
      'changes-become-rarer',
      'late-acquisition',
    ]);
    expect(rankscope(...asked, '--seed', '3').out).toBe(out);
  });

  itWith(patience, 'takes parts out where it is asked to', async () => {
    // A hidden layer has parts to take out, the last one has none: there must be a window in the first.
    const deeper = join(folder, 'deeper');
    writeFileSync(join(folder, 'deeper.yaml'), study.replace('[8]', '[8, 6]'));
    const begun = rankscope(
      ...['train', join(folder, 'deeper.yaml'), '--out', deeper, '--plan-from-first-pass', '--quiet'],
    );
    expect(begun).toMatchObject({ code: 0, err: '' });
    const asked = ['test', deeper, '--hypotheses', 'ablation-matters-more', '--json'];
    const [without] = JSON.parse(rankscope(...asked).out).findings;
    expect(without).toMatchObject({ verdict: 'not testable', effect: null });
    expect(without.sentence).toContain('Needs `rankscope test --ablate`');
    const [found] = JSON.parse(rankscope(...asked, '--ablate').out).findings;
    expect(found.observations).toBeGreaterThan(0);
    expect(found.effect).toMatchObject({ unit: 'nats', value: expect.any(Number) });

    // Layer by layer it is the mean of what `mechanisms --ablate` finds for its parts, at the ends of windows.
    const { ablations } = JSON.parse(
      rankscope('mechanisms', deeper, '--ablate', 'units', '--replace', 'mean', '--json').out,
    ) as { ablations: RunAblation[] };
    const { evidence } = await studyEvidence(deeper, { ablate: true, workers: 1 });
    const losses = evidence.atCheckpoints.filter(({ measure }) => measure === 'ablation_loss');
    expect(losses.length).toBeGreaterThan(0);
    for (const { run, subject, step, value } of losses) {
      const own = ablations.flatMap(({ effect: { loss }, ...of }) =>
        of.run === run && of.place.name === subject && of.step === step && loss.determined ? loss.value : [],
      );
      expect(value.determined && value.value).toBeCloseTo(own.reduce((a, b) => a + b, 0) / own.length, 12);
    }
  });

  it('refuses what is not known, and a plan of another metric', () => {
    const unknown = rankscope('test', trained, '--hypotheses', 'heads-fokus');
    expect(unknown.code).toBe(2);
    expect(unknown.err).toMatch(/hypothesis is "heads-fokus"; allowed: did you mean heads-focus/);
    const other = rankscope('test', trained, '--metric', 'stable_rank', '--json');
    expect(other.code).toBe(2);
    expect(other.err).toMatch(
      /metric of the plan is "participation_ratio"; allowed: stable_rank, the series/,
    );
    expect(rankscope('test', join(trained, 'nowhere')).code).toBe(2);
  });
});
