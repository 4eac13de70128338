import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rankscope, scratchFolder } from './rankscope.ts';

const kept = resolve(import.meta.dirname, '../measurements/studies/v2');

function copy(): string {
  const folder = join(scratchFolder(), 'study');
  cpSync(kept, folder, { recursive: true });
  return folder;
}

function flipBit(file: string, position: number): void {
  const bytes = readFileSync(file);
  bytes[position] ^= 1;
  writeFileSync(file, bytes);
}

describe('rankscope verify', () => {
  it('says that a study is whole, with exit code 0', () => {
    const { code, out, err } = rankscope('verify', copy());
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/small_mnist_seed0 +whole, ended +13 +0 +8 +1/);
    expect(out).toMatch(/small_mnist_seed1 +whole, interrupted +9 +0 +4 +1/);
    expect(out).toContain(
      'runs/small_mnist_seed1.jsonl: stops in the middle of a record, as a kill leaves it',
    );
    expect(out).toContain('checkpoints/small_mnist_seed0: removed or lost: that of step 4');
    expect(out).toMatch(/\nWhole: 1 ended, 1 interrupted, 0 not started\.\n$/);
  });

  it('names what is damaged and what is lost, with exit code 1', () => {
    const study = copy();
    const log = join(study, 'runs', 'small_mnist_seed0.jsonl');
    flipBit(log, readFileSync(log).indexOf('{"evaluation":{"step":6') + 30);
    flipBit(join(study, 'checkpoints', 'small_mnist_seed1', 'step_00004.safetensors'), 5000);
    const { code, out } = rankscope('verify', study);
    expect(code).toBe(1);
    expect(out).toMatch(/small_mnist_seed0 +DAMAGED +12 +1 /);
    expect(out).toContain('runs/small_mnist_seed0.jsonl, line 9: its checksum does not fit it');
    expect(out).toContain('runs/small_mnist_seed0.jsonl: record 9 is lost');
    expect(out).toMatch(/checkpoints\/small_mnist_seed1\/step_00004\.safetensors: .*the digest of the file/);
    expect(out).toMatch(/\nNot whole\. .*rankscope repair /);
    const json = JSON.parse(rankscope('verify', study, '--json').out);
    expect(json).toMatchObject({ isWhole: false, runs: [{ state: 'damaged' }, { state: 'interrupted' }] });
    expect(rankscope('verify', study, '--quiet')).toEqual({ code: 1, out: '', err: '' });
  });

  it('finds a log that is missing', () => {
    const study = copy();
    rmSync(join(study, 'runs', 'small_mnist_seed0.jsonl'));
    const { code, out } = rankscope('verify', study);
    expect(code).toBe(1);
    expect(out).toContain('runs/small_mnist_seed0.jsonl: missing, and there was one');
  });

  it('is of no use without a study, with exit code 2', () => {
    expect(rankscope('verify', scratchFolder())).toMatchObject({
      code: 2,
      err: expect.stringContaining('a folder that holds a study'),
    });
  });
});

describe('rankscope repair', () => {
  it('keeps what is whole in a new study, and says what is lost', () => {
    const study = copy();
    const log = join(study, 'runs', 'small_mnist_seed0.jsonl');
    flipBit(log, readFileSync(log).indexOf('{"evaluation":{"step":6') + 30);
    const target = join(study, '..', 'repaired');
    const { code, out } = rankscope('repair', study, '--out', target);
    expect(code).toBe(0);
    expect(out).toBe(`2 runs kept.\nLost:\n  small_mnist_seed0: 1 record of its log\nStudy: ${target}\n`);
    expect(rankscope('verify', target).code).toBe(0);
    expect(rankscope('show', target).out).toMatch(/small_mnist_seed0 .*complete, 1 record lost/);
    expect(rankscope('repair', study, '--out', target)).toMatchObject({ code: 2 });
  });
});

