import type { TeacherVectors } from './initial-weights.ts';

/** What a network is made for. */
export interface ModelInput {
  /** The shape of one example, e.g. `[1, 28, 28]`. */
  readonly exampleShape: readonly number[];
  readonly classes: number;
  /** What to call the network; the architecture's name if that has one. */
  readonly name?: string;
  /** If the inputs are ids of words: how many words there are. null or absent for inputs that are quantities. */
  readonly vocabulary?: number | null;
  /** Whether an answer is to be given at every position; absent for one answer an example. */
  readonly everyPosition?: boolean;
  /** Of a linear map that is to be learned and known. */
  readonly teacher?: TeacherVectors;
}
