import { fourier, inverseFourier } from './fourier.ts';
import type { Random } from './random.ts';

/**
 * A surrogate with the same mean and the same periodogram, and uniformly random phases (Theiler et al. 1992): keeps
 * the linear dependence of a stationary series and destroys everything else.
 *
 * @example
 * const surrogate = phaseRandomized(residuals, createRandom(1));
 */
export function phaseRandomized(values: Float64Array, rng: Random): Float64Array {
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
