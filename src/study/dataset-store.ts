import { fileDatasetNames, loadAgNews, loadDataset } from '../datasets/dataset-files.ts';
import { drawnDigits } from '../datasets/drawn-digits.ts';
import { type TeacherModes, teacherModes } from '../datasets/synthetic/linear-teacher.ts';
import {
  drawSynthetic,
  type SyntheticData,
  syntheticRandom,
  syntheticShape,
} from '../datasets/synthetic/synthetic-data.ts';
import type { Dataset } from '../datasets/types.ts';
import { InputError } from '../errors/input-error.ts';

/** A data set, and of how many words its inputs are ids; null where they are quantities. */
export interface StudyDataset extends Dataset {
  readonly vocabulary: number | null;
}

/**
 * Populations of drawn digits, the same in every study, so that runs of different seeds draw their examples from one
 * population. The second is more of the same kind, as QMNIST is to MNIST.
 */
const drawnSets = ['drawn_digits', 'drawn_digits_2'] as const;
const drawnCount = 6000;

/**
 * Data sets that a study can name. The drawn ones need no files. `ag_news` is as the published study had it, ids of
 * words fed as if they were quantities; `ag_news_tokens` are the same texts for a network with word vectors.
 */
export const datasetNames = [...drawnSets, ...fileDatasetNames, 'ag_news_tokens'] as const;

/** What a network and a plan need to know of a data set. */
export interface DatasetShape
  extends Pick<StudyDataset, 'exampleShape' | 'classes' | 'count' | 'vocabulary' | 'labelsPerExample'> {
  /** Whether numbers are to be given, not classes. */
  readonly isRegression: boolean;
}

/** A data set as a plan names it. */
export interface PlannedDataset {
  readonly dataset: string;
  /** Where its files are; null for none. */
  readonly dataFolder: string | null;
  /** What it is, where the program draws it; absent for those that have a name of their own. */
  readonly synthetic?: SyntheticData;
}

/**
 * Opens a data set of a plan: one of `datasetNames`, or one that is described.
 *
 * @throws InputError if files are missing or damaged; for missing ones it says which to put where.
 */
export function openDataset({ dataset: name, dataFolder: folder, synthetic }: PlannedDataset): StudyDataset {
  if (synthetic !== undefined) {
    return { ...drawSynthetic(name, synthetic), vocabulary: syntheticShape(synthetic).vocabulary };
  }
  if (isDrawn(name)) return { ...drawnDigits({ count: drawnCount, seed: name }), vocabulary: null };
  if (folder === null) {
    throw new InputError({ field: 'dataFolder', allowed: `the folder that holds the files of ${name}` });
  }
  if (name !== 'ag_news_tokens') return { ...loadDataset(name, folder), vocabulary: null };
  const { ids, labels, length, classes, count, vocabularySize } = loadAgNews(folder);
  const inputs = Float32Array.from(ids);
  return { name, inputs, labels, exampleShape: [length], classes, count, vocabulary: vocabularySize };
}

/**
 * The shape of a data set, checked as thoroughly as by opening it.
 *
 * @throws InputError as `openDataset`.
 */
export function datasetShape(planned: PlannedDataset): DatasetShape {
  if (planned.synthetic !== undefined) return syntheticShape(planned.synthetic);
  const isRegression = false;
  // Drawing takes seconds, and cannot go wrong.
  if (isDrawn(planned.dataset)) {
    return { exampleShape: [1, 28, 28], classes: 10, count: drawnCount, vocabulary: null, isRegression };
  }
  const { exampleShape, classes, count, vocabulary } = openDataset(planned);
  return { exampleShape, classes, count, vocabulary, isRegression };
}

function isDrawn(name: string): boolean {
  return (drawnSets as readonly string[]).includes(name);
}

/** The singular vectors and values of the map that a plan's data teach; undefined for data that are no linear teacher's. */
export function teacherOf({ synthetic }: Pick<PlannedDataset, 'synthetic'>): TeacherModes | undefined {
  return synthetic?.kind === 'linear_teacher'
    ? teacherModes(synthetic, syntheticRandom(synthetic))
    : undefined;
}
