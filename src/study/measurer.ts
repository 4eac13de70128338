import type { LayerRecord } from '../measurements/step-record.ts';
import type { Activation } from '../training/train.ts';
import { measureLayer } from './measure-layer.ts';

/** Measures the layers of a step, on this thread or another; the records are the same to the last bit. */
export interface Measurer {
  /** How many steps may wait to be measured while training goes on. */
  readonly ahead: number;
  /**
   * @param matrices one per layer, `[samples, features]`; they are given away and must not be used afterwards.
   * @returns their records, in the same order.
   */
  measure(matrices: readonly Activation[]): Promise<LayerRecord[]>;
  close(): Promise<void>;
}

/** Measures at once, on the calling thread. */
export const measureHere: Measurer = {
  ahead: 0,
  measure: async (matrices) => matrices.map(measureLayer),
  close: async () => {},
};
