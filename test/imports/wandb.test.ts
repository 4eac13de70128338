import { describe, expect, it } from 'vitest';
import { crc32 } from '../../src/checksums/crc.ts';
import type { Imported } from '../../src/imports/importer.ts';
import { leveldbRecords } from '../../src/imports/wandb/leveldb-log.ts';
import { wandbImporter } from '../../src/imports/wandb/wandb-importer.ts';
import { type Files, golden, importerSamples, sourceOf } from './samples.ts';

const read = (files: Files) => wandbImporter.read(sourceOf(files), {}) as Imported;
const sample = importerSamples.wandb;
const [first, second] = Object.keys(sample);

/** The log of records as wandb's writer puts them into blocks. */
function logOf(records: readonly Uint8Array[]): Uint8Array {
  const bytes = [0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0];
  for (const record of records) {
    let at = 0;
    do {
      let left = 32_768 - (bytes.length % 32_768);
      while (left < 7 && left-- > 0) bytes.push(0);
      const room = 32_768 - (bytes.length % 32_768) - 7;
      const part = record.subarray(at, at + room);
      const [begins, ends] = [at === 0, at + part.length === record.length];
      const type = begins ? (ends ? 1 : 2) : ends ? 4 : 3;
      const crc = crc32(Uint8Array.of(type, ...part));
      bytes.push(...[0, 8, 16, 24].map((shift) => (crc >>> shift) & 255));
      bytes.push(part.length & 255, part.length >> 8, type, ...part);
      at += part.length;
    } while (at < record.length);
  }
  return Uint8Array.from(bytes);
}

describe('runs of wandb', () => {
  it('that wandb wrote are read: curves, settings, what is no number, and a run that was gone on with', () => {
    const { runs, notes } = read(sample);
    expect(runs).toHaveLength(1);
    const [{ id, seed, hyperparameters, steps, loss, layers, evaluations }] = runs;
    expect({ id, seed, hyperparameters }).toEqual({
      id: 'first',
      seed: 3,
      hyperparameters: { learningRate: 0.1, seed: 3 },
    });
    expect([...steps]).toEqual(Array.from({ length: 40 }, (_, i) => 5 * i));
    expect(loss[39]).toBe(1 / 40);
    expect(loss[7]).toBeNaN();
    expect(layers.map(({ name }) => name)).toEqual(['fc1', 'fc2']);
    const ranks = layers[0].series.get('stable_rank')!.values;
    ranks.forEach((value, i) => {
      expect(value).toBe(5 + Math.sin(i));
    });
    expect(evaluations.map(({ step, accuracy }) => [step, accuracy])).toEqual([
      [0, 0],
      [50, 0.25],
      [100, 0.5],
      [150, 0.75],
    ]);
    expect(notes).toContain('2 logs of wandb');
    expect(notes).toContain('first: no numbers: note, weights');
    expect(notes.join('\n')).toContain('as in a resumed training');
  });

  it('that were killed end with their last whole record, and damage is refused', () => {
    const bytes = golden(`wandb/${second}`);
    const { runs, notes } = read({
      [first]: sample[first],
      [second]: bytes.subarray(0, bytes.length - 1500),
    });
    expect(runs[0].steps.length).toBeGreaterThan(30);
    expect(notes.join('\n')).toMatch(/the last record, at byte \d+, is cut short and was left out/);
    const damaged = bytes.slice();
    damaged[1000] ^= 1;
    expect(() => read({ [second]: damaged })).toThrow(
      /record at byte \d+ is "another checksum than its content"/,
    );
    expect(() => read({ 'run-a.wandb': golden('trackio/demo.db') })).toThrow('version 0 of the format');
  });

  it('are told apart by their ids where several bear one name', () => {
    const records = [...leveldbRecords(golden(`wandb/${second}`), 'x')];
    const others = records.map((record) =>
      Uint8Array.from(
        Buffer.from(Buffer.from(record).toString('latin1').replaceAll('abcd1234', 'efgh5678'), 'latin1'),
      ),
    );
    const { runs } = read({ [first]: sample[first], 'later/run-efgh5678.wandb': logOf(others) });
    expect(runs.map(({ id }) => id)).toEqual(['first_efgh5678', 'first_abcd1234']);
  });

  it('have records that go over several blocks, and blocks that end in padding', () => {
    const records = [100_000, 0, 5, 32_768 - 14, 3, 32_744, 9].map((length, i) =>
      Uint8Array.from({ length }, (_, at) => (at * 7 + i) & 255),
    );
    const log = logOf(records);
    expect([...leveldbRecords(log, 'x')].map((record) => Buffer.from(record))).toEqual(
      records.map((record) => Buffer.from(record)),
    );
    let torn: number | null = null;
    const most = [
      ...leveldbRecords(log.subarray(0, 90_000), 'x', (at) => {
        torn = at;
      }),
    ];
    expect([most.length, torn]).toEqual([0, 7]);
  });
});
