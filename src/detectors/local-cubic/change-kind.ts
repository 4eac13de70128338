import { type NoiseModel, whiten } from './noise-model.ts';

/** A regressor by its value at each position of the window. */
export type Regressor = (position: number) => number;

/** What of a `WhitenedWindow` a response depends on. */
export interface NoisyWindow {
  readonly length: number;
  readonly noise: NoiseModel;
}

/** A kind of change that is tested at every place of a series. */
export interface ChangeKind {
  /** Measurements from the first that the change moves to the first that it moves in full. */
  readonly extent: number;
  /** The change of size 1 that begins at a position. */
  course(start: number): Regressor;
  /** Which kind it is, by `newKindId`: windows keep by it what they know of kinds. */
  readonly id: number;
  /**
   * Writes the products of a vector with the changes that begin at first … end − 1, times `divisor`, from its products with steps
   * (`stepSums`): of all places in one call, for the kinds differ in what they do at each.
   */
  along(stepSums: Float64Array, first: number, end: number, into: Float64Array): void;
  /** What `along` has left undivided: most products are too small to be worth it. */
  readonly divisor: number;
  /** The change that begins at position 0, as the innovations of `length` measurements that come after a 0. */
  response(window: NoisyWindow): Float64Array;
}

let kinds = 0;

/** For a further kind of change. */
export function newKindId(): number {
  return kinds++;
}

/** A course that begins at 0, as the innovations of as many measurements as a window has, after zeros. */
export function responseOf({ length, noise }: NoisyWindow, course: Regressor): Float64Array {
  // Two zeros first: the first values of a whitened series have weights of their own.
  const values = new Float64Array(length + 2);
  for (let s = 0; s < length; s++) values[s + 2] = course(s);
  return whiten(values, noise).subarray(2);
}
