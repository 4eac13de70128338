import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { type Audit, auditStudy } from '../../../src/findings/audit/audit-study.ts';
import { defaultClaims } from '../../../src/findings/claims/default-claims.ts';
import { analyzeStudy } from '../../../src/findings/study-analysis.ts';
import { readNdtFolder } from '../../../src/imports/ndt/ndt-store.ts';
import { readCheckpoints } from '../../../src/workbench/checkpoints-store.ts';
import { describeWithSharedData } from '../../shared-data.ts';
import { manifestOf } from './planted-study.ts';

describeWithSharedData('the audit of the published study', 'ndt', (folder) => {
  let first: Audit;
  let second: Audit;

  beforeAll(() => {
    const runs = readNdtFolder(join(folder, 'runs'));
    const manifest = { ...manifestOf(runs), source: 'Neural Dimensionality Tracking' };
    const claims = defaultClaims(manifest);
    if (claims === null) throw new Error('the import knows no claims');
    // A fast detector: the verdicts below do not hang on which one with error control it is.
    const analysis = analyzeStudy(runs, { detector: 'mean-shift' });
    const audit = () =>
      auditStudy({
        manifest,
        runs,
        claims,
        analysis,
        checkpoints: readCheckpoints(join(folder, 'checkpoints')).checkpoints,
        resamples: 1000,
      });
    [first, second] = [audit(), audit()];
  });

  const findingOf = (id: string) => {
    const finding = first.findings.find((each) => each.id === id);
    if (finding === undefined) throw new Error(`no finding ${id}`);
    return finding;
  };

  const verdicts = {
    '1': 'refuted',
    '2': 'refuted',
    '3': 'refuted',
    '4b': 'refuted',
    '5': 'refuted',
    '6': 'refuted',
    '8': 'supported',
    '10': 'not testable',
    '11': 'not testable',
    '12': 'not testable',
  } as const;
  for (const [id, verdict] of Object.entries(verdicts)) {
    it(`finds claim ${id} ${verdict}`, () => expect(findingOf(id).verdict).toBe(verdict));
  }

  it('gives the same bytes twice', () => {
    expect(JSON.stringify(second.findings)).toBe(JSON.stringify(first.findings));
  });

  it('counts the published jumps as they were published', () => {
    // Integrated report: 2,491 of 2,991 early.
    expect(findingOf('2').reason).toContain('As published it is 83.3 % of 2,991 jumps');
    expect(findingOf('4a').reason).toContain(
      'As published: transformer 1,598 in 140 layers, cnn 297 in 36 layers, mlp 1,096 in 224 layers.',
    );
  });

  it('says that the published axis ends before the second half, and the published metric stands still', () => {
    expect(findingOf('3').reason).toContain('that axis ends at 19.9 % of training');
    expect(findingOf('1').reason).toMatch(
      /stable_rank\.logged moves by \d?e?−?\d+ of its level at most, in any of 400 layers/,
    );
  });

  it('says that transformers have no attention output among their measured layers', () => {
    expect(findingOf('5').reason).toContain('None of the 140 measured layers is of kind attention-output');
  });

  it('counts the runs of MNIST and QMNIST of one architecture once', () => {
    expect(first.correction).toContain('41 clusters of runs');
  });

  it('does not take the checkpoints of another network for those of the logged run', () => {
    expect(findingOf('12').reason).toMatch(
      /not of cnn_deep_mnist: it has no weights of layer conv_layers\.9/,
    );
  });
});
