import type { Dataset } from '../../src/datasets/types.ts';
import { createRandom } from '../../src/numerics/random.ts';

/** Examples scattered around one center per class, which any network learns within a few steps. */
export function toyDataset(count: number, exampleShape: readonly number[] = [1, 4, 4], classes = 3): Dataset {
  const rng = createRandom('toy');
  const size = exampleShape.reduce((a, b) => a * b, 1);
  const centers = Array.from({ length: classes * size }, () => rng.normal());
  const labels = Uint8Array.from({ length: count }, (_, i) => i % classes);
  const inputs = Float32Array.from(
    { length: count * size },
    (_, i) => centers[labels[Math.floor(i / size)] * size + (i % size)] + 0.3 * rng.normal(),
  );
  return { name: 'toy', inputs, labels, exampleShape, classes, count };
}
