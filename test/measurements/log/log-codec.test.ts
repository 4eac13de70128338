import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endDigest } from '../../../src/measurements/log/end-digest.ts';
import { LogDecoder } from '../../../src/measurements/log/log-decoder.ts';
import { LogEncoder } from '../../../src/measurements/log/log-encoder.ts';
import { readSeal } from '../../../src/measurements/log/record-seal.ts';
import { formatHeader } from '../../../src/measurements/run-header.ts';
import { parseRunLog, RunLogReader } from '../../../src/measurements/run-log.ts';
import { plainLog, sampleHeader, sampleLog, sampleRecords, sealedLog, sealedRecord } from '../fixtures.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string) => parseRunLog(bytesOf(text), 'r.jsonl');

/** Made with Python's zlib and hashlib, by what docs/reliability.md says. */
const outside = [
  '{"format":"x","é":1,"n":1,"crc":"7a26001e"}',
  '{"step":0,"loss":2.5,"n":2,"crc":"4c78546f"}',
  '{"end":{"reason":"complete","step":0,"records":2,"sha256":"00cae4474e994c297da124d5f130c4e37259490a428413876b513dd58aeb02f1"},"n":3,"crc":"d46f3d12"}',
];

describe('the seal of a record', () => {
  it('is what another program computes', () => {
    const encoder = new LogEncoder();
    for (const record of ['{"format":"x","é":1}', '{"step":0,"loss":2.5}']) encoder.add(record);
    expect(Buffer.concat(encoder.end('complete', 0).lines).toString()).toBe(`${outside.join('\n')}\n`);
  });

  it('is the same however many lines are taken together', () => {
    const encoder = new LogEncoder();
    const taken = ['{"format":"x","é":1}', '{"step":0,"loss":2.5}'].map((record) => {
      encoder.add(record);
      expect(encoder.waiting).toBeGreaterThan(record.length);
      return encoder.taken();
    });
    expect(encoder.waiting).toBe(0);
    const lines = [...taken, ...encoder.end('complete', 0).lines];
    expect(Buffer.concat(lines).toString()).toBe(`${outside.join('\n')}\n`);
  });

  it('leaves the line JSON that anyone reads', () => {
    expect(JSON.parse(outside[1])).toEqual({ step: 0, loss: 2.5, n: 2, crc: '4c78546f' });
  });

  it('holds for the line that was written, and for no other with a bit changed', () => {
    const line = bytesOf(sealedRecord('{"step":12,"loss":0.5}', 17, 99));
    expect(readSeal(line, 99)).toMatchObject({ number: 17, holds: true });
    for (let bit = 0; bit < 8 * line.length; bit++) {
      const changed = line.slice();
      changed[bit >> 3] ^= 1 << (bit & 7);
      expect(readSeal(changed, 99)?.holds ?? false).toBe(false);
    }
  });

  it('binds a record to its run', () => {
    expect(readSeal(bytesOf(sealedRecord('{"step":0}', 2, 1)), 2)?.holds).toBe(false);
  });

  it.each([
    '',
    '{}',
    '{"a":1}',
    '{"a":1,"crc":"00000000"}',
    ',"n":1,"crc":"0000000G"}',
    '{"n":,"crc":"00000000"}',
    // Of a number that is none of JSON, or not counted from 1.
    '{"a":1,"n":02,"crc":"00000000"}',
    '{"a":1,"n":0,"crc":"00000000"}',
  ])('is not found in %j', (line) => {
    expect(readSeal(bytesOf(line), 0)).toBeNull();
  });
});

