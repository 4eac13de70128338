import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fieldsOf, lengthPrefix } from '../../src/probe/protobuf-fields.ts';
import { openStudy } from '../../src/workbench/open-study.ts';
import { probeCheckpoints } from '../../src/workbench/probe-store.ts';
import { temporaryFolder } from '../measurements/fixtures.ts';

const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', name);

/** A model with the elements of its tensors in a file of their own, as exporters write it above 2 GiB. */
function withExternalData(model: Uint8Array, location: string): { model: Uint8Array; data: Uint8Array } {
  const data: Uint8Array[] = [];
  let offset = 0;
  const entry = (key: string, value: string) => message(13, text(1, key), text(2, value));
  const tensor = (bytes: Uint8Array) =>
    rewritten(bytes, 9, (raw) => {
      const entries = [
        entry('location', location),
        entry('offset', String(offset)),
        entry('length', String(raw.length)),
      ];
      data.push(raw);
      offset += raw.length;
      return Buffer.concat([...entries, Uint8Array.of(14 * 8, 1)]); // data_location: EXTERNAL
    });
  const graph = (bytes: Uint8Array) => rewritten(bytes, 5, (inner) => message(5, tensor(inner)));
  return {
    model: rewritten(model, 7, (inner) => message(7, graph(inner))),
    data: Buffer.concat(data),
  };
}

/** A message with each field of one number replaced by what `of` makes of its content. */
function rewritten(bytes: Uint8Array, number: number, of: (content: Uint8Array) => Uint8Array): Uint8Array {
  return Buffer.concat(
    [...fieldsOf(bytes)].map((field) =>
      field.number === number
        ? of(bytes.subarray(field.from, field.end))
        : bytes.subarray(field.start, field.end),
    ),
  );
}
function message(number: number, ...parts: Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  return Buffer.concat([lengthPrefix(number, content.length), content]);
}
const text = (number: number, value: string) => message(number, new TextEncoder().encode(value));

const embedded = new Uint8Array(readFileSync(fixture('merged.onnx')));

async function probed(location: string, place: (folder: string, data: Uint8Array) => void) {
  const folder = temporaryFolder();
  const { model, data } = withExternalData(embedded, location);
  mkdirSync(join(folder, 'weights'));
  writeFileSync(join(folder, 'model.onnx'), model);
  place(folder, data);
  const study = join(folder, 'study');
  const { replay } = await probeCheckpoints(
    join(folder, 'model.onnx'),
    fixture('step_0.pt'),
    fixture('x.npy'),
    study,
  );
  return { replay, layers: openStudy(study).runs[0].layers };
}

describe('a model with its data in a file beside it', () => {
  it('is measured like the same model in one piece', async () => {
    const whole = join(temporaryFolder(), 'study');
    await probeCheckpoints(fixture('merged.onnx'), fixture('step_0.pt'), fixture('x.npy'), whole);
    const { replay, layers } = await probed('weights/model.data', (folder, data) =>
      writeFileSync(join(folder, 'weights', 'model.data'), data),
    );
    expect(replay).toEqual({ checked: true, equal: true, largest: 0 });
    expect(layers).toEqual(openStudy(whole).runs[0].layers);
  });

  it('is refused where the file is absent, too short, or of another folder', async () => {
    await expect(probed('model.data', () => {})).rejects.toThrow(/model\.data/);
    await expect(
      probed('model.data', (folder, data) => writeFileSync(join(folder, 'model.data'), data.subarray(0, 8))),
    ).rejects.toThrow(/external data is "bytes \d+ to \d+"; allowed: bytes within its \d+/);
    for (const location of ['../model.data', '/etc/passwd', 'C:\\model.data', '']) {
      await expect(probed(location, () => {})).rejects.toThrow('allowed: a file beside the model');
    }
  });
});
