import { loadDataset } from '../datasets/dataset-files.ts';
import { drawnDigits } from '../datasets/drawn-digits.ts';
import type { Dataset } from '../datasets/types.ts';
import { InputError } from '../errors/input-error.ts';

/** Data sets that a study can name. `drawn_digits` needs no files. */
export const datasetNames = ['drawn_digits', 'mnist', 'fashion_mnist', 'qmnist'] as const;

/** Drawn once for every study, so that runs of different seeds draw their examples from the same population. */
const drawnDigitsPopulation = { count: 6000, seed: 'drawn_digits' };

/**
 * Opens a data set by name.
 *
 * @param name one of `datasetNames`.
 * @param folder where its files are; not needed for `drawn_digits`.
 * @throws InputError if files are missing or damaged.
 */
export function openDataset(name: string, folder: string | null): Dataset {
  if (name === 'drawn_digits') return drawnDigits(drawnDigitsPopulation);
  if (folder === null) {
    throw new InputError({ field: 'dataFolder', allowed: `the folder that holds the files of ${name}` });
  }
  return loadDataset(name, folder);
}
