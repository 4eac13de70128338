import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { InputError } from '../../../src/errors/input-error.ts';
import { backgrounds } from '../../../src/validity/harness/backgrounds.ts';
import { effects } from '../../../src/validity/harness/effects.ts';
import { batchesOf, planHarness } from '../../../src/validity/harness/plan.ts';
import type { DetectorSource } from '../../../src/validity/harness/types.ts';
import { validateDetector } from '../../../src/validity/harness/validate-detector.ts';
import { compiledProgram } from '../../compiled-program.ts';
import { nodeCommand } from '../../node-command.ts';
import { describeWith } from '../../requirements.ts';

function module(code: string): DetectorSource {
  const folder = mkdtempSync(join(tmpdir(), 'rankscope-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'detector.mjs');
  writeFileSync(path, code);
  return { type: 'module', path };
}
const command = (text: string): DetectorSource => ({ type: 'command', command: text });
const small = { lengths: [50], families: ['white-noise'], power: false, series: 60 };

describe('validating a detector', () => {
  it('finds what is known of the published rule: about 4.55 % of all steps, in every series', async () => {
    const options = { lengths: [399], families: ['white-noise'], power: false, series: 100 };
    const report = await validateDetector({ type: 'built-in', name: 'published-z' }, options);
    const [{ share, per1000 }] = report.falsePositives;
    expect(report.passed).toBe(false);
    expect(share.value).toBe(1);
    // 2·Φ(−2) of the 398 differences of 399 values.
    expect(Math.abs(per1000.value - 45.5 * (398 / 399))).toBeLessThan(2);
    expect(per1000.interval[1] - per1000.interval[0]).toBeLessThan(5);
  });

  it('takes a module of the user’s', async () => {
    expect((await validateDetector(module('export default () => []'), small)).passed).toBe(true);
    expect((await validateDetector(module('export default () => [7]'), small)).passed).toBe(false);
    const refusing = await validateDetector(module('export default () => null'), small);
    expect(refusing.falsePositives[0].refused).toBe(1);
    const asked = module(
      'export default (values, alpha) => alpha === 0.01 && values.length === 50 ? [] : [1]',
    );
    expect((await validateDetector(asked, { ...small, alpha: 0.01, series: 400 })).passed).toBe(true);
  });

  it('takes a command of the user’s', async () => {
    const tiny = { ...small, series: 4 };
    const shareOf = async (text: string) =>
      (await validateDetector(command(nodeCommand(text)), tiny)).falsePositives[0];
    expect((await shareOf('')).share.value).toBe(0);
    // 50 lines come in; their number less one is the last index.
    expect((await shareOf('console.log(lines.length - 1)')).share.value).toBe(1);
    expect((await shareOf("console.log('not testable')")).refused).toBe(1);
    expect((await shareOf("if (process.env.RANKSCOPE_ALPHA === '0.05') console.log(3)")).share.value).toBe(1);
  });

  it.each([
    ['a module that is not there', { type: 'module', path: '/no/such.mjs' }, /such\.mjs/],
    ['a command that is not there', command('no-such-command'), /code 0/],
    ['a command that fails', "console.error('broken'); process.exitCode = 3;", /broken/],
    ['words for indices', "console.log('one two')", /indices from 0 to 49/],
    ['an index outside the series', 'console.log(50)', /is 50; allowed: indices from 0 to 49/],
    ['a name that is no detector', { type: 'built-in', name: 'local-cubik' }, /did you mean local-cubic/],
  ] as [string, DetectorSource | string, RegExp][])('refuses %s', async (_, source, message) => {
    const given = typeof source === 'string' ? command(nodeCommand(source)) : source;
    const attempt = validateDetector(given, small);
    await expect(attempt).rejects.toThrow(message);
    await expect(attempt).rejects.toBeInstanceOf(InputError);
  });

  it.each([
    ['no function', 'export default 5', /default export/],
    ['another answer', 'export default () => "3"', /an array of indices/],
    ['a promise', 'export default async () => []', /an array of indices/],
    ['an exception', 'export default () => { throw new Error("mine") }', /mine/],
    ['a syntax error', 'export default (', /a JavaScript module/],
  ])('refuses a module with %s', async (_, code, message) => {
    const attempt = validateDetector(module(code), small);
    await expect(attempt).rejects.toThrow(message);
    await expect(attempt).rejects.toBeInstanceOf(InputError);
  });

  it('says how far it is', async () => {
    const seen: number[] = [];
    await validateDetector(module('export default () => []'), {
      ...small,
      series: 1000,
      onProgress: (done, total) => seen.push(done / total),
    });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.at(-1)).toBe(1);
  });
});

describeWith(compiledProgram('validity/harness/harness-worker.js'), 'validating on threads', () => {
  it('gives the same report on one, two and three', async () => {
    const options = { lengths: [50, 80], series: 450, quick: true, power: false };
    const reports = await Promise.all(
      [1, 2, 3].map((workers) =>
        validateDetector({ type: 'built-in', name: 'published-z' }, { ...options, workers }),
      ),
    );
    expect(reports[0].falsePositives.length).toBeGreaterThan(20);
    expect(JSON.stringify(reports[1])).toBe(JSON.stringify(reports[0]));
    expect(JSON.stringify(reports[2])).toBe(JSON.stringify(reports[0]));
  });

  it('hears of a detector that fails there', async () => {
    const fails = module('export default () => { throw new Error("mine") }');
    await expect(validateDetector(fails, { ...small, workers: 2 })).rejects.toThrow(InputError);
  });
});

describe('the plan', () => {
  it('has at least 2,000 series in each family that decides, at the published length and others', () => {
    const nulls = planHarness().filter(({ cell }) => cell.effect === null);
    const deciding = new Set(backgrounds.filter(({ gated }) => gated).map(({ name }) => name));
    for (const { cell, series } of nulls) {
      const usual = deciding.has(cell.background) ? 2000 : 500;
      expect(series).toBe(cell.n === 4000 ? usual / 4 : usual);
    }
    for (const n of [40, 100, 399, 1000, 4000]) {
      const families = nulls.filter(({ cell }) => cell.n === n).map(({ cell }) => cell.background);
      expect(families.sort()).toEqual(backgrounds.map(({ name }) => name).sort());
    }
  });

  it('plants effects from one noise sd to a thousand, at lengths from 40 to 4,000', () => {
    const planted = planHarness().filter(({ cell }) => cell.effect !== null);
    const sizes = planted.map(({ cell }) => cell.size);
    expect([Math.min(...sizes), Math.max(...sizes)]).toEqual([1, 1000]);
    expect(new Set(planted.map(({ cell }) => cell.n))).toEqual(new Set([40, 100, 399, 1000, 4000]));
    const seen = new Set(planted.map(({ cell }) => cell.effect));
    expect(effects.every(({ name }) => seen.has(name))).toBe(true);
  });

  it('is cut into batches that hold every series once', () => {
    const plan = planHarness({ quick: true });
    const counted = new Map(plan.map(({ cell }) => [cell, 0]));
    for (const { cell, first, count } of batchesOf(plan)) {
      expect(first).toBe(counted.get(cell));
      counted.set(cell, first + count);
    }
    expect([...counted.values()]).toEqual(plan.map(({ series }) => series));
  });
});
