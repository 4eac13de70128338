import type { Model } from '../../models/model.ts';
import type { NamedTensors } from '../../training/train.ts';

/** A weight matrix inside a parameter: `rows × columns` numbers from `offset` on, row after row. */
export interface WeightMatrix {
  /** The parameter's name; with the part's behind it where several are stacked in one, e.g. `….in_proj_weight.query`. */
  readonly name: string;
  readonly parameter: string;
  readonly offset: number;
  /** Units that the weights lead to; words of an embedding, tokens of a position table. */
  readonly rows: number;
  /** Weights of one row; of a filter all positions and channels. */
  readonly columns: number;
}

/** The weight matrices of a network: its parameters of two or more axes, the later ones taken as one. */
export function weightMatrices({ parameters }: Model): WeightMatrix[] {
  return parameters.flatMap(({ name, shape, stacked = [''] }) => {
    if (shape.length < 2) return [];
    const rows = shape[0] / stacked.length;
    const columns = shape.slice(1).reduce((product, extent) => product * extent, 1);
    return stacked.map((part, i) => ({
      name: part === '' ? name : `${name}.${part}`,
      parameter: name,
      offset: i * rows * columns,
      rows,
      columns,
    }));
  });
}

/** The numbers of a matrix, in the tensors' own memory. */
export function valuesOf(
  { parameter, offset, rows, columns }: WeightMatrix,
  tensors: NamedTensors,
): Float32Array {
  return tensors.get(parameter)!.data.subarray(offset, offset + rows * columns);
}
