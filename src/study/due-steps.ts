/**
 * Steps at which something recurs: every so many from step 0 on; dense early and ever sparser, so many per decade of steps
 * from step 1 on (and step 0); or exactly those listed.
 */
export type StepSchedule = number | { readonly perDecade: number } | readonly number[];

/** Some of the steps of a training. */
export interface DueSteps {
  readonly every?: StepSchedule;
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
  const recurs = every === undefined ? () => false : recurrence(every);
  return (step) => listed.has(step) || recurs(step);
}

/** The schedule in words, as a log records it. */
export function scheduleInWords(schedule: StepSchedule): number | string {
  if (typeof schedule === 'number') return schedule;
  return 'perDecade' in schedule ? `${schedule.perDecade} per decade` : `${schedule.length} listed steps`;
}

function recurrence(schedule: StepSchedule): (step: number) => boolean {
  if (typeof schedule === 'number') return (step) => step % schedule === 0;
  if (!('perDecade' in schedule)) {
    const listed = new Set(schedule);
    return (step) => listed.has(step);
  }
  const { perDecade } = schedule;
  // Due where the next whole mark on the logarithmic scale rounds to this step: no step is due twice, none is skipped.
  return (step) => {
    if (step === 0) return true;
    const mark = Math.round(perDecade * Math.log10(step));
    return [mark - 1, mark, mark + 1].some((k) => k >= 0 && Math.round(10 ** (k / perDecade)) === step);
  };
}
