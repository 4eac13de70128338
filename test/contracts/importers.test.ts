import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { importers, recognizeImporter } from '../../src/imports/importers.ts';
import { readRun, writeRun } from '../../src/measurements/log-store.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { importerSamples, sourceOf } from '../imports/samples.ts';

/** What every importer of the registry keeps, a new one too: it is tested by standing there, with a sample of its format. */

const folder = mkdtempSync(join(tmpdir(), 'rankscope-importers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the importers have names of their own', () => {
  const names = importers.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z][a-z-]*$/);
});

describe.each(importers.map((importer) => [importer.name, importer] as const))(
  'the importer %s',
  (name, importer) => {
    const sample = importerSamples[name];
    const source = () => sourceOf(sample);

    it('says what it reads, and is the first to recognize it', () => {
      expect(importer.reads).toMatch(/\S/);
      expect(recognizeImporter(source())).toBe(importer);
    });

    it('does not take an empty folder, an image or a text for its format', () => {
      const others = {
        'readme.md': 'step, by step\n',
        'image.png': Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0),
        'package.json': '{\n  "name": "x"\n}\n',
      };
      expect(importer.recognizes(sourceOf({}))).toBe(false);
      expect(importer.recognizes(sourceOf(others))).toBe(false);
    });

    it('reads runs that can be written to a log and come back as they were', async () => {
      const { runs } = await importer.read(source(), {});
      expect(runs.length).toBeGreaterThan(0);
      for (const run of runs) {
        writeRun(join(folder, name), run);
        const back = readRun(join(folder, name), run.id);
        expect(back.steps).toEqual(run.steps);
        expect(back.loss).toEqual(run.loss);
        expect(back.layers.map(({ name: layer, kind, depth }) => [layer, kind, depth])).toEqual(
          run.layers.map(({ name: layer, kind, depth }) => [layer, kind, depth]),
        );
        for (const [i, { series }] of run.layers.entries()) expect(back.layers[i].series).toEqual(series);
        expect(
          run.steps.every((step, i) => Number.isSafeInteger(step) && (i === 0 || step > run.steps[i - 1])),
        ).toBe(true);
      }
    });

    it('says the same of the same files', async () => {
      expect(await importer.read(source(), {})).toEqual(await importer.read(source(), {}));
    });

    it('answers damaged files with runs or an InputError, and never another failure', async () => {
      const rng = createRandom(`importer contract ${name}`);
      const file = Object.keys(sample)[0];
      const whole = source().files[0].bytes();
      for (let i = 0; i < 60; i++) {
        const bytes = whole.slice(0, i % 3 === 0 ? Math.floor(rng.uniform() * whole.length) : whole.length);
        if (bytes.length > 0)
          bytes[Math.floor(rng.uniform() * bytes.length)] ^= 1 << Math.floor(rng.uniform() * 8);
        try {
          await importer.read(sourceOf({ ...sample, [file]: bytes }), {});
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }
    });

    it('refuses files of another format', async () => {
      await expect(
        (async () => importer.read(sourceOf({ 'x.bin': Uint8Array.of(0, 1, 2) }, false), {}))(),
      ).rejects.toThrow(InputError);
    });
  },
);
