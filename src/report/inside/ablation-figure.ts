import { ablationBarsSpec } from '../../figures/ablation-bars.ts';
import type { EvidenceFigure } from '../types.ts';
import type { InsideRun } from './inside-run.ts';

const most = 24;

/** The parts whose loss costs most at the last checkpoint; null where nothing was taken out. */
export function ablationFigure({ run, readings, ablations }: InsideRun): EvidenceFigure | null {
  const worst = new Map<string, number>();
  for (const { part, loss } of ablations) {
    if (loss !== null) worst.set(part, Math.max(loss, worst.get(part) ?? -Infinity));
  }
  if (worst.size === 0) return null;
  const parts = [...worst].sort((a, b) => b[1] - a[1]).slice(0, most);
  const shown = new Map(parts.map(([part], place) => [part, place]));
  const bars = ablations
    .filter(({ part }) => shown.has(part))
    .sort((a, b) => shown.get(a.part)! - shown.get(b.part)!);
  const title = 'What is lost with each part';
  const { step } = readings[readings.length - 1];
  const all = new Set(ablations.map(({ part }) => part)).size;
  return {
    title: `${run}: ${title}`,
    caption: `By how much the loss on the probe examples grows at step ${step} when one part is replaced by 0, by its mean, or by what it puts out for another example${all > shown.size ? `; the ${shown.size} of ${all} that cost most` : ''}. A bar that is missing: the part puts out its replacement anyway.`,
    spec: ablationBarsSpec({ title, subtitle: run, bars }),
  };
}
