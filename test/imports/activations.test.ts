import { describe, expect, it } from 'vitest';
import { writeSafetensors } from '../../src/checkpoints/safetensors.ts';
import { runOf } from '../../src/derived/run-of.ts';
import { activationsImporter } from '../../src/imports/activations/activations-importer.ts';
import type { Imported } from '../../src/imports/importer.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { type Files, sourceOf } from './samples.ts';

const rng = createRandom('imported activations');
const matrix = (rows: number, columns: number) => ({
  data: Float64Array.from({ length: rows * columns }, () => rng.normal()),
  rows,
  columns,
});
const steps = [0, 5, 100];
const layers = { 'enc.1': steps.map(() => matrix(12, 5)), 'enc.0': steps.map(() => matrix(12, 7)) };
const read = (files: Files) => activationsImporter.read(sourceOf(files), {}) as Imported;

/** As numpy.save writes a float64 matrix. */
function npy({ data, rows, columns }: ReturnType<typeof matrix>): Uint8Array {
  const header = `${`{'descr': '<f8', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`.padEnd(117)}\n`;
  const bytes = new Uint8Array(10 + header.length + data.byteLength);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(new Uint8Array(data.buffer), 10 + header.length);
  return bytes;
}

const expected = runOf({ id: 'mine', steps, layers });

describe('activations in files', () => {
  it.each([
    ['a folder per step', (step: number, layer: string) => `step_${step}/${layer}.npy`],
    ['a folder per layer', (step: number, layer: string) => `${layer}/step_${step}.npy`],
  ])('in %s become spectra and metrics, the same as from a program', (_, place) => {
    const files = Object.fromEntries(
      Object.entries(layers).flatMap(([layer, own]) =>
        steps.map((step, i) => [place(step, layer), npy(own[i])]),
      ),
    );
    const { runs } = read(files);
    expect(runs.map(({ id }) => id)).toEqual(['mine']);
    expect([...runs[0].steps]).toEqual(steps);
    for (const layer of runs[0].layers) {
      const own = expected.layers.find(({ name }) => name === layer.name)!;
      expect(layer.series).toEqual(own.series);
      expect(layer.spectra).toEqual(own.spectra);
    }
  });

  it('with a key per layer keep their order, and folders above the steps are runs', () => {
    const at = (i: number) =>
      writeSafetensors(
        new Map(
          Object.entries(layers).map(([name, own]) => [
            name,
            { dtype: 'F64', shape: [own[i].rows, own[i].columns], data: own[i].data } as const,
          ]),
        ),
      );
    const { runs } = read(
      Object.fromEntries(
        ['a', 'b'].flatMap((run) => steps.map((step, i) => [`${run}/${step}.safetensors`, at(i)])),
      ),
    );
    expect(runs.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(runs[0].layers.map(({ name }) => name).sort()).toEqual(['enc.0', 'enc.1']);
  });

  it('are refused in one message where they are no matrices, or missing at a step', () => {
    const cube = writeSafetensors(
      new Map([['conv', { dtype: 'F32', shape: [2, 2, 2], data: new Float32Array(8) }]]),
    );
    const one = writeSafetensors(
      new Map([['fc', { dtype: 'F32', shape: [2, 2], data: new Float32Array(4) }]]),
    );
    expect(() => read({ 'step_1.safetensors': cube, 'step_2.safetensors': one })).toThrow(
      /2 faults: step_1\.safetensors conv is "shape \[2,2,2\]".*mine fc is "missing at step 1"/,
    );
  });
});
