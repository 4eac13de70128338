import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { type IdxArray, readIdx } from './idx.ts';
import { type DatasetPart, type ImageSet, imageSets } from './image-sets.ts';
import { labelledImages } from './labelled-images.ts';
import type { Dataset } from './types.ts';

/** Far above every data set that is read here; a zipped file that grows beyond it is a bomb. */
const mostBytes = 2 ** 30;

/**
 * Loads a data set from files on disk, plain or gzipped.
 *
 * @param name `mnist`, `fashion_mnist` or `qmnist`.
 * @param folder holds the files under their published names (`train-images-idx3-ubyte.gz`, …), in itself or in a
 *   folder named after the data set.
 * @param part which half; without it the training half, or the test half where only that is there.
 * @throws InputError where a file is missing or damaged; for a missing one it says which to put where.
 * @example
 * const digits = loadDataset('mnist', 'data'); // reads data/mnist/train-images-idx3-ubyte.gz and its labels
 */
export function loadDataset(name: string, folder: string, part?: DatasetPart): Dataset {
  if (!Object.hasOwn(imageSets, name))
    throw new InputError({ field: 'dataset', value: name, allowed: oneOf(name, Object.keys(imageSets)) });
  const set: ImageSet = imageSets[name as keyof typeof imageSets];
  const { mean, sd, classes } = set;
  const { images, labels } = findFiles(name, folder, set, part === undefined ? ['train', 'test'] : [part]);
  return labelledImages({
    name,
    mean,
    sd,
    classes,
    images: readIdxFile(images),
    labels: readIdxFile(labels),
  });
}

/** The paths of the first part of which both files are there. */
function findFiles(name: string, folder: string, { files }: ImageSet, parts: readonly DatasetPart[]) {
  const places = foldersOf(name, folder);
  for (const part of parts) {
    for (const place of places) {
      const images = existing(join(place, files[part].images));
      const labels = existing(join(place, files[part].labels));
      if (images !== null && labels !== null) return { images, labels };
    }
  }
  const { images, labels } = files[parts[0]];
  throw new InputError({
    file: folder,
    field: name,
    value: 'missing',
    allowed: `put ${images}.gz and ${labels}.gz (or unzipped, without .gz) into ${places[0]}`,
  });
}

/**
 * MNIST and Fashion-MNIST use the same file names, so a folder that is named after another data set is not
 * searched.
 */
function foldersOf(name: string, folder: string): string[] {
  const own = basename(resolve(folder));
  const isAnother = own !== name && Object.hasOwn(imageSets, own);
  return isAnother ? [join(folder, name)] : own === name ? [folder] : [join(folder, name), folder];
}

function existing(path: string): string | null {
  return [`${path}.gz`, path].find((candidate) => existsSync(candidate)) ?? null;
}

function readIdxFile(path: string): IdxArray & { readonly file: string } {
  return { ...readIdx(readPossiblyZipped(path), path), file: path };
}

/** Whether a file is gzipped is told by its first two bytes (RFC 1952), not by its name. */
export function readPossiblyZipped(path: string, limit = mostBytes): Uint8Array {
  const { size } = statSync(path);
  if (size > limit)
    throw new InputError({
      file: path,
      field: 'file length',
      value: size,
      allowed: `at most ${limit} bytes`,
    });
  const bytes = readFileSync(path);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: limit });
  } catch (error) {
    const tooLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new InputError({
      file: path,
      field: 'gzip data',
      value: (error as Error).message,
      allowed: tooLong ? `at most ${limit} bytes when unzipped` : 'an undamaged gzip file',
    });
  }
}
