import { withMetrics } from '../derived/with-metrics.ts';
import { InputError } from '../errors/input-error.ts';
import { chooseSeries, commonSeries } from '../findings/choose-series.ts';
import type { FollowedStudy, LiveStudy } from '../measurements/live-study-store.ts';
import type { Run } from '../measurements/types.ts';
import { ConfirmedCurves } from './confirmed-curves.ts';
import type { Inside } from './inside.ts';
import { type RunView, viewRun } from './run-view.ts';

/** A study as it was last read, the same for all who look at it. */
export class LiveFeed {
  readonly curves = new ConfirmedCurves();
  readonly #followed: FollowedStudy;
  readonly #complete = new WeakMap<Run, Run>();
  readonly #views = new WeakMap<Run, Map<string | null, RunView>>();
  #study: LiveStudy = { manifest: null, runs: [], problem: null };

  constructor(followed: FollowedStudy) {
    this.#followed = followed;
  }

  /** Reads what was written since the last call. */
  refresh(): void {
    this.#study = this.#followed.read();
  }

  get study(): LiveStudy {
    return this.#study;
  }

  /** A run of the study with what its log has of it, and its last spectra; null where there is none of that name that can be read. */
  inside(id: string): Omit<Inside, 'checkpoints'> | null {
    const run = this.#study.runs.find((one) => one.id === id)?.run ?? null;
    return run === null ? null : { run, spectra: this.#followed.lastSpectra(id) };
  }

  /** Series to choose from: those that the layers of all runs share that have been measured. */
  get metrics(): readonly string[] {
    return commonSeries(this.#measured());
  }

  /** The series wanted, or where there is none of that name the one that an analysis would take; null where there is none at all. */
  metric(wanted: string | null): string | null {
    const runs = this.#measured();
    if (wanted !== null && commonSeries(runs).includes(wanted)) return wanted;
    try {
      return chooseSeries(runs, undefined);
    } catch (error) {
      if (error instanceof InputError) return null;
      throw error;
    }
  }

  /** The runs that can be shown, by their place in the study. */
  views(metric: string | null): ReadonlyMap<number, RunView> {
    const views = new Map<number, RunView>();
    for (const [place, { run, changed }] of this.#study.runs.entries()) {
      if (run !== null) views.set(place, this.#view(this.#withMetrics(run), metric, changed));
    }
    return views;
  }

  #view(run: Run, metric: string | null, changed: number | null): RunView {
    const views = this.#views.get(run) ?? new Map<string | null, RunView>();
    this.#views.set(run, views);
    const shown = metric !== null && run.layers.every(({ series }) => series.has(metric)) ? metric : null;
    const view = views.get(shown) ?? viewRun(run, shown, changed);
    views.set(shown, view);
    return view;
  }

  #measured(): Run[] {
    const runs = this.#study.runs.flatMap(({ run }) => (run === null ? [] : [this.#withMetrics(run)]));
    const begun = runs.filter(({ steps }) => steps.length > 0);
    return begun.length > 0 ? begun : runs;
  }

  #withMetrics(logged: Run): Run {
    const run = this.#complete.get(logged) ?? withMetrics(logged);
    this.#complete.set(logged, run);
    return run;
  }
}
