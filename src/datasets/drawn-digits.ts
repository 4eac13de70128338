import { InputError } from '../errors/input-error.ts';
import { createRandom, permutation, type Random } from '../numerics/random.ts';
import { digitStrokes, type Point } from './digit-strokes.ts';
import { drawStrokes } from './draw-strokes.ts';
import { smoothCurve } from './smooth-curve.ts';
import type { Dataset } from './types.ts';

export interface DrawnDigitsOptions {
  /** How many digits. */
  readonly count: number;
  /** Equal seeds give equal digits; a larger count continues a smaller one. */
  readonly seed: string | number;
}

const size = 28;
const classes = 10;
/** Pixels per unit of the box in which the strokes are given: a digit is about 18.5 pixels high. */
const unit = 1.32;
/** Standard deviations (uniform ranges where two numbers are given) of what differs from one digit to the next. */
const jitter = {
  /** Of every point of a stroke, in units of the box. */
  point: 0.35,
  rotation: 0.14,
  shear: 0.14,
  /** Of the logarithm of width and height. */
  scale: 0.1,
  /** Of the center, in pixels. */
  shift: 1.3,
  penRadius: [0.7, 1.5],
  penSoftness: [0.5, 1],
  ink: [0.75, 1],
  /** Of each pixel's ink. */
  noise: 0.06,
};
/** Mean and standard deviation of the ink over 20,000 digits. */
const mean = 0.1266;
const sd = 0.2433;

/**
 * Digits that need no download: the strokes of each digit, in one of two or three ways of writing it, bent, turned,
 * slanted, stretched and shifted at random, drawn with a random pen, with noise on every pixel.
 *
 * Every run of ten examples from a multiple of ten on holds each class once, in random order. Trained on 1,500 of
 * them, a linear model gets about 90 % of new ones right, an MLP of four narrow layers 92 %, a small CNN 98 to 99 %.
 *
 * @returns `exampleShape` [1, 28, 28], ten classes; ink in [0, 1] standardized by the population's mean and sd.
 * @throws InputError where `count` is no whole number above 0.
 * @example
 * const digits = drawnDigits({ count: 1500, seed: 1 });
 */
export function drawnDigits({ count, seed }: DrawnDigitsOptions): Dataset {
  if (!Number.isSafeInteger(count) || count < 1)
    throw new InputError({ field: 'count', value: count, allowed: 'a whole number above 0' });
  const random = createRandom(seed);
  const inputs = new Float32Array(count * size * size);
  const labels = new Uint8Array(count);
  for (let first = 0; first < count; first += classes) {
    const rng = random.fork(first);
    permutation(classes, rng).forEach((digit, i) => {
      if (first + i >= count) return;
      labels[first + i] = digit;
      const ink = drawDigit(digit, rng);
      const offset = (first + i) * size * size;
      for (let pixel = 0; pixel < ink.length; pixel++) inputs[offset + pixel] = (ink[pixel] - mean) / sd;
    });
  }
  return { name: 'drawn_digits', inputs, labels, exampleShape: [1, size, size], classes, count };
}

/** [28 * 28] ink in [0, 1]. */
function drawDigit(digit: number, rng: Random): Float64Array {
  const ways = digitStrokes[digit];
  const toPixels = randomPlacement(rng);
  const lines = ways[rng.integer(ways.length)].map((stroke) => {
    const bent = stroke.map(
      ([x, y]): Point => [x + jitter.point * rng.normal(), y + jitter.point * rng.normal()],
    );
    return smoothCurve(bent).map(toPixels);
  });
  const pen = { radius: between(jitter.penRadius, rng), softness: between(jitter.penSoftness, rng) };
  const darkness = between(jitter.ink, rng);
  // A loop: a population has millions of pixels, and every process that trains on it draws it.
  const ink = drawStrokes(lines, pen, size);
  for (let pixel = 0; pixel < ink.length; pixel++)
    ink[pixel] = Math.min(1, Math.max(0, darkness * ink[pixel] + jitter.noise * rng.normal()));
  return ink;
}

/** A random affine map from the box of the strokes to pixels. */
function randomPlacement(rng: Random): (point: Point) => Point {
  const angle = jitter.rotation * rng.normal();
  const slant = jitter.shear * rng.normal();
  const width = unit * Math.exp(jitter.scale * rng.normal());
  const height = unit * Math.exp(jitter.scale * rng.normal());
  const center = (size - 1) / 2;
  const [cx, cy] = [center + jitter.shift * rng.normal(), center + jitter.shift * rng.normal()];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return ([x, y]) => {
    const v = height * (y - 7);
    const u = width * (x - 5) - slant * v;
    return [cx + cos * u - sin * v, cy + sin * u + cos * v];
  };
}

function between(range: readonly number[], rng: Random): number {
  return range[0] + (range[1] - range[0]) * rng.uniform();
}