describe('a log that comes in pieces', () => {
  const header = sampleHeader();

  it.each([
    ['with checksums', sampleLog(header)],
    ['without', plainLog(header)],
  ])('is read as it is in one, wherever it is divided, %s', (_, log) => {
    const bytes = bytesOf(log);
    const whole = read(log);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 30 }), (cuts) => {
        const reader = new RunLogReader('r.jsonl', () => bytes);
        const ends = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        for (let i = 1; i < ends.length; i++) reader.push(bytes.slice(ends[i - 1], ends[i]));
        reader.finish();
        expect(reader.toRun()).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  it('is a run at any time: as far as its records go', () => {
    const bytes = bytesOf(sampleLog(header));
    const reader = new RunLogReader('r.jsonl', () => bytes);
    expect(() => reader.toRun()).toThrow(/first line is missing or torn/);
    const measured: number[] = [];
    for (let i = 0; i < bytes.length; i += 100) {
      reader.push(bytes.slice(i, i + 100));
      if (i > 2500) measured.push(reader.toRun().steps.length);
    }
    expect(measured).toEqual(measured.toSorted((a, b) => a - b));
    expect(reader.toRun()).toMatchObject({ complete: true, steps: Float64Array.of(0, 5, 10) });
    expect(reader.digest).toEqual(endDigest([bytes]));
  });

  it('has lines with their places', () => {
    const decoder = new LogDecoder();
    const found = ['{"a":1}\n{"b"', ':2}', '\n\n{"c"'].flatMap((piece) => [...decoder.push(bytesOf(piece))]);
    expect(found.map(({ number, start, end }) => [number, start, end])).toEqual([
      [1, 0, 7],
      [2, 8, 15],
      [3, 16, 16],
    ]);
    expect(decoder.rest).toMatchObject({ number: 4, start: 17, end: 21 });
  });
});

describe('the end of a log', () => {
  const log = sampleLog(sampleHeader());

  it('says how many records there were, and their digest', () => {
    const end = JSON.parse(log.trimEnd().split('\n').at(-1)!);
    expect(end.end.records).toBe(log.trimEnd().split('\n').length - 1);
    expect(endDigest([bytesOf(log)])).toEqual({ records: end.end.records, sha256: end.end.sha256 });
  });

  it('is not there while the run is under way, nor in a log that is damaged', () => {
    const lines = log.trimEnd().split('\n');
    expect(endDigest([bytesOf(`${lines.slice(0, -1).join('\n')}\n`)])).toBeNull();
    expect(endDigest([bytesOf(log.slice(0, -1))])).toBeNull();
    expect(endDigest([bytesOf(log.replace('"loss":', '"lass":'))])).toBeNull();
    expect(endDigest([bytesOf(lines.toSpliced(3, 1).join('\n'))])).toBeNull();
    expect(endDigest([])).toBeNull();
  });

  it('is told of a log without checksums as it is now', () => {
    const plain = plainLog(sampleHeader());
    expect(endDigest([bytesOf(plain)])?.records).toBe(plain.trimEnd().split('\n').length - 1);
  });
});

describe('a log with checksums that is damaged names the line', () => {
  const records = sampleRecords(sampleHeader());
  const log = sealedLog(records, 'complete', 10);
  const lines = log.split('\n');
  const joined = (changed: readonly string[]): string => changed.join('\n');

  it.each<[string, string, RegExp]>([
    [
      'a digit changed',
      log.replace(/"loss":0\./, '"loss":1.'),
      /line 2; allowed: a record that its checksum fits/,
    ],
    [
      'spectra changed, though nobody asks for them',
      log.replace('"reliable":2', '"reliable":3'),
      /line 3; allowed: a record that its checksum fits/,
    ],
    [
      'the header changed',
      log.replace('"seed":1', '"seed":2'),
      /line 1; allowed: a record that its checksum fits/,
    ],
    ['a line lost', joined(lines.toSpliced(3, 2)), /line 4, n is 6; allowed: 4: lines were lost, doubled/],
    ['a line doubled', joined(lines.toSpliced(3, 0, lines[2])), /line 4, n is 3; allowed: 4/],
    ['two lines swapped', joined(lines.with(3, lines[5]).with(5, lines[3])), /line 4, n is 6; allowed: 4/],
    [
      'a line zeroed',
      joined(lines.with(3, '\0'.repeat(lines[3].length))),
      /line 4; allowed: a record that ends/,
    ],
    [
      'two lines run together',
      log.replace(/"\}\n/, '"}'),
      /line 1; allowed: a record that its checksum fits/,
    ],
    [
      'a line of another run',
      joined(lines.with(3, sealedLog(sampleRecords(sampleHeader({ seed: 2 }))).split('\n')[3])),
      /line 4; allowed: a record that its checksum fits: this one is damaged, or of another run/,
    ],
    [
      'an end with another count',
      sealedLog([
        ...records,
        JSON.stringify({ end: { reason: 'complete', step: 10, records: 3, sha256: '0'.repeat(64) } }),
      ]),
      /line 9, end\.records is 3; allowed: 8/,
    ],
    [
      'an end after another step',
      sealedLog(records, 'complete', 5),
      /line 9, end\.step is 5; allowed: 10, the last one measured/,
    ],
    ['records after the end', `${log}${lines[7]}\n`, /line 10, n is 8/],
    [
      'no value and no reason',
      sealedLog([records[0], records[1].replace(/"loss":[^,]*/, '"loss":null')]),
      /line 2, loss is null; allowed: a number, or null with its reason/,
    ],
    [
      'a value and a reason why there is none',
      sealedLog([records[0], records[1].replace('"layers"', '"undetermined":{"loss":"lost"},"layers"')]),
      /line 2, loss is .*; allowed: null, since a reason is given/,
    ],
    ['a checksum in a log of version 1', log.replace('"schemaVersion":2', '"schemaVersion":1'), /line 1;/],
    [
      'version 1 with checksums',
      sealedLog([formatHeader(sampleHeader()).replace('"schemaVersion":2', '"schemaVersion":1')]),
      /line 1; allowed: no checksum in a log of version 1/,
    ],
    [
      'version 2 without checksums',
      plainLog(sampleHeader()).replace('"schemaVersion":1', '"schemaVersion":2'),
      /line 1; allowed: a record that ends in its number and checksum/,
    ],
    [
      'a later version',
      sealedLog([formatHeader(sampleHeader()).replace('"schemaVersion":2', '"schemaVersion":3')]),
      /schemaVersion is 3; allowed: 1 or 2, .*a later one needs a later rankscope/,
    ],
  ])('%s', (_, text, message) => {
    expect(text).not.toBe(log);
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).toThrow(expect.objectContaining({ name: 'InputError' }));
  });

  it('when spectra changed on the disk after it was read', () => {
    let now = bytesOf(log);
    const run = parseRunLog(now, 'r.jsonl', () => now);
    now = bytesOf(log.replace('"reliable":2', '"reliable":1'));
    expect(() => run.layers[0].spectra).toThrow(
      /line 3; allowed: the record that it was when the log was read/,
    );
  });
});

