import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLine } from '../../../src/measurements/log/log-lines.ts';
import { PlainSteps } from '../../../src/measurements/log/plain-steps.ts';
import { formatStep } from '../../../src/measurements/step-record.ts';
import { sampleHeader, sealedRecord } from '../fixtures.ts';

const ids = ['stable_rank', 'effective_rank.raw'];
const sample = sampleHeader();
const headerOf = (layers: number, series = ids) => ({
  ...sample,
  layers: Array.from({ length: layers }, (_, l) => ({
    ...sample.layers[0],
    name: `layer${l}`,
    depth: l,
  })),
  series: series.map((id) => ({ ...sample.series[0], id })),
  spectra: [],
});
const sealed = (record: string): Uint8Array => new TextEncoder().encode(sealedRecord(record, 17, 99));
const plain =
  '{"step":3,"loss":0.5,"gradientNorm":2,"layers":[{"metrics":{"stable_rank":1.5,"effective_rank.raw":-7e-8}}]}';
const read = (record: string, layers = 1) => new PlainSteps(headerOf(layers)).read(sealed(record));

describe('a measurement read from its bytes', () => {
  it('has every number of its record', () => {
    expect(read(plain)).toEqual({ step: 3, loss: 0.5, gradientNorm: 2, values: Float64Array.of(1.5, -7e-8) });
  });

  it('is what was written, for any numbers and any names of series', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const names = fc.uniqueArray(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'é', '"', 'a.b')), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        names,
        fc.integer({ min: 1, max: 3 }),
        fc.infiniteStream(number),
        fc.nat(),
        (series, layers, numbers, step) => {
          const next = (): number => numbers.next().value as number;
          const header = headerOf(layers, series);
          const values = Array.from({ length: layers }, () => series.map(next));
          const metrics = values.map((row) =>
            Object.fromEntries(series.map((id, s) => [id, { determined: true as const, value: row[s] }])),
          );
          const top = { step, loss: next(), gradientNorm: next() };
          const [record] = formatStep(
            { ...top, layers: metrics.map((each) => ({ centered: null, raw: null, metrics: each })) },
            header,
          );
          const found = new PlainSteps(header).read(sealed(record));
          // Names that look like numbers come first in an object: such a record is read as JSON.
          if (found === null) expect(series.some((id) => /^\d+$/.test(id) || id === '__proto__')).toBe(true);
          // JSON writes −0 as 0.
          else
            expect(found).toEqual({
              ...top,
              loss: top.loss + 0,
              gradientNorm: top.gradientNorm + 0,
              values: Float64Array.from(values.flat(), (value) => value + 0),
            });
        },
      ),
    );
  });

  it('is refused where its JSON would be, for how little there is in it', () => {
    const series = Array.from({ length: 200 }, (_, s) => `s${s}`);
    const header = headerOf(400, series);
    const layer = `{"metrics":{${series.map((id) => `"${id}":1`).join()}}}`;
    const record = (digits: number) =>
      sealed(
        `{"step":3,"loss":0.${'5'.repeat(digits)},"gradientNorm":2,"layers":[${Array(400).fill(layer).join()}]}`,
      );
    // JSON of which it is not known how much there is in it.
    const isJson = (bytes: Uint8Array) => parseLine({ bytes, number: 17 }, 'r.jsonl') !== undefined;
    let [few, many] = [1, 1_000_000];
    while (many - few > 1) {
      const middle = (few + many) >> 1;
      if (isJson(record(middle))) many = middle;
      else few = middle;
    }
    const plainly = new PlainSteps(header);
    expect([few, many].map((digits) => plainly.read(record(digits)) !== null)).toEqual([false, true]);
  });

  it.each([
    ['a number that is missing', plain.replace('1.5', 'null')],
    ['a reason beside the numbers', plain.replace('}}]', '},"undetermined":{}}]')],
    ['a reason beside the loss', plain.replace(',"layers"', ',"undetermined":{},"layers"')],
    ['another order', '{"loss":0.5,"step":3,"gradientNorm":2,"layers":[]}'],
    ['a space', plain.replace(':1.5', ': 1.5')],
    ['another series', plain.replace('stable_rank', 'stable_runk')],
    ['a step that is no whole number', plain.replace('3', '3.5')],
    ['a number that is not finite', plain.replace('1.5', '1e999')],
    ['more than a measurement', plain.replace('}}]}', '}}],"more":1}')],
    ['a layer less', plain, 2],
    ['a layer more', plain.replace('}}]', '}},{"metrics":{"stable_rank":1,"effective_rank.raw":1}}]')],
    ['fewer bytes than the header has series', '{"step":3}', 1e9],
    ['another record', '{"evaluation":{"step":3}}'],
    ['nothing', '{"n":1}'],
  ])('is left to those who look closely where there is %s', (_, record, layers = 1) => {
    const header = layers < 10 ? headerOf(layers) : { ...headerOf(1), layers: { length: layers } as never };
    expect(new PlainSteps(header).read(sealed(record))).toBeNull();
  });
});
