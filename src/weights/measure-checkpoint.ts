import { sha256 } from '../checksums/digest.ts';
import type { MatrixProducts } from '../numerics/band/matrix-products.ts';
import { createRandom } from '../numerics/random.ts';
import type { Matrix } from '../spectra/types.ts';
import { type MatrixMeasurement, measureMatrix } from './measure-matrix.ts';
import type { WeightMatrix } from './weight-matrices.ts';

/** A weight matrix with what was measured of it. */
export interface MeasuredMatrix extends Omit<WeightMatrix, 'load' | 'place'>, MatrixMeasurement {}

/** A name that stands for a matrix measured already. */
export interface TiedMatrix {
  readonly name: string;
  readonly sameAs: string;
}

/** What was measured of a checkpoint's matrices, each once. */
export interface MeasuredCheckpoint {
  readonly matrices: readonly MeasuredMatrix[];
  readonly tied: readonly TiedMatrix[];
}

export interface MeasureOptions {
  /** Seed of the randomized twins; null for none. */
  readonly twinSeed: number | null;
  /** Called before each matrix with how many are done. */
  readonly onMatrix?: (done: number, name: string) => void;
}

/**
 * Measures weight matrices one after the other, so that no more than one is in memory. Tied weights are measured once:
 * those that share their place in a file, and those of one shape that are equal to the bit.
 */
export async function measureCheckpoint(
  matrices: readonly WeightMatrix[],
  products: MatrixProducts,
  { twinSeed, onMatrix = () => {} }: MeasureOptions,
): Promise<MeasuredCheckpoint> {
  const measured: MeasuredMatrix[] = [];
  const tied: TiedMatrix[] = [];
  const known = new Map<string, string>();
  const shapeOf = ({ rows, columns }: WeightMatrix): string => `${rows} ${columns}`;
  const shapes = matrices.map(shapeOf);
  const random = twinSeed === null ? null : createRandom(twinSeed);
  for (const [index, matrix] of matrices.entries()) {
    const { name, type, rows, columns, place } = matrix;
    onMatrix(index, name);
    const shape = shapeOf(matrix);
    const isAlone = shapes.indexOf(shape) === shapes.lastIndexOf(shape);
    let loaded: Matrix | null = null;
    let sameAs = known.get(place);
    if (sameAs === undefined) {
      loaded = matrix.load();
      const content = isAlone ? null : `${shape} ${digestOf(loaded)}`;
      sameAs = content === null ? undefined : known.get(content);
      if (sameAs === undefined && content !== null) known.set(content, name);
      if (sameAs === undefined) known.set(place, name);
    }
    if (sameAs !== undefined) tied.push({ name, sameAs });
    else {
      const facts = await measureMatrix(loaded!, products, random?.fork(name) ?? null);
      measured.push({ name, type, rows, columns, ...facts });
    }
  }
  onMatrix(matrices.length, '');
  return { matrices: measured, tied };
}

function digestOf({ data }: Matrix): string {
  return sha256(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}
