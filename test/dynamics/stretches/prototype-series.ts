/** The series of golden/make.py, by the same arithmetic. */
export interface SeriesSpec {
  readonly seed: number;
  readonly n: number;
  readonly shape: 'none' | 'ramp' | 'collapse and recovery';
  readonly phi?: number;
  readonly shrink?: number;
  readonly spikes?: number;
  readonly grain?: number;
  readonly at?: number;
  readonly size?: number;
  readonly width?: number;
}

export function prototypeSeries(spec: SeriesSpec): Float64Array {
  const { n, phi, shrink, spikes, grain } = spec;
  let values = noise(spec.seed, n);
  if (phi !== undefined) {
    let level = 0;
    values = values.map((value) => {
      level = phi * level + value;
      return level;
    });
  }
  if (shrink !== undefined) values = values.map((value, t) => value * 2 ** -Math.floor((shrink * t) / n));
  values = values.map((value, t) => value + shapeAt(spec, t));
  if (spikes !== undefined) values = values.map((value, t) => value + (t % spikes === 3 ? 10 : 0));
  if (grain !== undefined) values = values.map((value) => grain * Math.floor(value / grain));
  return values;
}

function noise(seed: number, n: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: n }, () => {
    let total = 0;
    for (let k = 0; k < 12; k++) {
      state = (Math.imul(1664525, state) + 1013904223) >>> 0;
      total += state / 2 ** 32;
    }
    return total - 6;
  });
}

function shapeAt({ shape, at = 0, size = 0, width = 1 }: SeriesSpec, t: number): number {
  const ramp = Math.min(1, Math.max(0, (t - at) / width));
  if (shape === 'ramp') return size * ramp;
  return shape === 'none' ? 0 : size * (Math.max(0, 1 - t / 10) + 0.5 * ramp);
}
