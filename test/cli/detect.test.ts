import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numerics/random.ts';
import { compiledPath } from '../compiled-program.ts';
import { rankscope, scratchFolder } from './rankscope.ts';

const n = 300;
const rng = createRandom('detect');
const noise = Array.from({ length: n }, () => rng.normal());
const withStep = noise.map((value, t) => value + (t >= 150 ? 8 : 0));

function fileOf(name: string, content: string): string {
  const path = join(scratchFolder(), name);
  writeFileSync(path, content);
  return path;
}

function detect(content: string, ...options: string[]) {
  const answer = rankscope('detect', fileOf('series', content), '--json', ...options);
  expect(answer).toMatchObject({ code: 0, err: '' });
  return JSON.parse(answer.out);
}

describe('rankscope detect', () => {
  it('finds the step in one column of a table and none in the other', () => {
    const table = ['step,noise,jump', ...noise.map((v, t) => `${t * 5},${v},${withStep[t]}`)].join('\n');
    const { series } = detect(table);
    expect(series).toMatchObject([
      { name: 'noise', points: n, testable: true, changes: [] },
      {
        name: 'jump',
        points: n,
        testable: true,
        changes: [{ index: 150, step: 750, direction: 'increase' }],
      },
    ]);
    const shown = rankscope('detect', fileOf('table.csv', table));
    expect(shown.out).toMatch(/^1 change in 2 of 2 series/);
    expect(shown.out).toMatch(/^jump +750 /m);
  });

  it('reads standard input, and JSON wherever it comes from', () => {
    const { stdout, status } = spawnSync(
      process.execPath,
      [compiledPath('cli/main.js'), 'detect', '-', '--json'],
      {
        input: JSON.stringify(withStep),
        encoding: 'utf8',
      },
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout).series[0].changes).toMatchObject([{ index: 150 }]);
  });

  it('holds the false discovery rate over all series where asked to', () => {
    const many = Object.fromEntries(Array.from({ length: 4 }, (_, i) => [`s${i}`, i < 2 ? withStep : noise]));
    const { series, errorRate } = detect(JSON.stringify(many), '--fdr');
    expect(errorRate).toContain('false discovery rate');
    expect(series.map(({ changes }: { changes: unknown[] }) => changes.length)).toEqual([1, 1, 0, 0]);
    const refused = rankscope(
      'detect',
      fileOf('x.json', JSON.stringify(many)),
      '--fdr',
      '--detector',
      'published-z',
    );
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.err).toMatch(/p-values/);
  });

  it.each([
    ['few points', [1, 2, 3]],
    ['no points', []],
    ['a constant', new Array(n).fill(1.5)],
    ['nothing but rounding', noise.map((_, t) => 1 + (t % 3) * 2 ** -52)],
    ['values near the limits of float64', noise.map((v) => v * 1e308 * (v > 1 ? 0.1 : 1) * 0.4)],
    ['the smallest numbers there are', noise.map((v) => v * 5e-322)],
  ])('says why it cannot test %s', (_, values) => {
    const [{ testable, reason, changes }] = detect(JSON.stringify(values)).series;
    expect(testable).toBe(false);
    expect(reason).toMatch(/\w/);
    expect(changes).toEqual([]);
  });

  it('leaves out what is no number, and says so, at the true places of what is found', () => {
    const end = ['nan', 'inf', 'oops'].map((word, i) => `${(n + i) * 5},${word}`);
    const table = [
      'time,step,loss',
      ...withStep.map((v, t) => `7,${t * 5},${v}`),
      ...end.map((row) => `7,${row}`),
    ];
    const answer = detect(table.join('\n'));
    expect(answer).toMatchObject({ steps: 'step', leftOut: [{ name: 'time', what: 'a time' }] });
    expect(answer.series).toMatchObject([
      { points: n + 3, gaps: 3, gap: `line ${n + 2} is nan`, changes: [{ index: 150, step: 750 }] },
    ]);
    const shown = rankscope('detect', fileOf('gaps.csv', table.join('\n'))).out;
    expect(shown).toMatch(
      /^Steps: step\nNo series: time \(a time\)\nGaps: loss has no number in 3 of its rows;/m,
    );
  });

  it('says why it cannot test uneven steps', () => {
    const steps = noise.map((_, t) => t * t);
    const [{ testable, reason }] = detect(JSON.stringify({ steps, values: withStep })).series;
    expect(testable).toBe(false);
    expect(reason).toMatch(/spacing/);
  });

  it('lists why next to what it found, without control characters from the file', () => {
    const shown = rankscope(
      'detect',
      fileOf('x.json', JSON.stringify({ 'a\u001b[31m': [1, 2], b: withStep })),
    );
    expect(shown.code).toBe(0);
    expect(shown.out).toContain('  a\ufffd[31m: 2 measurements');
    expect(shown.out).not.toContain('\u001b');
  });

  it('ends with code 2 and one line where there is nothing to read', () => {
    for (const args of [
      ['no-such-file.csv'],
      [scratchFolder()],
      [fileOf('empty.csv', '')],
      [fileOf('text.csv', 'hello\nworld\n')],
      [fileOf('foreign.json', '{"a": {"b": 1}}')],
      [fileOf('ok.json', '[1, 2]'), '--detector', 'local-cubik'],
      [fileOf('ok.json', '[1, 2]'), '--alpha', '0.9'],
      [fileOf('ok.json', '[1, 2]'), '--step-column', 'epoch'],
    ]) {
      const answer = rankscope('detect', ...args);
      expect(answer, args.join(' ')).toMatchObject({ code: 2, out: '' });
      expect(answer.err, args.join(' ')).toMatch(/^rankscope: .*\n$/);
    }
  });
});