describe('what analyze, show, report and audit say of logs', () => {
  it('is which are missing, and which runs were interrupted', () => {
    const study = copy();
    const interrupted = 'Note: small_mnist_seed1 was interrupted after step 4, of 12 planned.';
    expect(rankscope('analyze', study).out).toContain(interrupted);
    expect(rankscope('report', study).out).toContain(interrupted);
    rmSync(join(study, 'runs', 'small_mnist_seed0.jsonl'));
    const missing = 'small_mnist_seed0: had ended, and the log is missing';
    for (const command of ['analyze', 'report', 'show']) {
      expect([command, rankscope(command, study).out]).toEqual([command, expect.stringContaining(missing)]);
    }
    expect(JSON.parse(rankscope('analyze', study, '--json').out).remarks).toMatchObject([
      { check: 'missing-log', run: 'small_mnist_seed0', severity: 'error' },
      { check: 'interrupted-run', run: 'small_mnist_seed1' },
    ]);
    const page = readFileSync(join(study, 'report', 'index.html'), 'utf8');
    expect(page.includes('had ended, and the log is missing')).toBe(true);
    expect(rankscope('show', study, '--json').err).toContain(missing);
    expect(rankscope('show', study, 'small_mnist_seed0')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/small_mnist_seed0\.jsonl: allowed: a file that exists/),
    });
  });

  it('is that a log was cut after its run had ended', () => {
    const study = copy();
    const log = join(study, 'runs', 'small_mnist_seed0.jsonl');
    writeFileSync(log, readFileSync(log).subarray(0, readFileSync(log).lastIndexOf('{"end"')));
    expect(rankscope('show', study, 'small_mnist_seed0').out).toContain(
      'Note: small_mnist_seed0 had ended with 13 records; its log was cut after step 8.',
    );
  });
});

describe('rankscope audit', () => {
  it('does not use a damaged checkpoint', () => {
    const study = copy();
    const claims = join(study, 'claims.yaml');
    writeFileSync(
      claims,
      'title: Mine\nclaims:\n  - {id: a, kind: no-jumps-after, fraction: 0.5, claim: None.}\n',
    );
    const audit = (): ReturnType<typeof rankscope> =>
      rankscope('audit', study, '--claims', claims, '--checkpoints', join(study, 'checkpoints'), '--json');
    expect(audit().code).toBe(0);
    flipBit(join(study, 'checkpoints', 'small_mnist_seed0', 'step_00007.safetensors'), 5000);
    expect(audit()).toMatchObject({
      code: 2,
      err: expect.stringMatching(/00007\.safetensors: .*digest of the file/),
    });
  });
});

describe('rankscope train', () => {
  it('says when it goes on from an older checkpoint because the newest is damaged', () => {
    const folder = scratchFolder();
    const file = join(folder, 'study.yaml');
    writeFileSync(
      file,
      `architectures: [{name: tiny, family: mlp, hidden: [8]}]
datasets: [drawn_digits]
training: {steps: 20, examples: 100}
measurement: {every: 10, samples: 20}
evaluation: {examples: 50}
checkpoints: {at: [5, 12]}
`,
    );
    const study = join(folder, 'study');
    expect(rankscope('train', file, '--out', study, '--quiet').code).toBe(0);
    const log = join(study, 'runs', 'tiny_drawn_digits_seed0.jsonl');
    const whole = readFileSync(log);
    writeFileSync(log, whole.subarray(0, whole.length - 10));
    flipBit(join(study, 'checkpoints', 'tiny_drawn_digits_seed0', 'step_00012.safetensors'), 20_000);
    const { code, out } = rankscope('train', file, '--out', study);
    expect(code).toBe(0);
    expect(out).toMatch(
      /tiny_drawn_digits_seed0: A checkpoint is damaged, so it went on from step 5 \(.*00012/,
    );
    expect(readFileSync(log).equals(whole)).toBe(true);
  });
});
