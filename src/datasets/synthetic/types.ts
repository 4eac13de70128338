import type { Random } from '../../numerics/random.ts';
import type { Dataset } from '../types.ts';

/** What a plan and a network need to know of a data set before it is drawn. */
export interface SyntheticShape {
  readonly exampleShape: readonly number[];
  readonly classes: number;
  readonly count: number;
  /** Words of which the inputs are ids; null where they are quantities. */
  readonly vocabulary: number | null;
  /** One label after every token, say; 1 where each example has one. */
  readonly labelsPerExample: number;
  /** Whether numbers are to be given, not classes. */
  readonly isRegression: boolean;
}

/** A kind of data that the program draws, given its description `D` in a study file. */
export interface SyntheticKind<D> {
  readonly shape: (description: D) => SyntheticShape;
  /** @param random of this data set alone. */
  readonly draw: (description: D, random: Random) => Omit<Dataset, 'name'>;
}
