/** Labeled examples, in memory, ready to be cut into batches. */
export interface Dataset {
  readonly name: string;
  /** [count, ...exampleShape], standardized */
  readonly inputs: Float32Array;
  /** [count, labelsPerExample], classes from 0 to classes − 1; of a regression zeros, which mean nothing. */
  readonly labels: Uint8Array;
  /** The shape of one example: [1, 28, 28] for an image of one channel, [100] for a text of 100 word ids. */
  readonly exampleShape: readonly number[];
  /** Classes; of a regression, how many numbers are to be given for an example. */
  readonly classes: number;
  readonly count: number;
  /** Labels of each example: one after every token of a text; 1 if absent. */
  readonly labelsPerExample?: number;
  /** Of a regression: the numbers that are to be given, [count, classes]. Absent where there are classes. */
  readonly targets?: Float32Array;
  /** Of a regression: what each output's squared error counts, [classes]; 1 each if absent. */
  readonly importance?: readonly number[];
}
