import { readNpy, readNpz } from '../../checkpoints/npy.ts';
import { readSafetensors } from '../../checkpoints/safetensors.ts';
import { type Tensor, toFloat64 } from '../../checkpoints/tensor.ts';
import { runOf } from '../../derived/run-of.ts';
import { InputError } from '../../errors/input-error.ts';
import type { Run } from '../../measurements/types.ts';
import type { Matrix } from '../../spectra/types.ts';
import { runName } from '../curves/log-names.ts';
import { Faults } from '../faults.ts';
import type { Imported, Importer, ImportSource, ReadingOptions } from '../importer.ts';
import { type ActivationPlace, activationFiles, placeOf } from './places.ts';

/** All matrices of a source lie in memory together. */
const mostBytes = 2 ** 31;

/** Activations of a probe batch at training steps, [samples, features] per layer: spectra and every metric are taken of them. */
export const activationsImporter: Importer = {
  name: 'activations',
  reads:
    'activations as .npy, .npz or .safetensors per step: step_100/fc1.npy, or step_100.npz with a key per layer',
  recognizes: ({ isFolder, files }) =>
    isFolder && files.some((file) => activationFiles.test(file.name) && placeOf(file) !== null),
  read: readActivations,
};

function readActivations(source: ImportSource, options: ReadingOptions): Imported {
  const arrays = source.files.filter(({ name }) => activationFiles.test(name));
  const total = arrays.reduce((sum, { size }) => sum + size, 0);
  if (total > mostBytes) {
    throw new InputError({ file: source.path, value: `${total} bytes`, allowed: `at most ${mostBytes}` });
  }
  const faults = new Faults(source.path);
  const byRun = new Map<string, ActivationPlace[]>();
  const ignored: string[] = [];
  for (const file of arrays) {
    const place = placeOf(file);
    if (place === null) ignored.push(file.name);
    else byRun.set(place.run, [...(byRun.get(place.run) ?? []), place]);
  }
  if (byRun.size === 0) {
    throw new InputError({
      file: source.path,
      allowed: 'files whose path says the training step: step_100/fc1.npy',
    });
  }
  const base =
    source.path
      .split(/[\\/]/)
      .filter((part) => part !== '')
      .at(-1) ?? 'run';
  const runs = [...byRun].map(([run, places]) => runOfPlaces(runName(run || base), places, options, faults));
  faults.refuse();
  return {
    runs: runs.flatMap((run) => run ?? []),
    notes: [
      'spectra and metrics were taken of the activations',
      'depth of the layers: the order in which the files first name them',
      ...ignored.map((name) => `${name} was ignored: its path says no training step`),
    ],
  };
}

function runOfPlaces(
  id: string,
  places: readonly ActivationPlace[],
  options: ReadingOptions,
  faults: Faults,
): Run | null {
  const steps = [...new Set(places.map(({ step }) => step))].sort((a, b) => a - b);
  const layers = new Map<string, Map<number, Matrix>>();
  for (const place of [...places].sort((a, b) => a.step - b.step)) {
    for (const [layer, tensor] of arraysOf(place)) {
      const matrix = matrixOf(tensor);
      if (matrix === null) {
        faults.add(`${place.file.name} ${layer}`, `shape [${tensor.shape}]`, '[samples, features]');
        continue;
      }
      const own = layers.get(layer) ?? new Map<number, Matrix>();
      if (own.has(place.step)) faults.add(place.file.name, `step ${place.step} of ${layer}`, 'there once');
      layers.set(layer, own.set(place.step, matrix));
    }
  }
  for (const [layer, own] of layers) {
    const absent = steps.filter((step) => !own.has(step));
    if (absent.length > 0)
      faults.add(`${id} ${layer}`, `missing at step ${absent.slice(0, 5).join(', ')}`, 'at every step');
  }
  if (faults.count > 0) return null;
  const { architecture, dataset } = options;
  return runOf({
    id,
    steps,
    layers: Object.fromEntries(
      [...layers].map(([layer, own]) => [layer, steps.map((step) => own.get(step)!)]),
    ),
    ...(architecture !== undefined && { architecture }),
    ...(dataset !== undefined && { dataset }),
  });
}

function arraysOf({ file, layer }: ActivationPlace): [string, Tensor][] {
  const bytes = file.bytes();
  if (layer !== null) return [[layer, readNpy(bytes, file.path)]];
  if (/\.npz$/i.test(file.name)) return [...readNpz(bytes, file.path)];
  return [...readSafetensors(bytes, file.path).tensors];
}

function matrixOf(tensor: Tensor): Matrix | null {
  const [rows, columns] = tensor.shape;
  if (tensor.shape.length !== 2 || rows === 0 || columns === 0) return null;
  return { data: toFloat64(tensor), rows, columns };
}
