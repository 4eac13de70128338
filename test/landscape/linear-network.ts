import type { SampledLoss } from '../../src/landscape/local-learning-coefficient.ts';

/**
 * The learning coefficient of a deep linear network in closed form, with its multiplicity: Aoyagi 2024, *Consideration on the
 * learning efficiency of multiple-layered neural networks with linear units*, theorem 1.
 *
 * @param widths of all layers, input first.
 * @param rank of the true map.
 */
export function linearNetworkCoefficient(
  widths: readonly number[],
  rank: number,
): { readonly coefficient: number; readonly multiplicity: number } {
  const rest = widths.map((width) => width - rank);
  const chosen = binding(rest);
  const links = chosen.length - 1;
  const sum = chosen.reduce((total, width) => total + width, 0);
  const over = sum - (Math.ceil(sum / links) - 1) * links;
  const pairs = (sum ** 2 - chosen.reduce((total, width) => total + width ** 2, 0)) / 2;
  const ends = widths[0] + widths[widths.length - 1];
  return {
    coefficient:
      (rank * ends - rank ** 2) / 2 +
      (over * (links - over)) / (4 * links) -
      ((links - 1) * links * (sum / links) ** 2) / 4 +
      pairs / 2,
    multiplicity: over * (links - over) + 1,
  };
}

/** The set of layers whose widths beyond the rank bind: each below Σ/ℓ, all others at least that. */
function binding(rest: readonly number[]): number[] {
  for (let mask = 1; mask < 1 << rest.length; mask++) {
    const [inside, outside] = [1, 0].map((bit) => rest.filter((_, i) => ((mask >> i) & 1) === bit));
    const links = inside.length - 1;
    if (links < 1) continue;
    const sum = inside.reduce((total, width) => total + width, 0);
    if (inside.every((width) => width * links < sum) && outside.every((width) => width * links >= sum)) {
      return inside;
    }
  }
  // A layer is as narrow as the true map: nothing is left beyond it.
  return [0, 0];
}

/** ½‖W_L … W₁ − A‖², with A of ones on the first `rank` places of the diagonal, and W so at the most singular true point. */
export function linearNetwork(widths: readonly number[], rank: number) {
  const layers = widths.slice(1).map((rows, l) => ({ rows, columns: widths[l] }));
  const unit = (rows: number, columns: number): number[] =>
    Array.from({ length: rows * columns }, (_, at) =>
      Math.floor(at / columns) === at % columns && at % columns < rank ? 1 : 0,
    );
  const target = unit(widths[widths.length - 1], widths[0]);
  const lossAt: SampledLoss = async (parameters) => {
    const gradient = new Float64Array(parameters.length);
    let offset = 0;
    const matrices = layers.map(({ rows, columns }) => {
      offset += rows * columns;
      return parameters.subarray(offset - rows * columns, offset);
    });
    const products = [matrices[0]];
    for (let l = 1; l < layers.length; l++) {
      products.push(multiply(matrices[l], products[l - 1], layers[l].rows, layers[l].columns, widths[0]));
    }
    let back: Float64Array = products[layers.length - 1].map((value, i) => value - target[i]);
    const loss = back.reduce((sum, value) => sum + value * value, 0) / 2;
    for (let l = layers.length - 1; l >= 0; l--) {
      const { rows, columns } = layers[l];
      const own =
        l === 0
          ? back
          : multiply(back, transpose(products[l - 1], columns, widths[0]), rows, widths[0], columns);
      offset -= rows * columns;
      gradient.set(own, offset);
      if (l > 0) back = multiply(transpose(matrices[l], rows, columns), back, columns, rows, widths[0]);
    }
    return { loss, gradient };
  };
  return { lossAt, center: Float64Array.from(layers.flatMap(({ rows, columns }) => unit(rows, columns))) };
}

/** [n, k] · [k, m]. */
function multiply(a: Float64Array, b: Float64Array, n: number, k: number, m: number): Float64Array {
  const product = new Float64Array(n * m);
  for (let i = 0; i < n; i++) {
    for (let l = 0; l < k; l++) {
      for (let j = 0; j < m; j++) product[i * m + j] += a[i * k + l] * b[l * m + j];
    }
  }
  return product;
}

function transpose(a: Float64Array, rows: number, columns: number): Float64Array {
  const turned = new Float64Array(a.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) turned[j * rows + i] = a[i * columns + j];
  }
  return turned;
}
