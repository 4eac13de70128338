import { InputError } from '../../errors/input-error.ts';
import { type Complex, generalEigenvalues } from '../../numerics/general-eigenvalues.ts';
import { determined, undetermined } from '../../spectra/determined.ts';
import type { Determined, Matrix } from '../../spectra/types.ts';

/** The weights through which a head moves what it attends to, as PyTorch's `MultiheadAttention` stores them for all heads. */
export interface ValueAndOutput {
  /** `[width, width]`: the value projection, rows of one head after those of another (the last third of `in_proj_weight`). */
  readonly value: Matrix;
  /** `[width, width]`: the output projection, columns of one head after those of another (`out_proj.weight`). */
  readonly output: Matrix;
  readonly heads: number;
}

/** From what a head reads to what its output is read by, of token models; without them the residual stream itself. */
export interface TokenMaps {
  /** `[tokens, width]`. */
  readonly embedding: Matrix;
  /** `[tokens, width]`. */
  readonly unembedding: Matrix;
}

/**
 * Copying score of every head: Σλ / Σ|λ| over the eigenvalues of its OV circuit, which says what the head adds to the stream
 * for what it looks at. 1 for a head that adds more of what it sees in every direction it reads (it copies), −1 for one that removes it, 0
 * on average for random weights. From −1 to 1. With `tokens`, the circuit from token to logit, W_E W_V W_O W_U.
 *
 * @returns by head; undetermined where all eigenvalues are 0, or a weight is not finite.
 * @throws InputError if the shapes do not fit.
 * Source: Elhage et al. 2021, *A mathematical framework for transformer circuits* ("summary of OV/QK eigenvalues").
 * @example
 * const one = { data: Float64Array.of(1, 0, 0, 1), rows: 2, columns: 2 };
 * copyingScore({ value: one, output: one, heads: 1 }) // [{ determined: true, value: 1 }]
 */
export function copyingScore({ value, output, heads }: ValueAndOutput, tokens?: TokenMaps): Determined[] {
  const width = output.rows;
  const size = value.rows / heads;
  const fits = value.rows === output.columns && value.columns === width && Number.isInteger(size) && size > 0;
  if (!fits) {
    const shapes = [value.rows, value.columns, output.rows, output.columns];
    throw new InputError({
      ...{ field: 'value and output', value: shapes },
      allowed: `[width, width] each, with a width that ${heads} heads divide`,
    });
  }
  const through = tokens === undefined ? null : streamMap(tokens, width);
  return Array.from({ length: heads }, (_, head) => {
    // The circuit is W_O W_V; what is not 0 among its eigenvalues are those of the small W_V W_O.
    const reads = { ...value, data: value.data.subarray(head * size * width, (head + 1) * size * width) };
    const rows = { data: reads.data, rows: size, columns: width };
    const writes = columnsOf(output, head * size, size);
    const circuit = product(through === null ? rows : product(rows, through), writes);
    return scoreOf(generalEigenvalues(Float64Array.from(circuit.data), size));
  });
}

function scoreOf(eigenvalues: readonly Complex[] | null): Determined {
  if (eigenvalues === null) return undetermined('a weight is not finite');
  let [sum, sizes] = [0, 0];
  for (const { real, imaginary } of eigenvalues) {
    sum += real;
    sizes += Math.hypot(real, imaginary);
  }
  return sizes === 0 ? undetermined('the head moves nothing: its circuit is zero') : determined(sum / sizes);
}

/** `[width, width]`: W_Eᵀ W_U, from the stream's logits back to what tokens bring into it. */
function streamMap({ embedding, unembedding }: TokenMaps, width: number): Matrix {
  if (embedding.columns !== width || unembedding.columns !== width || embedding.rows !== unembedding.rows) {
    throw new InputError({
      field: 'tokens',
      value: [embedding.rows, embedding.columns, unembedding.rows, unembedding.columns],
      allowed: `embedding and unembedding of the same tokens, [tokens, ${width}]`,
    });
  }
  const data = new Float64Array(width * width);
  for (let token = 0; token < embedding.rows; token++) {
    for (let i = 0; i < width; i++) {
      const weight = embedding.data[token * width + i];
      for (let j = 0; j < width; j++) data[i * width + j] += weight * unembedding.data[token * width + j];
    }
  }
  return { data, rows: width, columns: width };
}

function columnsOf({ data, rows, columns }: Matrix, from: number, count: number): Matrix {
  const taken = Float64Array.from({ length: rows * count }, (_, at) => {
    return data[Math.floor(at / count) * columns + from + (at % count)];
  });
  return { data: taken, rows, columns: count };
}

function product(a: Matrix, b: Matrix): Matrix {
  const data = new Float64Array(a.rows * b.columns);
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.columns; k++) {
      const weight = a.data[i * a.columns + k];
      for (let j = 0; j < b.columns; j++) data[i * b.columns + j] += weight * b.data[k * b.columns + j];
    }
  }
  return { data, rows: a.rows, columns: b.columns };
}
