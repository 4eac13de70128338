import type { Tensor } from '../autodiff/tensor.ts';

/** Somewhere in a network where parts work side by side, and the rest reads what they put out. */
export interface Place {
  /** Name of the layer or attention module. */
  readonly name: string;
  readonly kind: 'heads' | 'filters' | 'units';
  /** How many there are; each puts out as many features, one after the other. */
  readonly parts: number;
}

/**
 * Asked at every place of a network while its graph is built: what it returns is read by the rest in place of what the parts put out.
 *
 * @param outputs after the nonlinearity and pooling, `[batch, features]` or `[batch, positions, features]`.
 */
export type Intercept = (place: Place, outputs: Tensor) => Tensor;
