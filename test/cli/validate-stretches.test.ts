import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rankscope, scratchFolder } from './rankscope.ts';

const stretches = (...options: string[]) => rankscope('validate', 'stretches', ...options);

describe('rankscope validate stretches', () => {
  it('passes where false answers are rare, and says of which', () => {
    const options = ['--families', 'white-noise,random-walk', '--lengths', '40', '--series', '100'];
    const { code, out, err } = stretches(...options, '--parts', 'nulls');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^white-noise +jitter +40 +100 +\d+\.\d \[0\.0, \d+\.\d\]/m);
    expect(out).toMatch(/^random-walk +walk +40 +100 /m);
    expect(out).toMatch(/^PASS: .* at most 6\.5 %\.$/m);
    expect(out).not.toContain('Known movements');
  });

  it('ends with code 1 where series are too few to show that they are rare', () => {
    const options = ['--families', 'white-noise', '--lengths', '40', '--series', '10', '--parts', 'nulls'];
    const { code, out } = stretches(...options);
    expect(code).toBe(1);
    expect(out).toMatch(/^FAIL: .*2 rates:\n {2}white-noise \(40 points\), rise or fall: 0\.0 \[/m);
  });

  it('writes the same files and the same JSON whatever the number of threads', () => {
    const families = ['--families', 'heavy-tails,walk-slowing,white-noise'];
    const [one, three] = ['1', '3'].map((workers) => {
      const out = join(scratchFolder(), 'validity');
      const options = ['--lengths', '30', '--series', '10', '--parts', 'nulls,growing,seed-nulls'];
      const printed = stretches(...families, ...options, '--workers', workers, '--json', '--out', out).out;
      return {
        printed,
        files: readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')]),
      };
    });
    expect(three).toEqual(one);
    expect(one.files.map(([name]) => name)).toEqual([
      ...['growing', 'nulls', 'power', 'seed-nulls', 'seed-timings'].flatMap((table) => [
        `stretches-${table}.csv`,
        `stretches-${table}.parquet`,
      ]),
      'stretches-validity.json',
    ]);
    const report = JSON.parse(one.printed);
    expect(report).toMatchObject({ alpha: 0.05, seed: 0, passed: false, power: [], seedTimings: [] });
    expect(report.nulls).toHaveLength(3);
    expect(report.growing).toMatchObject([{ family: 'white-noise', n: 30, series: 10, looks: 19 }]);
    expect(report.seedNulls).toHaveLength(3 * 2);
    const nulls = one.files.find(([file]) => file === 'stretches-nulls.csv')![1];
    expect(nulls.split('\r\n')).toHaveLength(1 + 3 + 1);
  });

  it('says how well movements are found, one line for each shape and size', () => {
    const { out } = stretches('--quick', '--series', '10', '--parts', 'power');
    expect(out).toMatch(/^ramp +1000 +0 +399 +18 +10 +100 +18 +100 +100\.0 /m);
    expect(out).toContain('No promise was put to the test.');
  });

  it('ends with code 2 and one line where it cannot begin', () => {
    for (const args of [
      ['--families', 'white'],
      ['--parts', 'powers'],
      ['--lengths', '5'],
    ]) {
      const answer = stretches(...args);
      expect(answer, args.join(' ')).toMatchObject({ code: 2, out: '' });
      expect(answer.err, args.join(' ')).toMatch(/^rankscope: .*\n$/);
    }
  });
});

describe('rankscope validate --tcpd', () => {
  /** A step that every detector finds, and a curve that wanders and jumps, as detectors refuse it. */
  const folder = (): string => {
    const root = scratchFolder();
    const series = {
      step: Array.from({ length: 60 }, (_, i) => (i < 30 ? 0 : 100) + Math.sin(i * i)),
      short: [1, 2, 3],
    };
    writeFileSync(
      join(root, 'annotations.json'),
      JSON.stringify({ step: { 6: [30], 7: [30] }, short: { 6: [], 7: [1] } }),
    );
    for (const [name, raw] of Object.entries(series)) {
      const file = { name, n_obs: raw.length, n_dim: 1, series: [{ label: 'V1', type: 'float', raw }] };
      writeFileSync(join(root, `${name}.json`), JSON.stringify(file));
    }
    return root;
  };

  it('scores the detector, stretches, and both together', () => {
    const report = JSON.parse(rankscope('validate', 'published-z', '--tcpd', folder(), '--json').out);
    for (const scores of [report, report.stretches, report.together]) {
      expect(scores.series.map(({ name }: { name: string }) => name)).toEqual(['short', 'step']);
      expect(scores.series[1]).toMatchObject({ found: [30], scores: { f1: 1, covering: 1 } });
    }
    expect(report.stretches).toMatchObject({ scored: 2, refused: 1 });
    const { out } = rankscope('validate', 'published-z', '--tcpd', folder());
    expect(out).toMatch(/^Rises and falls of the curve instead: F1 .*, 1 not described$/m);
    expect(out).toMatch(/^Both, its jumps where the detector has none: F1 /m);
  });

  it('scores stretches alone', () => {
    const { code, out } = rankscope('validate', 'stretches', '--tcpd', folder());
    expect(code).toBe(0);
    expect(out).toMatch(/^step +60 +2 +1 +1\.000 +1\.000$/m);
    expect(out).not.toContain('Both');
  });
});
