import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { enoughRuns, writePublishedLogs } from '../published/published-logs.ts';
import { describeWithSharedData } from '../shared-data.ts';
import { rankscope, scratchFolder } from './rankscope.ts';

const everyClaim = ['1', '2', '3', '4a', '4b', '5', '6', '7', '8', '9', '10', '11', '12'];

describeWithSharedData('the audit of the published study', 'ndt', (ndt) => {
  it('gives a verdict on every claim, and names the faults of the data', () => {
    const study = join(scratchFolder(), 'study');
    rankscope('import', join(ndt, 'runs'), '--out', study, '--quiet');
    const answer = rankscope('audit', study, '--checkpoints', join(ndt, 'checkpoints'), '--json');
    expect(answer).toMatchObject({ code: 0, err: '' });
    const { findings, checks } = JSON.parse(answer.out);
    expect(findings.map(({ id }: { id: string }) => id)).toEqual(everyClaim);
    const verdicts = Object.fromEntries(
      findings.map(({ id, verdict }: { id: string; verdict: string }) => [id, verdict]),
    );
    expect(verdicts).toMatchObject({
      '1': 'refuted',
      '2': 'refuted',
      '3': 'refuted',
      '4b': 'refuted',
      '11': 'not testable',
      '12': 'not testable',
    });
    expect(new Set(checks.map(({ check }: { check: string }) => check))).toEqual(
      new Set([
        'constant-metric',
        'metric-identities',
        'mean-dominated',
        'token-columns',
        'runs-at-chance',
        'single-seed',
        'dependent-groups',
        'index-as-step',
        'events-within-noise',
        'categories-do-not-add-up',
        'counts-without-exposure',
        'checkpoint-mismatch',
        'label-contradicts-kind',
      ]),
    );
  });
});

describe('the audit of logs as the published program wrote them', () => {
  const study = (runs = enoughRuns) => {
    const folder = scratchFolder();
    writePublishedLogs(join(folder, 'logs'), runs);
    rankscope('import', join(folder, 'logs'), '--out', join(folder, 'study'), '--quiet');
    return join(folder, 'study');
  };

  it('gives a verdict on every claim of the published study, and names the faults of the data', () => {
    const answer = rankscope('audit', study(), '--json');
    expect(answer).toMatchObject({ code: 0, err: '' });
    const { findings, checks } = JSON.parse(answer.out);
    expect(findings.map(({ id }: { id: string }) => id)).toEqual(everyClaim);
    // The logged stable rank is 1 whatever the layer does, and no network was trained twice.
    const named = checks.map(({ check }: { check: string }) => check);
    for (const check of ['constant-metric', 'metric-identities', 'single-seed', 'index-as-step'])
      expect(named).toContain(check);
    // What moves is not constant: the first claim, of a constant metric, fails here too.
    expect(findings[0]).toMatchObject({ id: '1', verdict: 'refuted' });
  });

  it('opens the report with the findings, each beside a figure that shows it', () => {
    const folder = study();
    const claims = join(folder, 'claims.yaml');
    writeFileSync(
      claims,
      'title: Two claims\nclaims:\n  - {id: a, kind: stable-from-start, claim: Nothing moves.}\n  - {id: b, kind: coordination-share, claimed: 0.8, claim: Layers move together.}\n',
    );
    const answer = rankscope('audit', folder, '--claims', claims);
    expect(answer.code).toBe(0);
    expect(answer.out).toMatch(/Nothing moves\..*refuted/);
    const page = readFileSync(join(folder, 'report', 'index.html'), 'utf8');
    expect(page.indexOf('Nothing moves.')).toBeLessThan(page.indexOf('Over all runs</h2>'));
    expect(readFileSync(join(folder, 'report', 'figures', 'audit-b.svg'), 'utf8')).toContain('<svg');
    expect(readFileSync(join(folder, 'report', 'tables', 'findings.csv'), 'utf8')).toContain(
      'Layers move together.',
    );
  });

  it('refuses claims that it cannot look into', () => {
    const folder = study(['mlp_narrow_mnist']);
    const claims = join(folder, 'claims.yaml');
    writeFileSync(claims, 'title: x\nclaims: [{id: a, kind: no-jumps-aftr, claim: x}]');
    expect(rankscope('audit', folder, '--claims', claims)).toMatchObject({
      code: 2,
      err: expect.stringContaining('did you mean no-jumps-after?'),
    });
  });
});
