import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { formatHeader } from '../../src/measurements/run-header.ts';
import { parseRunLog } from '../../src/measurements/run-log.ts';
import { spectrumAt } from '../../src/measurements/spectrum-at.ts';
import { formatStep } from '../../src/measurements/step-record.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { plainLog, sampleHeader, sampleLog, sampleRecords, sampleStep, sealedLog } from './fixtures.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string) => parseRunLog(bytesOf(text), 'r.jsonl');
const header = sampleHeader();
const plain = sampleHeader({ spectra: [] });
/** Replaces one line, counted from 1. */
const withLine = (log: string, number: number, line: string): string =>
  log
    .split('\n')
    .with(number - 1, line)
    .join('\n');

describe('a run log', () => {
  it('gives back what was written, to the last bit', () => {
    const random = createRandom('log');
    const records = [0, 5, 10].map((step) => sampleStep(step, header, random));
    const run = read(sampleLog(header));

    expect(run).toMatchObject({
      id: header.id,
      seed: 1,
      classes: 10,
      probe: header.probe,
      complete: true,
      stopped: null,
    });
    expect(run.steps).toEqual(Float64Array.of(0, 5, 10));
    expect(run.loss).toEqual(Float64Array.from(records, ({ loss }) => loss));
    expect(run.gradientNorm).toEqual(Float64Array.from(records, ({ gradientNorm }) => gradientNorm));
    expect(run.evaluations).toEqual([
      { step: 10, accuracy: 0.75, examples: 200, perClass: [0.5, null, 1, 1, 1, 1, 1, 1, 1, 1] },
    ]);
    run.layers.forEach((layer, l) => {
      expect(layer).toMatchObject(header.layers[l]);
      for (const [id, { values, undetermined }] of layer.series) {
        const expected = records.map(({ layers }) => layers[l].metrics[id]);
        expect([...values]).toEqual(expected.map((entry) => entry.determined && entry.value));
        expect(undetermined).toEqual([]);
      }
      records.forEach(({ layers }, index) => {
        expect(spectrumAt(layer, 'centered', index)).toEqual(layers[l].centered);
        expect(spectrumAt(layer, 'raw', index)).toEqual(layers[l].raw);
        expect(layer.spectra?.raw?.[index]).toEqual(layers[l].raw?.singularValues);
      });
    });
    expect(run.layers.flatMap(({ series }) => [...series.keys()])).toHaveLength(4);
  });

  it('keeps every finite float64 exactly', () => {
    fc.assert(
      fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (value) => {
        const record = sampleStep(0, plain, createRandom(1));
        const run = read(sealedLog([formatHeader(plain), ...formatStep({ ...record, loss: value }, plain)]));
        // JSON writes −0 as 0.
        expect(run.loss[0]).toBe(value + 0);
      }),
    );
  });

  it('says why a value is missing, and never writes NaN', () => {
    const record = sampleStep(0, plain, createRandom(1));
    const records = formatStep(
      {
        ...record,
        loss: Number.NaN,
        gradientNorm: Number.POSITIVE_INFINITY,
        layers: [
          record.layers[0],
          {
            ...record.layers[1],
            metrics: {
              stable_rank: { determined: false, reason: 'the matrix is zero' },
              'rank_90.raw': { determined: true, value: Number.NaN },
            },
          },
        ],
      },
      plain,
    );
    expect(records.join('')).not.toMatch(/:(NaN|-?Infinity)/);
    const run = read(sealedLog([formatHeader(plain), ...records]));
    expect([run.loss[0], run.gradientNorm[0]]).toEqual([Number.NaN, Number.NaN]);
    const { series } = run.layers[1];
    expect(series.get('stable_rank')).toMatchObject({
      values: Float64Array.of(Number.NaN),
      undetermined: [{ index: 0, reason: 'the matrix is zero' }],
    });
    expect(series.get('rank_90.raw')?.undetermined).toEqual([{ index: 0, reason: 'it is NaN' }]);
  });

  it('reads logs of other writers without checksums: spaces, any key order, no line end after the last line', () => {
    const log = plainLog(header)
      .trimEnd()
      .split('\n')
      .map((line) => {
        const entries = Object.entries(JSON.parse(line) as Record<string, unknown>).reverse();
        return JSON.stringify(Object.fromEntries(entries), null, 1).replaceAll('\n', ' ');
      })
      .join('\n');
    const ours = read(sampleLog(header));
    const theirs = read(log);
    expect(theirs).toEqual(ours);
    expect(theirs.layers[0].spectra).toEqual(ours.layers[0].spectra);
  });

  it('does not parse spectra before they are asked for, and then once', () => {
    const bytes = bytesOf(sampleLog(header));
    const reread = vi.fn(() => bytes);
    const run = parseRunLog(bytes, 'r.jsonl', reread);
    expect(reread).not.toHaveBeenCalled();
    expect(run.layers.map(({ spectra }) => spectra?.centered?.length)).toEqual([3, 3]);
    expect(reread).toHaveBeenCalledOnce();
  });
});

