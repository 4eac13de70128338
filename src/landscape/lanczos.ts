import type { Random } from '../numerics/random.ts';
import { symmetricEigenvectors } from '../numerics/symmetric-eigenvectors.ts';
import { addMultiple, direction, dot, norm, randomDirection } from '../numerics/vectors.ts';
import type { SymmetricOperator } from './symmetric-operator.ts';

/** What is left of a product is rounding below this share of the product. */
const ROUNDING = 1e-13;

/** Eigenvalues of an operator projected on a subspace, descending. */
export interface RitzValues {
  readonly values: Float64Array;
  /** Row-major `[values, basis vectors]`: each Ritz vector of norm 1 in coordinates of the basis. */
  readonly coordinates: Float64Array;
  /** ‖Hy − θy‖ of each: some eigenvalue of the operator lies within it. */
  readonly residuals: Float64Array;
}

/** A subspace that grows by a product with the operator at a time. */
export interface KrylovSpace {
  /** Whether the last product added nothing beyond the basis: Ritz values are eigenvalues. */
  closed(): boolean;
  /**
   * Takes a product with the next vector, and adds that vector to the basis.
   * @returns false if the product is not finite: the space is as it was.
   * @throws RangeError if the product has another length.
   */
  grow(): Promise<boolean>;
  ritz(): RitzValues;
  /** The Ritz vector with these coordinates. */
  vector(coordinates: Float64Array): Float64Array;
  /** Keeps the first Ritz vectors and drops the rest of the space; the next product goes on where it was (thick restart). */
  restart(kept: number): void;
}

/**
 * The Lanczos method with full orthogonalization: an orthonormal basis of v, Hv, H²v, … and the operator in it. Where a
 * product adds nothing new, goes on from a random direction across the basis.
 *
 * Memory: a vector per dimension. Source: Lanczos 1950; the restart: Wu & Simon 2000, *Thick-restart Lanczos method for large
 * symmetric eigenvalue problems*.
 *
 * @param start v, not zero.
 * @param rng for directions after a product that added nothing.
 */
export function krylovSpace(apply: SymmetricOperator, start: Float64Array, rng: Random): KrylovSpace {
  let basis: Float64Array[] = [];
  /** Rows of the operator in the basis. */
  let projected: number[][] = [];
  let next = direction(start);
  /** The size of what the last product added beyond the basis. */
  let beyond = 0;

  /** Takes the parts along the basis out of w, and returns how large they were. */
  const orthogonalize = (w: Float64Array): number[] => {
    const along = new Array<number>(basis.length).fill(0);
    // Once leaves rounding of the size of what was taken out; twice is enough (Parlett 1998, §6.9).
    for (let pass = 0; pass < 2; pass++) {
      basis.forEach((vector, i) => {
        const part = dot(vector, w);
        addMultiple(w, -part, vector);
        along[i] += part;
      });
    }
    return along;
  };

  return {
    closed: () => beyond === 0,
    grow: async () => {
      const product = await apply(next);
      if (product.length !== start.length) {
        throw new RangeError(`a product has ${product.length} elements; allowed: ${start.length}`);
      }
      const size = norm(product);
      if (!Number.isFinite(size)) return false;
      // Scaled, so that no square leaves the range of numbers.
      const w = product.map((value) => (size === 0 ? 0 : value / size));
      basis.push(next);
      const along = orthogonalize(w).map((part) => part * size);
      for (const [i, row] of projected.entries()) row.push(along[i]);
      projected.push(along);
      const left = norm(w);
      if (left > ROUNDING) {
        beyond = left * size;
        next = direction(w);
      } else {
        beyond = 0;
        if (basis.length < start.length) {
          const across = randomDirection(start.length, rng);
          orthogonalize(across);
          next = direction(across);
        }
      }
      return true;
    },
    ritz: () => {
      const order = basis.length;
      const unit = projected.flat().reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
      const { values, vectors } = symmetricEigenvectors(
        Float64Array.from(projected.flat(), (value) => value / unit),
        order,
      );
      return {
        values: values.map((value) => value * unit),
        coordinates: vectors,
        residuals: values.map((_, i) => beyond * Math.abs(vectors[i * order + order - 1])),
      };
    },
    vector: (coordinates) => {
      const sum = new Float64Array(start.length);
      basis.forEach((vector, i) => {
        addMultiple(sum, coordinates[i], vector);
      });
      return sum;
    },
    restart(kept) {
      const { values, coordinates } = this.ritz();
      const order = basis.length;
      basis = Array.from({ length: kept }, (_, i) =>
        this.vector(coordinates.subarray(i * order, (i + 1) * order)),
      );
      projected = Array.from({ length: kept }, (_, i) =>
        Array.from({ length: kept }, (_, j) => (i === j ? values[i] : 0)),
      );
    },
  };
}
