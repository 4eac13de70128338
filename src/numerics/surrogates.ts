import { fourier, inverseFourier } from './fourier.ts';
import type { Random } from './random.ts';

/**
 * A surrogate with the same mean and the same periodogram, and uniformly random phases (Theiler et al. 1992): keeps
 * the linear dependence of a stationary series and destroys everything else.
 *
 * @example
 * const surrogate = phaseRandomised(residuals, createRandom(1));
 */
export function phaseRandomised(values: Float64Array, rng: Random): Float64Array {
  const n = values.length;
  const { re, im } = fourier({ re: values, im: new Float64Array(n) });
  for (let k = 1; 2 * k < n; k++) {
    const amplitude = Math.hypot(re[k], im[k]);
    const phase = 2 * Math.PI * rng.uniform();
    re[k] = re[n - k] = amplitude * Math.cos(phase);
    im[k] = amplitude * Math.sin(phase);
    im[n - k] = -im[k];
  }
  // Frequency ½ (n even) is real: its only phases are 0 and π.
  if (n % 2 === 0 && n > 0 && rng.uniform() < 0.5) re[n / 2] = -re[n / 2];
  return inverseFourier({ re, im }).re;
}

/**
 * A circular block bootstrap draw (Politis & Romano 1992): blocks of consecutive values from uniformly drawn
 * places, wrapped round the end and joined to the length of the original.
 *
 * @param blockLength 1 to n points; longer than the dependence to be kept.
 */
export function blockBootstrap(values: Float64Array, blockLength: number, rng: Random): Float64Array {
  const n = values.length;
  if (!(Number.isInteger(blockLength) && blockLength >= 1 && blockLength <= n)) {
    throw new RangeError(`blockLength is ${blockLength}; allowed: an integer from 1 to ${n}`);
  }
  const drawn = new Float64Array(n);
  let origin = 0;
  for (let i = 0; i < n; i++) {
    if (i % blockLength === 0) origin = rng.integer(n);
    drawn[i] = values[(origin + (i % blockLength)) % n];
  }
  return drawn;
}
