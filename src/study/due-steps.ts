/** Some of the steps of a training. */
export interface DueSteps {
  /** Step 0 and every so many steps after it. */
  readonly every?: number;
  /** Single steps. */
  readonly at?: readonly number[];
}

/**
 * Whether something is due after a step.
 *
 * @example
 * const isDue = dueSteps({ every: 100, at: [3] });
 * [0, 3, 99, 100].map(isDue); // [true, true, false, true]
 */
export function dueSteps({ every, at = [] }: DueSteps): (step: number) => boolean {
  const listed = new Set(at);
  return (step) => listed.has(step) || (every !== undefined && step % every === 0);
}
