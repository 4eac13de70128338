import type { StoredTensor } from '../checkpoints/stored-tensor.ts';
import { bytesPerElement } from '../checkpoints/tensor.ts';
import type { Matrix } from '../spectra/types.ts';
import { type MatrixOptions, stackedParts } from './stacked-parts.ts';

/** A weight matrix of a checkpoint, read when it is asked for. */
export interface WeightMatrix {
  /** The parameter's name, with the part behind it where the parameter holds several. */
  readonly name: string;
  /** Element type in the file. */
  readonly type: string;
  readonly rows: number;
  readonly columns: number;
  /** Equal for matrices that are the same elements of the same file. */
  readonly place: string;
  load(): Matrix;
}

/** The matrices of a checkpoint, and what in it is none. */
export interface WeightMatrices {
  readonly matrices: readonly WeightMatrix[];
  /** Tensors that are no weight matrices, by the reason. */
  readonly skipped: Map<string, readonly string[]>;
}

/** What training programs keep beside the weights. */
const notWeights = /^(?:optim|lr_?sched|sched|scaler|loss_scaler|ema_optim)/i;
/** Under which names training programs keep the weights inside a checkpoint. */
const weightPrefixes = ['model_state_dict.', 'state_dict.', 'parameter.'];
const realTypes = new Set(['F64', 'F32', 'F16', 'BF16', 'F8_E4M3', 'F8_E5M2']);

/**
 * The tensors that are a network's weights, under the names that the network gives them: the training program's own prefix
 * taken off, its optimizer and schedules left out.
 */
export function modelWeights(tensors: readonly StoredTensor[]): {
  readonly weights: readonly StoredTensor[];
  readonly beside: readonly string[];
} {
  const prefix = weightPrefixes.find((start) => tensors.some(({ name }) => name.startsWith(start))) ?? '';
  const isWeight = ({ name }: StoredTensor): boolean => name.startsWith(prefix) && !notWeights.test(name);
  return {
    weights: tensors
      .filter(isWeight)
      .map((tensor) => ({ ...tensor, name: tensor.name.slice(prefix.length) })),
    beside: tensors.filter((tensor) => !isWeight(tensor)).map(({ name }) => name),
  };
}

/**
 * The weight matrices of a checkpoint's tensors, in their order: those of two axes, and those of more with the later axes
 * taken as one (a convolution's `[out, in · positions]`).
 */
export function weightMatrices(
  tensors: readonly StoredTensor[],
  options: MatrixOptions = {},
): WeightMatrices {
  const skipped: WeightMatrices['skipped'] = new Map();
  const skip = (reason: string, name: string): void => {
    skipped.set(reason, [...(skipped.get(reason) ?? []), name]);
  };
  const matrices: WeightMatrix[] = [];
  const { weights, beside } = modelWeights(tensors);
  if (beside.length > 0) skipped.set('beside the weights', [...beside]);
  for (const tensor of weights) {
    const { name, type, shape } = tensor;
    if (shape.length < 2) skip('vectors and numbers', name);
    else if (!realTypes.has(type)) skip(`elements of type ${type}`, name);
    else if (shape.includes(0)) skip('without elements', name);
    else matrices.push(...matricesOf(tensor, options));
  }
  return { matrices, skipped };
}

function matricesOf(tensor: StoredTensor, options: MatrixOptions): WeightMatrix[] {
  const { name, type, shape, place } = tensor;
  return stackedParts(name, shape, options).map(({ suffix, rows, columns, at }) => ({
    name: suffix === '' ? name : `${name}${suffix}`,
    type,
    rows,
    columns,
    place: `${place}\0${suffix}`,
    load: () => {
      const { data } = tensor.read();
      const real =
        data instanceof Float64Array || data instanceof Float32Array ? data : Float64Array.from(data, Number);
      if (at === null) return { data: real, rows, columns };
      const part = new (real.constructor as Float32ArrayConstructor)(rows * columns);
      for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) part[r * columns + c] = real[at(r, c)];
      return { data: part, rows, columns };
    },
  }));
}

/** Bytes of the largest matrix as the file holds it. */
export function largestMatrixBytes({ matrices }: WeightMatrices): number {
  return matrices.reduce(
    (most, { type, rows, columns }) => Math.max(most, rows * columns * bytesPerElement(type as 'F32')),
    0,
  );
}
