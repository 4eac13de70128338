import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { readBounded } from '../files/read-file.ts';
import { gunzip } from '../formats/inflate.ts';
import { idsAsNumbers, readAgNews, type TokenDataset, tokenize } from './ag-news.ts';
import { readCifar10 } from './cifar10.ts';
import { type IdxArray, readIdx } from './idx.ts';
import { type DatasetPart, imageSets } from './image-sets.ts';
import { labeledImages } from './labeled-images.ts';
import type { Dataset } from './types.ts';
import { untar } from './untar.ts';
import { buildVocabulary } from './vocabulary.ts';

/** Far above every data set that is read here; a zipped file that grows beyond it is a bomb. */
const mostBytes = 2 ** 30;

/** Data sets that `loadDataset` reads. */
export const fileDatasetNames = [
  ...(Object.keys(imageSets) as (keyof typeof imageSets)[]),
  'cifar10',
  'ag_news',
] as const;

/**
 * Loads a data set from files on disk, plain or gzipped.
 *
 * AG News comes as the published study used it: the ids of the first 100 words as plain numbers; `loadAgNews` gives
 * them as integers.
 *
 * @param name one of `fileDatasetNames`.
 * @param folder holds the files under their published names (`train-images-idx3-ubyte.gz`, …), in itself or in a
 *   folder named after the data set.
 * @param part which half; without it the training half, or the test half where only that is there.
 * @throws InputError where a file is missing or damaged; for a missing one it says which to put where.
 * @example
 * const digits = loadDataset('mnist', 'data'); // reads data/mnist/train-images-idx3-ubyte.gz and its labels
 */
export function loadDataset(name: string, folder: string, part?: DatasetPart): Dataset {
  if (Object.hasOwn(imageSets, name)) return loadImages(name as keyof typeof imageSets, folder, part);
  if (name === 'cifar10') return loadCifar10(folder, part);
  if (name === 'ag_news') return idsAsNumbers(loadAgNews(folder, part));
  throw new InputError({ field: 'dataset', value: name, allowed: oneOf(name, fileDatasetNames) });
}

/**
 * Loads AG News as word ids for an embedding. The vocabulary is the 5,000 commonest words of the training half, or
 * of the test half where only that is there.
 *
 * @param folder holds train.csv and test.csv, in itself or in a folder `ag_news`.
 * @throws InputError as `loadDataset`.
 */
export function loadAgNews(folder: string, part?: DatasetPart): TokenDataset {
  const files = { train: ['train.csv'], test: ['test.csv'] };
  const [wanted] = findFiles('ag_news', folder, files, part);
  const [learned] = findFiles('ag_news', folder, files);
  const texts = readAgNews(readPossiblyZipped(wanted), wanted);
  const known = learned === wanted ? texts : readAgNews(readPossiblyZipped(learned), learned);
  return tokenize(texts, buildVocabulary(known.map(({ text }) => text)));
}

function loadImages(name: keyof typeof imageSets, folder: string, part?: DatasetPart): Dataset {
  const { mean, sd, classes, files } = imageSets[name];
  const byPart = {
    train: [files.train.images, files.train.labels],
    test: [files.test.images, files.test.labels],
  };
  const [images, labels] = findFiles(name, folder, byPart, part).map(readIdxFile);
  return labeledImages({ name, mean, sd, classes, images, labels });
}

/** From the published archive, or from the folder that it unpacks to. */
function loadCifar10(folder: string, part?: DatasetPart): Dataset {
  const inside = 'cifar-10-batches-bin';
  const names = {
    train: [1, 2, 3, 4, 5].map((batch) => `${inside}/data_batch_${batch}.bin`),
    test: [`${inside}/test_batch.bin`],
  };
  const archive = foldersOf('cifar10', folder)
    .map((place) => existing(join(place, 'cifar-10-binary.tar')))
    .find((path) => path !== null);
  if (archive === undefined) {
    const files = findFiles('cifar10', folder, names, part);
    return readCifar10(files.map((file) => ({ bytes: readPossiblyZipped(file), file })));
  }
  const entries = untar(readPossiblyZipped(archive), archive);
  return readCifar10(
    names[part ?? 'train'].map((file) => {
      const bytes = entries.get(file);
      if (bytes === undefined)
        throw new InputError({
          file: archive,
          field: file,
          value: 'missing',
          allowed: 'the archive as published',
        });
      return { bytes, file: `${archive}/${file}` };
    }),
  );
}

/** The paths of the files of a part, or of the first part of which all files are there. */
function findFiles(
  name: string,
  folder: string,
  files: Readonly<Record<DatasetPart, readonly string[]>>,
  part?: DatasetPart,
): string[] {
  const parts: readonly DatasetPart[] = part === undefined ? ['train', 'test'] : [part];
  const places = foldersOf(name, folder);
  for (const names of parts.map((candidate) => files[candidate])) {
    for (const place of places) {
      const paths = names.map((file) => existing(join(place, file))).filter((path) => path !== null);
      if (paths.length === names.length) return paths;
    }
  }
  throw new InputError({
    file: folder,
    field: name,
    value: 'missing',
    allowed: `put ${files[parts[0]].join(', ')} (gzipped, with .gz, or not) into ${places[0]}`,
  });
}

/**
 * MNIST and Fashion-MNIST use the same file names, so a folder that is named after another data set is not
 * searched.
 */
function foldersOf(name: string, folder: string): string[] {
  const own = basename(resolve(folder));
  if (own === name) return [folder];
  const isAnother = (fileDatasetNames as readonly string[]).includes(own);
  return isAnother ? [join(folder, name)] : [join(folder, name), folder];
}

function existing(path: string): string | null {
  return [`${path}.gz`, path].find((candidate) => existsSync(candidate)) ?? null;
}

function readIdxFile(path: string): IdxArray & { readonly file: string } {
  return { ...readIdx(readPossiblyZipped(path), path), file: path };
}

/** Whether a file is gzipped is told by its first two bytes (RFC 1952), not by its name. */
export function readPossiblyZipped(path: string, limit = mostBytes): Uint8Array {
  const bytes = readBounded(path, limit);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  return gunzip(bytes, { file: path, field: 'gzip data', limit });
}
