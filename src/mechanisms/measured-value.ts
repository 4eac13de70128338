import type { Determined } from '../spectra/types.ts';

/** A measured number with what is known of its uncertainty, or the reason why there is none. */
export type MeasuredValue =
  | {
      readonly determined: true;
      readonly value: number;
      /** 95 % interval, of measures that have one. */
      readonly interval?: readonly [number, number];
      /** What guessing would reach, of measures that have such a level. */
      readonly chance?: number;
    }
  | Extract<Determined, { determined: false }>;