describe('a log whose writer was killed', () => {
  it('is readable wherever it was cut after the header: every complete record, nothing of a torn one', () => {
    const bytes = bytesOf(sampleLog(header));
    const whole = parseRunLog(bytes, 'r.jsonl');
    const lineEnds = [...bytes.keys()].filter((i) => bytes[i] === 0x0a);
    for (let length = lineEnds[0] + 1; length < bytes.length - 1; length++) {
      const run = parseRunLog(bytes.slice(0, length), 'r.jsonl');
      // A line is complete with or without its line end.
      const complete = lineEnds.filter((end) => end <= length).length;
      const measurements = Math.min(3, Math.floor((complete - 1) / 2));
      expect(run.steps).toEqual(whole.steps.slice(0, measurements));
      for (const [l, layer] of run.layers.entries()) {
        for (const [id, { values }] of layer.series) {
          expect(values).toEqual(whole.layers[l].series.get(id)?.values.slice(0, measurements));
        }
      }
      expect(run.evaluations.length).toBe(complete >= 8 ? 1 : 0);
      expect([run.complete, run.stopped]).toEqual([false, null]);
    }
    const spectra = parseRunLog(bytes.slice(0, lineEnds[3] + 20), 'r.jsonl').layers[1].spectra;
    expect(spectra?.raw).toEqual(whole.layers[1].spectra?.raw?.slice(0, 1));
  });

  it('drops the undetermined values of a measurement that it drops', () => {
    const record = sampleStep(0, header, createRandom(1));
    const unknown = { determined: false, reason: 'none' } as const;
    const layers = record.layers.map((layer) => ({
      ...layer,
      metrics: { stable_rank: unknown, 'rank_90.raw': unknown },
    }));
    const [metrics] = formatStep({ ...record, layers }, header);
    const run = read(sealedLog([formatHeader(header), metrics]));
    expect(run.steps).toHaveLength(0);
    expect(run.layers[0].series.get('stable_rank')?.undetermined).toEqual([]);
  });

  it('says why the run stopped, if the log does', () => {
    const log = sealedLog(sampleRecords(header), 'the loss became NaN', 10);
    expect(read(log)).toMatchObject({ complete: false, stopped: 'the loss became NaN' });
  });

  it('is refused if not even the header is whole', () => {
    const line = sealedLog([formatHeader(header)]).trimEnd();
    for (const text of ['', line.slice(0, 50), line])
      expect(() => read(text)).toThrow(/^r\.jsonl: .*first line/);
  });
});

