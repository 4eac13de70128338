import type { SyntheticKind } from './types.ts';

/** Clusters on the fields of a checkerboard (Recanatesi et al. 2019, of random places): no line parts its two colors. */
export interface Checkerboard {
  readonly kind: 'checkerboard';
  /** Fields along each side of the square [−1, 1]². */
  readonly side: number;
  readonly perField: number;
  /** Standard deviation of the points of a field around its center. */
  readonly noise: number;
}

/** The centers of the outer fields lie on the edge of the square; the class is the color. */
export const checkerboard: SyntheticKind<Checkerboard> = {
  shape: ({ side, perField }) => ({
    exampleShape: [2],
    classes: 2,
    count: side * side * perField,
    vocabulary: null,
    labelsPerExample: 1,
    isRegression: false,
  }),
  draw: ({ side, perField, noise }, random) => {
    const count = side * side * perField;
    const inputs = new Float32Array(2 * count);
    const labels = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      const field = i % (side * side);
      const [row, column] = [Math.floor(field / side), field % side];
      const place = (index: number): number => -1 + (2 * index) / (side - 1) + noise * random.normal();
      inputs.set([place(column), place(row)], 2 * i);
      labels[i] = (row + column) % 2;
    }
    return { inputs, labels, exampleShape: [2], classes: 2, count };
  },
};
