import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeCommand } from '../node-command.ts';
import { rankscope, scratchFolder } from './rankscope.ts';

const small = ['--families', 'white-noise', '--lengths', '60', '--series', '80', '--no-power'];

describe('rankscope validate', () => {
  it('passes a detector that holds its rate, and ends with code 1 for one that does not', () => {
    const held = rankscope('validate', 'mean-shift', ...small);
    expect(held).toMatchObject({ code: 0, err: '' });
    expect(held.out).toMatch(/^white-noise +60 +80 .* PASS$/m);
    const broken = rankscope('validate', 'published-z', ...small);
    expect(broken).toMatchObject({ code: 1, err: '' });
    expect(broken.out).toMatch(/FAIL: .* white-noise \(60 points\)/);
  });

  it('writes the same files and the same JSON whatever the number of threads', () => {
    const [one, three] = ['1', '3'].map((workers) => {
      const out = join(scratchFolder(), 'validity');
      const options = ['--quick', '--series', '80', '--families', 'white-noise,decay', '--workers', workers];
      const { out: printed } = rankscope('validate', 'published-z', ...options, '--json', '--out', out);
      const files = readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')]);
      return { printed, files };
    });
    expect(one.files.map(([name]) => name)).toEqual([
      'false-positives.csv',
      'false-positives.parquet',
      'false-positives.svg',
      'power-399.svg',
      'power.csv',
      'power.parquet',
      'validity.json',
    ]);
    expect(three).toEqual(one);
    const report = JSON.parse(one.printed);
    expect(report).toMatchObject({ detector: 'published-z', alpha: 0.05, seed: 0, passed: false });
    // Four effects at nine sizes, and fifteen more at five.
    const rows = 4 * 9 + 15 * 5;
    expect(report.power).toHaveLength(rows);
    const lines = (name: string) => one.files.find(([file]) => file === name)![1].split('\r\n');
    expect(lines('false-positives.csv')).toHaveLength(1 + 2 + 1);
    expect(lines('power.csv')).toHaveLength(1 + rows + 1);
  });

  it('takes a module or a command of the user’s', () => {
    const path = join(scratchFolder(), 'mine.mjs');
    writeFileSync(path, 'export default () => [];');
    expect(rankscope('validate', '--module', path, ...small).out).toContain('PASS:');
    const answer = rankscope(
      'validate',
      '--command',
      nodeCommand('console.log(5)'),
      ...small,
      '--series',
      '3',
    );
    expect(answer).toMatchObject({ code: 1, err: '' });
  });

  it('scores on annotated series', () => {
    const folder = scratchFolder();
    const raw = Array.from({ length: 60 }, (_, i) => (i < 30 ? 0 : 100) + Math.sin(i * i));
    mkdirSync(join(folder, 'datasets', 'jump'), { recursive: true });
    writeFileSync(join(folder, 'annotations.json'), JSON.stringify({ jump: { 6: [30], 7: [30] } }));
    writeFileSync(
      join(folder, 'datasets', 'jump', 'jump.json'),
      JSON.stringify({ name: 'jump', n_obs: 60, n_dim: 1, series: [{ label: 'V1', type: 'float', raw }] }),
    );
    const answer = rankscope('validate', 'published-z', '--tcpd', folder);
    expect(answer).toMatchObject({ code: 0, err: '' });
    expect(answer.out).toMatch(/^jump +60 +2 +1 +1\.000 +1\.000$/m);
    expect(answer.out).toContain('Mean: F1 1.000, covering 1.000');
  });

  it('ends with code 2 and one line where it cannot begin', () => {
    for (const args of [
      ['local-cubik'],
      ['mean-shift', '--command', 'true'],
      ['--module', 'no-such.mjs'],
      ['--families', 'white'],
      ['--tcpd', 'no-such-folder'],
      ['--tcpd', scratchFolder()],
    ]) {
      const answer = rankscope('validate', ...args);
      expect(answer, args.join(' ')).toMatchObject({ code: 2, out: '' });
      expect(answer.err, args.join(' ')).toMatch(/^rankscope: .*\n$/);
    }
  });
});
