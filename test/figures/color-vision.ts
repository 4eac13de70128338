/** How colors look to eyes of every kind, and how far apart. */

export type Rgb = readonly [number, number, number];

type Matrix = readonly [Rgb, Rgb, Rgb];

/**
 * Of linear RGB, at full severity: Machado, Oliveira and Fernandes 2009, *A Physiologically-based Model for Simulation of Color Vision
 * Deficiency*, IEEE TVCG 15(6), the tables that its authors give beside it.
 */
export const visions: Readonly<Record<string, Matrix>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const dot = (a: Rgb, b: Rgb): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const through = (matrix: Matrix, color: Rgb): Rgb => [
  dot(matrix[0], color),
  dot(matrix[1], color),
  dot(matrix[2], color),
];

/** Linear RGB of `#rrggbb` or `rgb(r, g, b)`, by IEC 61966-2-1. */
export function linear(color: string): Rgb {
  const parts = color.startsWith('#')
    ? [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
    : [...color.matchAll(/\d+/g)].map(Number);
  const [r, g, b] = parts.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return [r, g, b];
}

/** Oklab (Ottosson 2020, *A perceptual color space for image processing*): lightness 0 to 1, green to red, blue to yellow. */
export function oklab(color: Rgb): Rgb {
  const [l, m, s] = through(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    color,
  ).map((response) => Math.cbrt(response));
  return through(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [l, m, s],
  );
}

/** Distance of two colors in Oklab, as an eye of that kind sees them; white and black are 1 apart. */
export function seenDistance(a: string, b: string, vision: Matrix): number {
  const [first, second] = [a, b].map((color) => {
    const [r, g, blue] = through(vision, linear(color)).map((part) => Math.min(1, Math.max(0, part)));
    return oklab([r, g, blue]);
  });
  return Math.hypot(first[0] - second[0], first[1] - second[1], first[2] - second[2]);
}

/** Contrast by WCAG 2.2: 1 to 21. */
export function contrast(a: string, b: string): number {
  const [low, high] = [a, b]
    .map((color) => dot(linear(color), [0.2126, 0.7152, 0.0722]))
    .sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}
