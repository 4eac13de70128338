/** Labeled examples, in memory, ready to be cut into batches. */
export interface Dataset {
  readonly name: string;
  /** [count, ...exampleShape], standardized */
  readonly inputs: Float32Array;
  /** One class per example, 0 … classes − 1. */
  readonly labels: Uint8Array;
  /** The shape of one example: [1, 28, 28] for an image of one channel, [100] for a text of 100 word ids. */
  readonly exampleShape: readonly number[];
  readonly classes: number;
  readonly count: number;
}