describe('a log without checksums that is damaged names the file and the line', () => {
  const log = plainLog(plain);
  const step = JSON.parse(log.split('\n')[2]) as Record<string, unknown>;
  const cases: [string, string, RegExp][] = [
    ['torn in the middle', withLine(log, 3, '{"step":5,"lo'), /line 3; allowed: a complete JSON object/],
    ['an empty line', withLine(log, 3, ''), /line 3;/],
    ['a control character', withLine(log, 3, '\u0000'), /line 3;/],
    ['a list', withLine(log, 3, '[1]'), /line 3;/],
    ['an unknown record', withLine(log, 3, '{"x":1}'), /line 3; allowed: a record with step/],
    [
      'a repeated step',
      withLine(log, 3, JSON.stringify({ ...step, step: 0 })),
      /line 3, step is 0; allowed: .* above 0/,
    ],
    [
      'a decreasing step',
      withLine(log, 4, JSON.stringify({ ...step, step: 4 })),
      /line 4, step is 4; .* above 5/,
    ],
    ['half a step', withLine(log, 3, JSON.stringify({ ...step, step: 5.5 })), /line 3, step is 5.5/],
    ['no loss', withLine(log, 3, JSON.stringify({ ...step, loss: undefined })), /line 3, loss is "missing"/],
    [
      'an infinite loss',
      withLine(log, 3, log.split('\n')[2].replace(/"loss":[^,]*/, '"loss":1e999')),
      /line 3, loss is Infinity/,
    ],
    [
      'a layer too few',
      withLine(log, 3, JSON.stringify({ ...step, layers: [] })),
      /line 3, layers;.* 2 layers/,
    ],
    [
      'a layer without metrics',
      withLine(log, 3, JSON.stringify({ ...step, layers: [{}, {}] })),
      /layers\[0\]\.metrics/,
    ],
    [
      'a missing series',
      withLine(log, 3, JSON.stringify({ ...step, layers: [{ metrics: {} }, { metrics: {} }] })),
      /layers\[0\]\.metrics\.stable_rank is "missing"/,
    ],
    ['an inherited series', log.replace('"id":"stable_rank"', '"id":"valueOf"'), /series\[0\]\.id/],
    ['spectra not announced', withLine(log, 3, '{"spectra":{"step":5}}'), /line 3; allowed: no spectra/],
    [
      'an accuracy above 1',
      log.replace('"accuracy":0.75', '"accuracy":75'),
      /line 5, evaluation\.accuracy is 75/,
    ],
    ['wrong classes', log.replace('[0.5,null,1', '[2,null,1'), /line 5, evaluation\.perClass/],
    ['an end without reason', log.replace('"reason":"complete",', ''), /line 6, end\.reason/],
    ['records after the end', `${log}{"end":{"reason":"complete"}}\n`, /line 7; allowed: nothing after/],
  ];
  it.each(cases)('%s', (_, text, message) => {
    expect(text).not.toBe(log);
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).toThrow(expect.objectContaining({ name: 'InputError' }));
  });

  it('invalid UTF-8 in the middle', () => {
    const bytes = bytesOf(log);
    bytes[log.indexOf('"loss"') + 1] = 0xff;
    expect(() => parseRunLog(bytes, 'r.jsonl')).toThrow(/^r\.jsonl: line 2;/);
  });

  it('a measurement without its spectra, or with two', () => {
    const lines = plainLog(header).split('\n');
    expect(() => read(lines.toSpliced(2, 1).join('\n'))).toThrow(/line 3; allowed: the spectra of step 0/);
    expect(() => read(lines.toSpliced(3, 0, lines[2]).join('\n'))).toThrow(
      /line 4; allowed: spectra only once/,
    );
  });

  const spectraCases: [string, (text: string) => string][] = [
    ['not JSON', (line) => `${line}}`],
    ['too few values', (line) => line.replace(/"singularValues":\[[^,]*,/, '"singularValues":[')],
    [
      'ascending values',
      (line) => line.replace(/"singularValues":\[/, '"singularValues":[0,').replace(/,[^,]*\]/, ']'),
    ],
    ['a negative value', (line) => line.replace(/,[^,]*\]/, ',-1]')],
    ['a missing kind', (line) => line.replace('"raw"', '"rew"')],
    ['more digits than values', (line) => line.replace('"reliable":2', '"reliable":5')],
    ['no fourth moment', (line) => line.replace('"rowFourthMoment"', '"moment"')],
  ];
  it.each(spectraCases)('spectra: %s, found when they are asked for', (_, damage) => {
    const text = plainLog(header);
    const line = text.split('\n')[2];
    expect(damage(line)).not.toBe(line);
    const run = read(withLine(text, 3, damage(line)));
    expect(run.steps).toHaveLength(3);
    expect(() => run.layers[0].spectra).toThrow(/^r\.jsonl: line 3, /);
  });
});

describe('writing a step', () => {
  const record = sampleStep(0, header, createRandom(1));

  it('gives the same bytes for the same record', () => {
    expect(formatStep(record, header)).toEqual(formatStep(sampleStep(0, header, createRandom(1)), header));
  });

  it('logs only the spectra that the header announces', () => {
    const records = formatStep(record, sampleHeader({ spectra: ['raw'] }));
    expect(Object.keys(JSON.parse(records[1]).spectra.layers[0])).toEqual(['raw']);
    expect(formatStep(record, plain)).toHaveLength(1);
  });

  it('refuses a record that does not fit the header', () => {
    const [first, second] = record.layers;
    expect(() => formatStep({ ...record, layers: [first] }, header)).toThrow('1 layers, the run has 2');
    const without = { ...second, metrics: { stable_rank: second.metrics.stable_rank } };
    expect(() => formatStep({ ...record, layers: [first, without] }, header)).toThrow(
      'network.2 has no rank_90.raw',
    );
    const swapped = { ...first, centered: first.raw };
    expect(() => formatStep({ ...record, layers: [swapped, second] }, header)).toThrow('given as centered');
  });
});
