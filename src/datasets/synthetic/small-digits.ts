import type { Random } from '../../numerics/random.ts';
import { drawnDigits } from '../drawn-digits.ts';
import type { SyntheticKind } from './types.ts';

/** Drawn digits at half their resolution: cheap enough for long training on a small machine. */
export interface SmallDigits {
  readonly kind: 'small_digits';
  readonly count: number;
}

const size = 28;
const half = size / 2;

/** Means over 2 × 2 pixels; then the mean image is taken away, and all is divided by one standard deviation. Classes are balanced. */
export const smallDigits: SyntheticKind<SmallDigits> = {
  shape: ({ count }) => ({
    exampleShape: [half * half],
    classes: 10,
    count,
    vocabulary: null,
    labelsPerExample: 1,
    isRegression: false,
  }),
  draw: ({ count }, random: Random) => {
    const { inputs: pixels, labels } = drawnDigits({ count, seed: random.uint32() });
    const inputs = new Float32Array(count * half * half);
    for (let i = 0; i < inputs.length; i++) {
      const [image, place] = [Math.floor(i / (half * half)), i % (half * half)];
      const corner = image * size * size + 2 * size * Math.floor(place / half) + 2 * (place % half);
      inputs[i] = [0, 1, size, size + 1].reduce((sum, offset) => sum + pixels[corner + offset], 0) / 4;
    }
    for (let place = 0; place < half * half; place++) {
      let sum = 0;
      for (let i = place; i < inputs.length; i += half * half) sum += inputs[i];
      for (let i = place; i < inputs.length; i += half * half) inputs[i] -= sum / count;
    }
    const sd = Math.sqrt(inputs.reduce((sum, value) => sum + value * value, 0) / inputs.length);
    return {
      inputs: inputs.map((value) => value / (sd || 1)),
      ...{ labels, exampleShape: [half * half], classes: 10, count },
    };
  },
};