describe('a hostile log', () => {
  const plain = sampleHeader({ spectra: [] });
  const lines = plainLog(plain).split('\n');
  const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

  it.each<[string, Uint8Array]>([
    ['a first line that is not UTF-8', Uint8Array.of(0xff, 0xfe, 0x0a)],
    ['a first line of brackets', bytesOf(`${deep(100_000)}\n`)],
    ['a header of nested lists', bytesOf(`{"format":${deep(5000)}}\n`)],
    ['a step that is an object', bytesOf(lines.with(1, '{"step":{"toString":1}}').join('\n'))],
    ['a step of nested lists', bytesOf(lines.with(1, `{"step":${deep(100_000)}}`).join('\n'))],
    [
      'a loss that is an object',
      bytesOf(lines.with(1, lines[1].replace(/"loss":[^,]*/, '"loss":{"valueOf":2}')).join('\n')),
    ],
    [
      'a track that is an object',
      bytesOf(lines.with(1, '{"track":{"id":{"toString":1},"step":0}}').join('\n')),
    ],
    [
      'an accuracy of nested lists',
      bytesOf(lines.with(4, `{"evaluation":{"step":10,"accuracy":${deep(50_000)}}}`).join('\n')),
    ],
    [
      'an end for a reason that is a list',
      bytesOf(lines.with(5, `{"end":{"reason":${deep(9000)}}}`).join('\n')),
    ],
  ])('is refused with one line that names it: %s', (_, bytes) => {
    expect(() => parseRunLog(bytes, 'r.jsonl')).toThrow(expect.objectContaining({ name: 'InputError' }));
    expect(() => parseRunLog(bytes, 'r.jsonl')).toThrow(/^r\.jsonl: [^\n]{1,400}$/);
  });

  it('does not take more memory than its bytes warrant for layers that were never measured', () => {
    const layer = { kind: 'linear', depth: 0, samples: 1, features: 1, pooling: null } as const;
    const header = sampleHeader({
      layers: Array.from({ length: 5000 }, (_, i) => ({ ...layer, name: `l${i}` })),
      series: Array.from({ length: 1000 }, (_, i) => ({
        id: `s${i}`,
        metric: 'm',
        centering: null,
        origin: 'measured',
      })),
      spectra: [],
    });
    const bytes = bytesOf(sealedLog([formatHeader(header)]));
    const before = process.memoryUsage().heapUsed;
    const run = parseRunLog(bytes, 'r.jsonl');
    expect(run.layers[4999].series.size).toBe(1000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100e6);
  });
});
