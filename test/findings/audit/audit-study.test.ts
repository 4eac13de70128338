import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors/input-error.ts';
import { auditStudy } from '../../../src/findings/audit/audit-study.ts';
import { checkClaims } from '../../../src/findings/audit/claims-file.ts';
import { holm } from '../../../src/numerics/multiple-testing.ts';
import { manifestOf, perfectAnalysis, plantedRuns, times } from './planted-study.ts';

const runs = plantedRuns(
  times(12, (i) => ({
    family: i < 6 ? ('mlp' as const) : ('cnn' as const),
    layers: [{ jumps: [300 + 20 * i] }, { jumps: i % 3 === 0 ? [400] : [400, 1500] }],
    loss: (step: number) => Math.exp(-step / 200),
    evaluations: [
      { step: 1000, accuracy: 0.8, examples: 1000 },
      { step: 2000, accuracy: 0.8 + 0.01 * Math.sin(i), examples: 1000 },
    ],
  })),
);
const analysis = perfectAnalysis(runs);
const all = [
  { id: 'still', claim: 'It stands still.', kind: 'stable-from-start' },
  { id: 'early', claim: 'Jumps are early.', kind: 'share-of-jumps-before', fraction: 0.3, claimed: 0.6 },
  { id: 'late', claim: 'None is late.', kind: 'no-jumps-after', fraction: 0.5 },
  { id: 'late-learning', claim: 'None is learned late.', kind: 'no-late-learning' },
  {
    id: 'ratio',
    claim: 'CNNs jump most.',
    kind: 'rate-ratio-between-groups',
    by: 'family',
    of: 'cnn',
    over: ['mlp'],
  },
];
const audit = (claims: readonly object[], seed = 1) =>
  auditStudy({
    manifest: manifestOf(runs),
    runs,
    claims: checkClaims({ title: 'Claims', claims }, 'claims'),
    analysis,
    seed,
    resamples: 300,
  });

describe('an audit', () => {
  it('has a finding for every claim, in the order of the file, and a figure for every name it gives', () => {
    const { findings, evidence } = audit(all);
    expect(findings.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(findings.flatMap(({ figure }) => figure ?? [])).toEqual(
      [...evidence.keys()].map((name) => `figures/${name}.svg`),
    );
  });

  it('adjusts the p-values of all claims that could be tested, by Holm', () => {
    const { findings, correction } = audit(all);
    const tested = findings.flatMap(({ null: held }) => (held === null ? [] : [held]));
    expect(tested).toHaveLength(5);
    expect(correction).toContain('Holm (1979) over 5 tests');
    expect(tested.map(({ adjustedPValue }) => adjustedPValue)).toEqual([
      ...holm(tested.map(({ pValue }) => pValue as number)),
    ]);
  });

  it('gives the same answer twice, and another seed moves only what is drawn', () => {
    expect(JSON.stringify(audit(all))).toBe(JSON.stringify(audit(all)));
    const [one, other] = [audit(all, 1), audit(all, 2)];
    expect(other.findings.map(({ effect }) => effect?.value)).toEqual(
      one.findings.map(({ effect }) => effect?.value),
    );
    expect(other.findings[3].effect?.interval).not.toEqual(one.findings[3].effect?.interval);
  });

  it('computes a claim the same whatever else is asked', () => {
    const alone = audit([all[1]]).findings[0];
    const among = audit(all).findings[1];
    expect(alone.effect).toEqual(among.effect);
    expect(alone.null?.pValue).toBe(among.null?.pValue);
  });

  it('refuses an analysis of other runs', () => {
    const claims = checkClaims({ title: 'Claims', claims: all }, 'claims');
    expect(() => auditStudy({ manifest: manifestOf(runs), runs: runs.slice(1), claims, analysis })).toThrow(
      InputError,
    );
  });
});
