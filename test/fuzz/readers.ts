import type { FuzzedReader } from './fuzzed-reader.ts';
import { checkpointReaders } from './readers/checkpoint-readers.ts';
import { datasetReaders } from './readers/dataset-readers.ts';
import { studyReaders } from './readers/study-readers.ts';
import { textReaders } from './readers/text-readers.ts';

/** Every reader of files that others may have written. A reader is fuzzed by being listed here. */
export const readers: readonly FuzzedReader[] = [
  ...checkpointReaders,
  ...datasetReaders,
  ...textReaders,
  ...studyReaders,
];
