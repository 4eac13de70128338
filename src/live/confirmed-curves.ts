import { describeCurve } from '../dynamics/stretches/describe-curve.ts';
import { sentenceOf } from '../dynamics/stretches/sentence.ts';
import type { CurveDescription } from '../dynamics/stretches/types.ts';
import type { CurvesMessage } from './messages.ts';
import type { RunView } from './run-view.ts';

/** Error rate of the description of one curve, over all looks at it together. */
export const LIVE_ALPHA = 0.05;

/** A curve is described anew when so much of it is new: what looks seldom errs no more often than what looks always. */
const GROWTH = 1.02;

/**
 * Says what the layers of runs do while these grow: by the sequential variant, whose error rate holds for all looks together,
 * also once a run has ended, since it was looked at before.
 */
export class ConfirmedCurves {
  readonly #said = new Map<string, { readonly view: RunView; readonly message: CurvesMessage }>();

  /** What was last said of a run with this metric; null where nothing was. */
  of({ run, metric }: RunView): CurvesMessage | null {
    return this.#said.get(keyOf(run.id, metric))?.message ?? null;
  }

  /** Whether enough is new for another look. */
  isDue(view: RunView): boolean {
    const { run, metric, count } = view;
    const last = this.#said.get(keyOf(run.id, metric))?.view;
    if (metric === null || count === 0 || last === view) return false;
    if (last === undefined || count < last.count || view.prefix(last.count) !== last.prefix(last.count))
      return true;
    const hasEnded = run.complete || run.stopped !== null;
    return count >= last.count * GROWTH || (hasEnded && count > last.count);
  }

  /** Looks at a run. */
  describe(view: RunView): void {
    const { run, metric } = view;
    if (metric === null) return;
    const curves = run.layers.map(({ series }) =>
      describeCurve(
        { steps: run.steps, values: series.get(metric)!.values },
        { alpha: LIVE_ALPHA, growing: true },
      ),
    );
    const message: CurvesMessage = {
      type: 'curves',
      run: run.id,
      upTo: run.steps.at(-1) ?? null,
      layers: curves.map((curve) => ({ does: sentenceOf(curve), ...marksOf(curve) })),
    };
    this.#said.set(keyOf(run.id, metric), { view, message });
  }
}

function marksOf(curve: CurveDescription): Pick<CurvesMessage['layers'][number], 'stretches' | 'turns'> {
  if (!curve.described) return { stretches: [], turns: [] };
  return {
    stretches: curve.stretches.map(({ kind, pace, from, to, half }) => ({
      ...{ kind, pace, from: from.step, to: to.step },
      half: half?.step ?? null,
    })),
    turns: curve.turningPoints.map(({ step }) => step),
  };
}

function keyOf(run: string, metric: string | null): string {
  return `${metric} ${run}`;
}
