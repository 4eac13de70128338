import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatManifest } from '../../src/measurements/manifest.ts';
import { plainLog, sampleHeader, sampleManifest, temporaryFolder } from '../measurements/fixtures.ts';
import { rankscope } from './rankscope.ts';

describe('rankscope check-log', () => {
  const log = plainLog(sampleHeader());
  const studyOf = (content: string): string => {
    const study = temporaryFolder();
    mkdirSync(join(study, 'runs'));
    writeFileSync(join(study, 'manifest.json'), formatManifest(sampleManifest()));
    writeFileSync(join(study, 'runs', 'mlp_mnist-s1.jsonl'), content);
    return study;
  };

  it('says that there is no fault', () => {
    expect(rankscope('check-log', studyOf(log))).toMatchObject({
      code: 0,
      out: 'No fault in 1 log: 1 ended, 0 interrupted or under way.\n',
    });
  });

  it('names every fault with its line and field, the same in many lines once, and ends with code 1', () => {
    const study = studyOf(
      log.replaceAll('"gradientNorm":', '"gradNorm":').replace('"accuracy":0.75', '"accuracy":75'),
    );
    const { code, out } = rankscope('check-log', study);
    expect(code).toBe(1);
    expect(out.replaceAll(study, '').replaceAll('\\', '/').split('\n')).toEqual([
      expect.stringMatching(
        /^\/runs\/mlp_mnist-s1\.jsonl, lines 2, 4, 6: gradientNorm is "missing"; allowed: a finite number/,
      ),
      '/runs/mlp_mnist-s1.jsonl, line 8: evaluation.accuracy is 75; allowed: a share from 0 to 1',
      '4 faults in 1 of 2 files.',
      '',
    ]);
  });

  it('prints them as JSON, or nothing', () => {
    const study = studyOf(log.replace('"accuracy":0.75', '"accuracy":75'));
    const { code, out } = rankscope('check-log', join(study, 'runs', 'mlp_mnist-s1.jsonl'), '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject([
      { faults: [{ line: 8, field: 'evaluation.accuracy' }], log: { version: 1, lines: 9, hasEnd: true } },
    ]);
    expect(rankscope('check-log', study, '--quiet')).toMatchObject({ code: 1, out: '' });
  });

  it('refuses a folder in which there is no log, with code 2', () => {
    const { code, err } = rankscope('check-log', temporaryFolder());
    expect(code).toBe(2);
    expect(err).toMatch(/allowed: a folder with a manifest\.json, or logs/);
  });
});
