import { describe, expect, it } from 'vitest';
import { formatHeader, parseHeader, type RunHeader } from '../../src/measurements/run-header.ts';
import { sampleHeader } from './fixtures.ts';

const line = formatHeader(sampleHeader());
// biome-ignore lint/suspicious/noExplicitAny: tests put wrong values in on purpose
const changed = (change: (header: any) => void): string => {
  const header = JSON.parse(line);
  change(header);
  return JSON.stringify(header);
};

describe('a run header', () => {
  it('is read as it was written', () => {
    expect(parseHeader(line, 'r.jsonl')).toEqual({ header: sampleHeader(), version: 2 });
  });

  it('has the same bytes whatever the order of the object it was made from', () => {
    const reversed = Object.fromEntries(Object.entries(sampleHeader()).reverse());
    expect(formatHeader(reversed as unknown as RunHeader)).toBe(line);
  });

  it('keeps unknown facts unknown', () => {
    const header = sampleHeader({ seed: null, classes: null, parameterCount: null, probe: null });
    expect(parseHeader(formatHeader(header), 'r.jsonl').header).toEqual(header);
  });

  it.each<[string, string, RegExp]>([
    ['no JSON', '{"format"', /line 1 .* allowed: JSON/],
    ['another format', '{"step":1}', /format is "missing"; allowed: rankscope-run/],
    [
      'a later version',
      changed((h) => {
        h.schemaVersion = 3;
      }),
      /schemaVersion is 3; allowed: 1 or 2, .*a later one needs a later rankscope/,
    ],
    [
      'an id that leaves the folder',
      changed((h) => {
        h.id = '../x';
      }),
      /id is "\.\.\/x"/,
    ],
    [
      'a hidden id',
      changed((h) => {
        h.id = '.x';
      }),
      /id is "\.x"/,
    ],
    [
      'an empty kind',
      changed((h) => {
        h.layers[1].kind = '';
      }),
      /layers\[1\]\.kind is ""; allowed: a text that is not empty/,
    ],
    [
      'a layer twice',
      changed((h) => {
        h.layers[1].name = 'network.0';
      }),
      /layers\[1\]\.name is "network\.0"/,
    ],
    [
      'a series twice',
      changed((h) => {
        h.series[1].id = 'stable_rank';
      }),
      /series\[1\]\.id/,
    ],
    [
      'no layers',
      changed((h) => {
        h.layers = [];
      }),
      /layers .*at least one layer/,
    ],
    [
      'absurdly many classes',
      changed((h) => {
        h.classes = 1e15;
      }),
      /classes is 1000000000000000/,
    ],
    [
      'a seed that is no whole number',
      changed((h) => {
        h.seed = 0.5;
      }),
      /seed is 0\.5/,
    ],
    [
      'a nested hyper-parameter',
      changed((h) => {
        h.hyperparameters.x = {};
      }),
      /hyperparameters\.x/,
    ],
    [
      'spectra of unknown size',
      changed((h) => {
        h.layers[0].features = null;
      }),
      /layers\[0\] .*samples and features/,
    ],
    [
      'a hash that is none',
      changed((h) => {
        h.probe.sha256 = '';
      }),
      /probe\.sha256 is ""; allowed: 64/,
    ],
    ['a prototype', line.replace('"shuffled"', '"__proto__"'), /__proto__/],
    ['a hidden prototype', line.replace('"shuffled"', '"\\u005f_proto__"'), /__proto__/],
    ['a list', '[]', /r\.jsonl: .*allowed/],
    ['null', 'null', /r\.jsonl: .*allowed/],
  ])('is refused with the field named: %s', (_, text, message) => {
    expect(() => parseHeader(text, 'r.jsonl')).toThrow(message);
    expect(() => parseHeader(text, 'r.jsonl')).toThrow(expect.objectContaining({ name: 'InputError' }));
    expect(() => parseHeader(text, 'r.jsonl')).toThrow(/^r\.jsonl: [^\n]*$/);
  });
});
