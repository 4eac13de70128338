/** The chances of falling below a value and above it. They add up to 1, and each keeps its own digits. */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
}

/** Whether powers and reciprocals of a distribution's shape stay inside float64. */
export function isShape(value: number): boolean {
  return value >= 1e-300 && value <= 1e150;
}
