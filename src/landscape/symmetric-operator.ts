/**
 * A symmetric matrix known only by its products with vectors, as the Hessian of a loss is (`hessianOracle` for a network that is
 * trained here). Must not change or keep `v`; may reuse its result's memory.
 */
export type SymmetricOperator = (v: Float64Array) => Promise<Float64Array>;

/** @throws RangeError unless it is a positive integer. */
export function assertCount(name: string, count: number): void {
  if (!(Number.isInteger(count) && count >= 1)) {
    throw new RangeError(`${name} is ${count}; allowed: a positive integer`);
  }
}
