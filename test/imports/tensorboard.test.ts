import { describe, expect, it } from 'vitest';
import type { Imported } from '../../src/imports/importer.ts';
import { readEventFile } from '../../src/imports/tensorboard/events.ts';
import { crc32c, maskedCrc32c } from '../../src/imports/tensorboard/masked-crc.ts';
import { tensorboardImporter } from '../../src/imports/tensorboard/tensorboard-importer.ts';
import { golden, importerSamples, sourceOf } from './samples.ts';

const first = 'run_a/events.out.tfevents.1795897555.host';
const second = 'run_a/events.out.tfevents.1795897557.host';
const read = (files = importerSamples.tensorboard) =>
  tensorboardImporter.read(sourceOf(files), {}) as Imported;
const trackOf = ({ runs }: Imported) => runs[0].tracks![0].subjects[0].series.get('loss')!.values;

describe('event files of TensorBoard', () => {
  it('have the checksum of the standard: CRC-32C of 123456789 is e3069283', () => {
    expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283);
    expect(maskedCrc32c(new Uint8Array(0))).toBe(0xa282ead8);
  });

  it('are read as tensorboardX writes scalars, and what is none is named', () => {
    const { scalars, others, tornAt } = readEventFile(golden(`tensorboard/${first}`), first);
    expect(
      scalars.filter(({ tag }) => tag === 'fc1/stable_rank').map(({ step, value }) => [step, value]),
    ).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90].map((step) => [step, Math.fround(8 - step / 50)]));
    expect([...others]).toEqual(['h', 'note/text_summary']);
    expect(tornAt).toBeNull();
  });

  it('are read as tensorboard itself writes them, as tensors', () => {
    const { scalars } = readEventFile(
      golden('tensorboard-tensors/events.out.tfevents.1795897557.host.1.0'),
      'x',
    );
    expect(scalars.filter(({ tag }) => tag === 'loss').map(({ step, value }) => [step, value])).toEqual(
      [0, 10, 20, 30, 40, 50, 60, 70, 80, 90].map((step) => [
        step,
        Math.fround(2 * Math.exp(-step / 100) + 0.1),
      ]),
    );
  });

  it('of one folder are one run, which goes on where the later file begins', () => {
    const imported = read();
    expect(imported.runs.map(({ id }) => id)).toEqual(['run_a']);
    const [{ steps, layers, loss }] = imported.runs;
    expect([...steps]).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    expect(layers.map(({ name, depth }) => [name, depth])).toEqual([
      ['fc1', 0],
      ['fc2', 1],
    ]);
    // From step 60 on the second file counts: its losses are higher by one.
    const logged = (step: number) => 2 * Math.exp(-step / 100) + 0.1;
    expect(loss[5]).toBeCloseTo(logged(50), 6);
    expect(loss[6]).toBeCloseTo(logged(60) + 1, 6);
    expect(trackOf(imported)[10]).toBe(1.5);
    expect(imported.notes.join('\n')).toMatch(/2 event files.*\n.*go back 1 time/);
  });

  it('lose what the first attempt measured beyond the restart, also where the second did not measure it again', () => {
    const files = { ...importerSamples.tensorboard };
    const { scalars } = readEventFile(golden(`tensorboard/${second}`), second);
    expect(Math.min(...scalars.map(({ step }) => step))).toBe(60);
    // Cut behind the first record of step 60, the second file has one value: nothing beyond is left of the first.
    const bytes = golden(`tensorboard/${second}`);
    const cut = [...bytes.keys()].find(
      (end) => end > 0 && readEventFile(bytes.subarray(0, end), 'x').scalars.length === 1,
    )!;
    const { runs } = read({ ...files, [second]: bytes.slice(0, cut) });
    expect(Math.max(...runs[0].steps)).toBeLessThanOrEqual(60);
  });

  it('are refused where a bit is wrong, and lose a last record that is cut short', () => {
    const bytes = golden(`tensorboard/${second}`);
    for (const at of [3, 9, 20, bytes.length - 1]) {
      const damaged = bytes.slice();
      damaged[at] ^= 4;
      const result = () => readEventFile(damaged, 'x');
      // A length that reaches beyond the file would look like a cut one; its checksum says that it is damaged.
      expect(result, `byte ${at}`).toThrow(/checksum/);
    }
    const torn = readEventFile(bytes.subarray(0, -5), 'x');
    expect(torn.tornAt).toBeGreaterThan(0);
    expect(torn.scalars.length).toBe(readEventFile(bytes, 'x').scalars.length - 1);
  });
});
