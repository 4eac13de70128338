import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors/input-error.ts';
import type { DetectorUnderTest } from '../../../src/validity/harness/types.ts';
import { parseAnnotatedSeries, parseAnnotations } from '../../../src/validity/turing-change-points/files.ts';
import { scoreDetector } from '../../../src/validity/turing-change-points/score-detector.ts';

const fileOf = (name: string, raw: (number | null)[], more: object = {}) =>
  JSON.stringify({
    name,
    longname: name,
    n_obs: raw.length,
    n_dim: 1,
    time: { index: raw.map((_, i) => i) },
    series: [{ label: 'V1', type: 'float', raw }],
    ...more,
  });
const read = (name: string, raw: (number | null)[], more?: object) =>
  parseAnnotatedSeries(fileOf(name, raw, more), `${name}.json`);
const jump = [...new Array(10).fill(0), ...new Array(10).fill(1)];

/** Finds every difference; refuses what is negative, and must not see gaps. */
const everyDifference: DetectorUnderTest = (values) =>
  values.some((value) => !(value >= 0))
    ? null
    : [...values.keys()]
        .filter((i) => i > 0 && values[i] !== values[i - 1])
        .map((index) => ({ index, interval: null }));

describe('a detector on annotated series', () => {
  it('is scored on each, and on the mean', () => {
    const annotations = parseAnnotations(
      '{"a": {"6": [10], "7": [10]}, "b": {"6": [10]}}',
      'annotations.json',
    );
    const { series, mean, scored, refused } = scoreDetector(
      everyDifference,
      [read('a', jump), read('b', new Array(20).fill(0))],
      annotations,
      0.05,
    );
    expect(series[0]).toMatchObject({ annotators: 2, found: [10], scores: { f1: 1, covering: 1 } });
    // b: X = {0}: P = 1, R = 1/2; one segment against two halves covers half.
    expect(series[1]).toMatchObject({ found: [], scores: { covering: 0.5 } });
    expect(mean?.f1).toBeCloseTo((1 + 2 / 3) / 2, 12);
    expect(mean?.covering).toBeCloseTo(0.75, 12);
    expect([scored, refused]).toEqual([2, 0]);
  });

  it('is scored as finding nothing where it refuses, and left out where it cannot be scored', () => {
    const twice = { n_dim: 2, series: [{ raw: jump }, { raw: jump }] };
    const { series, scored, refused, mean } = scoreDetector(
      everyDifference,
      [
        read(
          'below',
          jump.map((value) => -value),
        ),
        read('two', jump, twice),
        read('unmarked', jump),
      ],
      parseAnnotations('{"below": {"6": []}, "two": {"6": []}}', 'annotations.json'),
      0.05,
    );
    expect(series).toMatchObject([
      { scored: true, refused: true, scores: { f1: 1 } },
      { scored: false, reason: '2 dimensions; a detector takes one' },
      { scored: false, reason: 'not in annotations.json' },
    ]);
    expect([scored, refused]).toEqual([1, 1]);
    expect(mean).not.toBeNull();
    expect(scoreDetector(everyDifference, [], new Map(), 0.05).mean).toBeNull();
  });

  it('is given the observations that there are, and its changes go back to their places', () => {
    const raw = [null, ...jump.slice(0, 5), null, ...jump.slice(5), null];
    const { series } = scoreDetector(
      everyDifference,
      [read('gaps', raw)],
      parseAnnotations('{"gaps": {"6": [12]}}', 'annotations.json'),
      0.05,
    );
    expect(series[0]).toMatchObject({ found: [12], refused: false, scores: { f1: 1 } });
    const asked: number[][] = [];
    const look: DetectorUnderTest = (_, __, steps) => {
      asked.push(Array.from(steps ?? []));
      return [];
    };
    scoreDetector(look, [read('gaps', [0, null, 1, 2])], new Map([['gaps', [[]]]]), 0.05);
    expect(asked).toEqual([[0, 2, 3]]);
  });

  it.each([
    ['no JSON', () => parseAnnotatedSeries('{', 'x.json')],
    ['another format', () => parseAnnotatedSeries('{"values": [1]}', 'x.json')],
    ['too few values', () => read('a', jump, { n_obs: 21 })],
    ['too few dimensions', () => read('a', jump, { n_dim: 2 })],
    ['annotations that are no indices', () => parseAnnotations('{"a": {"6": [1.5]}}', 'annotations.json')],
    [
      'an annotation outside its series',
      () => scoreDetector(everyDifference, [read('a', jump)], new Map([['a', [[20]]]]), 0.05),
    ],
  ])('is not scored on %s', (_, attempt) => {
    expect(attempt).toThrow(InputError);
  });
});
