import type { SyntheticKind } from '../../../src/datasets/synthetic/types.ts';

/** Points on rings around the origin, one for each class: no line parts them. */
export interface Rings {
  readonly kind: 'rings';
  readonly classes: number;
  readonly perClass: number;
  /** Standard deviation of the distance from a ring; the rings lie 1 apart. */
  readonly noise: number;
}

export const rings: SyntheticKind<Rings> = {
  shape: ({ classes, perClass }) => ({
    exampleShape: [2],
    classes,
    count: classes * perClass,
    vocabulary: null,
    labelsPerExample: 1,
    isRegression: false,
  }),
  draw: ({ classes, perClass, noise }, random) => {
    const count = classes * perClass;
    const inputs = new Float32Array(2 * count);
    const labels = Uint8Array.from({ length: count }, (_, i) => i % classes);
    for (const [i, label] of labels.entries()) {
      const [angle, radius] = [2 * Math.PI * random.uniform(), 1 + label + noise * random.normal()];
      inputs.set([radius * Math.cos(angle), radius * Math.sin(angle)], 2 * i);
    }
    return { inputs, labels, exampleShape: [2], classes, count };
  },
};
