import { changesOfRuns } from '../dynamics/run-changes/changes-of-run.ts';
import type { Run } from '../measurements/types.ts';
import { wilsonInterval } from '../numerics/wilson-interval.ts';
import { between } from './fact.ts';
import type { KnownFact, KnownPlace, KnownTransition } from './types.ts';

/** Training steps within which a change counts as that of the intervention. */
const near = 50;

/** What a run as a whole says of the one thing that was done to it. */
interface Judged {
  /** Name of what was done last; null for a control. */
  readonly intervention: string | null;
  readonly found: boolean;
  /** Whether the interval of the change that was found holds the step; null where none was. */
  readonly holds: boolean | null;
  /** Whether a change was called where nothing had been done, yet or at all. */
  readonly falseAlarm: boolean;
}

function judged(run: Run): Judged {
  const done = run.events?.at(-1) ?? null;
  const result = changesOfRuns([run]);
  const changes = result.testable ? result.changes.filter(({ kind }) => kind === 'change') : [];
  if (done === null) {
    return { intervention: null, found: false, holds: null, falseAlarm: changes.length > 0 };
  }
  const close = changes.filter(({ step }) => Math.abs(step - done.step) <= near);
  const best = close.toSorted((a, b) => b.strength - a.strength)[0] ?? null;
  return {
    intervention: done.name,
    found: best !== null,
    holds: best === null ? null : best.interval[0] <= done.step && done.step <= best.interval[1],
    falseAlarm: changes.some(({ step }) => step < done.step - near),
  };
}

/** A share of runs, with the interval that so few leave it. */
function shareOf(what: string, known: KnownPlace, hits: readonly boolean[]): KnownFact {
  const count = hits.filter(Boolean).length;
  const found = hits.length === 0 ? null : count / hits.length;
  return {
    what,
    known,
    found,
    interval: hits.length === 0 ? null : wilsonInterval(count, hits.length),
    holds: found !== null && found >= known.low && found <= known.high,
  };
}

/** One thing is done at a known step: each must be seen there in two of three seeds, and nothing where nothing is done. */
export const interventions: KnownTransition = {
  name: 'interventions',
  title: 'Ten interventions at step 1000',
  source: 'done by the program itself, at a step that it writes down',
  judge: ({ runs }) => {
    const all = runs.map(judged);
    const changed = all.filter(({ intervention }) => intervention !== null);
    const names = [...new Set(changed.map(({ intervention }) => intervention!))];
    return [
      ...names.map((name) =>
        shareOf(
          `${name}: found within ${near} steps, share of seeds`,
          between(0.6, 1),
          changed.filter(({ intervention }) => intervention === name).map(({ found }) => found),
        ),
      ),
      shareOf(
        'all: found, share of runs',
        between(0.9, 1),
        changed.map(({ found }) => found),
      ),
      shareOf(
        'of those found: the interval holds the step, share',
        between(0.9, 1),
        changed.flatMap(({ holds }) => (holds === null ? [] : [holds])),
      ),
      // One in twenty is what alpha allows in the mean; of so few runs a tenth is no contradiction.
      shareOf(
        'a change where nothing was done, share of runs',
        between(0, 0.1),
        all.map(({ falseAlarm }) => falseAlarm),
      ),
    ];
  },
};
