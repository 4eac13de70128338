import { InputError } from '../../errors/input-error.ts';
import type { Run } from '../../measurements/types.ts';
import { counted } from '../../wording/sentences.ts';
import { LogNames, runName } from './log-names.ts';
import { type Curve, Points } from './points.ts';
import { type ForeignRun, runOfCurves } from './run-of-curves.ts';

type Facts = Omit<ForeignRun, 'id' | 'curves'>;

/** Collects curves of several runs, value by value. */
export class RunBuilder {
  readonly #runs = new Map<string, { readonly curves: Map<string, OpenCurve>; facts: Facts }>();
  readonly #file: string;
  readonly #mayBeginAgain: boolean;

  /** @param mayBeginAgain whether a log that goes back to its first step is a training that was started anew. */
  constructor(file: string, mayBeginAgain = false) {
    this.#file = file;
    this.#mayBeginAgain = mayBeginAgain;
  }

  /** The points of a curve, new ones if there is none of this layer and metric yet. */
  points(run: string, name: string, layer: string | null, metric: string): Points {
    const { curves } = this.#run(run);
    const key = JSON.stringify([layer, metric]);
    let curve = curves.get(key);
    if (curve === undefined) {
      curve = { name, layer, metric, points: new Points(), gap: null };
      curves.set(key, curve);
    }
    return curve.points;
  }

  /** Why values of a curve are no numbers. */
  noteGap(run: string, layer: string | null, metric: string, gap: string | null): void {
    const curve = this.#run(run).curves.get(JSON.stringify([layer, metric]));
    if (curve !== undefined) curve.gap ??= gap;
  }

  facts(run: string, facts: Facts): void {
    const known = this.#run(run);
    known.facts = { ...known.facts, ...facts };
  }

  /** @throws InputError if a run has no curve, or begins again without a word. */
  finish(defaults: Facts = {}): { readonly runs: Run[]; readonly notes: string[] } {
    const ids = new LogNames(runName);
    const notes: string[] = [];
    const runs = [...this.#runs].map(([name, { curves, facts }]) => {
      const id = ids.take(name);
      const all = [...curves.values()];
      this.#assertOneRun(all);
      notes.push(...resumptions(id, all));
      const stated = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
      return runOfCurves({ ...defaults, ...stated, id, curves: all }, this.#file);
    });
    if (runs.length === 0)
      throw new InputError({ file: this.#file, allowed: 'a log with at least one curve' });
    return { runs, notes };
  }

  #run(name: string) {
    let run = this.#runs.get(name);
    if (run === undefined) {
      run = { curves: new Map(), facts: {} };
      this.#runs.set(name, run);
    }
    return run;
  }

  #assertOneRun(curves: readonly OpenCurve[]): void {
    const again = curves.find(({ points }) => points.beganAgain && points.length > 1);
    if (again === undefined || this.#mayBeginAgain) return;
    throw new InputError({
      file: this.#file,
      field: `steps of ${again.name}`,
      value: `back at the first step after ${again.points.dropped} values`,
      allowed: 'one run, or several told apart by a column (--columns run=NAME)',
    });
  }
}

type OpenCurve = Omit<Curve, 'points' | 'gap'> & { readonly points: Points; gap: string | null };

function resumptions(id: string, curves: readonly OpenCurve[]): string[] {
  const sum = (count: (points: Points) => number): number =>
    curves.reduce((total, { points }) => total + count(points), 0);
  const restarts = Math.max(0, ...curves.map(({ points }) => points.restarts));
  const repeated = sum(({ repeated: count }) => count);
  return [
    ...(restarts === 0
      ? []
      : [
          `${id}: the steps go back ${counted(restarts, 'time')}, as in a resumed training; ` +
            `${counted(
              sum(({ dropped }) => dropped),
              'value',
            )} measured before and again were replaced`,
        ]),
    ...(repeated === 0
      ? []
      : [`${id}: of ${counted(repeated, 'value')} logged twice at one step, the later counts`]),
  ];
}
