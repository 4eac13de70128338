/**
 * First-order noise, in one of two kinds. *Stationary*: it comes back to the level, y_t = φ·y_{t−1} + e_t. *Wandering*:
 * its increments are such noise, and nothing brings it back; then only what no run of such increments would do is a
 * change.
 */
export interface NoiseModel {
  /** Coefficient of the noise, or of its increments where it wanders; 0 to below 1. */
  readonly phi: number;
  readonly wandering: boolean;
}

/** A coefficient to the nearest hundredth, far within its standard error: few enough that windows are used again. */
export function noiseModel(phi: number, wandering: boolean): NoiseModel {
  return { phi: Math.round(100 * phi) / 100, wandering };
}

/**
 * Turns values into their innovations, in place: independent entries of equal variance where the values are noise of the
 * model. What cannot be whitened, the level that a wandering series starts from, becomes 0.
 */
export function whiten(values: Float64Array, noise: NoiseModel): Float64Array {
  whitenFrom(values, 0, values.length, 0, noise, values);
  return values;
}

/**
 * The innovations of `length` values from `start` on, as `whiten` gives them once `origin` is subtracted.
 *
 * @param into entry stride·s + offset gets that of value s; `values` themselves, where these are whole.
 */
export function whitenFrom(
  values: Float64Array,
  start: number,
  length: number,
  origin: number,
  { phi, wandering }: NoiseModel,
  into: Float64Array,
  stride = 1,
  offset = 0,
): void {
  // Apart, for the engine compiles what has run: of the one kind of noise it would know nothing yet.
  if (wandering) whitenWandering(values, start, length, origin, phi, into, stride, offset);
  else whitenStationary(values, start, length, origin, phi, into, stride, offset);
}

function whitenStationary(
  values: Float64Array,
  start: number,
  length: number,
  origin: number,
  phi: number,
  into: Float64Array,
  stride: number,
  offset: number,
): void {
  let at = offset;
  let value = values[start] - origin;
  into[at] = value * Math.sqrt(1 - phi * phi);
  for (let s = 1; s < length; s++) {
    const before = value;
    value = values[start + s] - origin;
    at += stride;
    into[at] = value - phi * before;
  }
}

function whitenWandering(
  values: Float64Array,
  start: number,
  length: number,
  origin: number,
  phi: number,
  into: Float64Array,
  stride: number,
  offset: number,
): void {
  const firstWeight = Math.sqrt(1 - phi * phi);
  let at = offset;
  let value = values[start] - origin;
  into[at] = 0;
  let increment = 0;
  for (let s = 1; s < length; s++) {
    const before = value;
    const incrementBefore = increment;
    value = values[start + s] - origin;
    increment = value - before;
    at += stride;
    into[at] = s === 1 ? increment * firstWeight : increment - phi * incrementBefore;
  }
}

/** What a unit step becomes: 1 at its place, `next` at the one after, `rest` for ever after. */
export interface StepResponse {
  readonly next: number;
  readonly rest: number;
}

export function stepResponse({ phi, wandering }: NoiseModel): StepResponse {
  return wandering ? { next: -phi, rest: 0 } : { next: 1 - phi, rest: 1 - phi };
}

/** Standard deviation of the noise (of its increments where it wanders) over that of its innovations. */
export function spreadOver({ phi }: NoiseModel): number {
  return 1 / Math.sqrt(1 - phi * phi);
}
