/** A complex vector, real and imaginary parts apart. */
export interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * The discrete Fourier transform X_k = Σ x_t·exp(−2πi·k·t/n) for any n: Cooley-Tukey where n is a power of two,
 * Bluestein's chirp convolution (1970) elsewhere. O(n log n).
 *
 * @example
 * fourier({ re: Float64Array.of(1, 0, 0), im: new Float64Array(3) }).re; // 1, 1, 1
 */
export function fourier({ re, im }: Complex): Complex {
  const n = re.length;
  return (n & (n - 1)) === 0 ? radix2({ re, im }) : bluestein({ re, im });
}

/** The inverse transform, with the factor 1/n. */
export function inverseFourier({ re, im }: Complex): Complex {
  const n = re.length;
  const swapped = fourier({ re: im, im: re });
  return { re: swapped.im.map((value) => value / n), im: swapped.re.map((value) => value / n) };
}

function radix2({ re, im }: Complex): Complex {
  const n = re.length;
  const outRe = new Float64Array(n);
  const outIm = new Float64Array(n);
  const bits = Math.round(Math.log2(Math.max(n, 1)));
  for (let i = 0; i < n; i++) {
    let reversed = 0;
    for (let b = 0; b < bits; b++) if (i & (1 << b)) reversed |= 1 << (bits - 1 - b);
    outRe[reversed] = re[i];
    outIm[reversed] = im[i];
  }
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      const cos = Math.cos((2 * Math.PI * k) / size);
      const sin = -Math.sin((2 * Math.PI * k) / size);
      for (let even = k; even < n; even += size) {
        const odd = even + half;
        const r = outRe[odd] * cos - outIm[odd] * sin;
        const s = outRe[odd] * sin + outIm[odd] * cos;
        outRe[odd] = outRe[even] - r;
        outIm[odd] = outIm[even] - s;
        outRe[even] += r;
        outIm[even] += s;
      }
    }
  }
  return { re: outRe, im: outIm };
}

function bluestein({ re, im }: Complex): Complex {
  const n = re.length;
  let size = 1;
  while (size < 2 * n - 1) size *= 2;
  const chirpRe = new Float64Array(n);
  const chirpIm = new Float64Array(n);
  for (let t = 0; t < n; t++) {
    // t² modulo 2n keeps the angle small, and so exact, for long series.
    const angle = (Math.PI * ((t * t) % (2 * n))) / n;
    chirpRe[t] = Math.cos(angle);
    chirpIm[t] = -Math.sin(angle);
  }
  const signal = { re: new Float64Array(size), im: new Float64Array(size) };
  const kernel = { re: new Float64Array(size), im: new Float64Array(size) };
  for (let t = 0; t < n; t++) {
    signal.re[t] = re[t] * chirpRe[t] - im[t] * chirpIm[t];
    signal.im[t] = re[t] * chirpIm[t] + im[t] * chirpRe[t];
    kernel.re[t] = kernel.re[(size - t) % size] = chirpRe[t];
    kernel.im[t] = kernel.im[(size - t) % size] = -chirpIm[t];
  }
  const a = radix2(signal);
  const b = radix2(kernel);
  const convolution = inverseFourier({
    re: a.re.map((value, k) => value * b.re[k] - a.im[k] * b.im[k]),
    im: a.re.map((value, k) => value * b.im[k] + a.im[k] * b.re[k]),
  });
  return {
    re: chirpRe.map((c, k) => c * convolution.re[k] - chirpIm[k] * convolution.im[k]),
    im: chirpRe.map((c, k) => c * convolution.im[k] + chirpIm[k] * convolution.re[k]),
  };
}
