import type { Layer } from '../../measurements/types.ts';
import { median } from '../../numerics/quantile.ts';
import { brief, counted, someOf } from '../../wording/sentences.ts';
import { faultIn, type Place, placeName } from './fault.ts';
import { measuredCheck } from './measured-check.ts';

/** The first singular value then holds four fifths of the sum of squares. */
const LARGEST_STABLE_RANK = 1.25;
/** Centering then at least doubles the stable rank: the mean hid more than it showed. */
const LEAST_GAIN = 2;

/**
 * Uncentered activations whose first singular value is their mean. Where the log has centered values, they decide, and
 * the fault is to rest findings on raw ones; where it has none, a stable rank near 1 is suspicious enough.
 */
export const meanDominated = measuredCheck({
  name: 'mean-dominated',
  question: 'Do metrics of uncentered activations describe their mean and little else?',
  reason:
    'The mean of all activations is one direction, and in networks with ReLU a large one. A dimensionality near 1 ' +
    'then says that the mean is large, not that the representation has one dimension.',
  threshold:
    `median raw stable rank of at most ${LARGEST_STABLE_RANK} without centered values beside it; with them, if raw ` +
    `series are analyzed, a centered stable rank of at least ${LEAST_GAIN} times the raw one`,
  begin({ analyzedSeries }) {
    const suspects: { place: Place; rank: number; centered: number | null }[] = [];
    let looked = 0;
    return {
      see(run) {
        const rawAnalyzed = run.layers.some((layer) =>
          analyzedSeries?.some((id) => layer.series.get(id)?.centering === 'none'),
        );
        for (const layer of run.layers) {
          const raw = medianStableRank(layer, 'none');
          const centered = medianStableRank(layer, 'columns');
          if (raw === null) continue;
          looked++;
          const dominated =
            centered === null ? raw <= LARGEST_STABLE_RANK : rawAnalyzed && centered >= LEAST_GAIN * raw;
          if (dominated) suspects.push({ place: { run: run.id, layer: layer.name }, rank: raw, centered });
        }
      },
      found: () => {
        if (suspects.length === 0) return [];
        const places = suspects.map(({ place }) => place);
        const typical = median(suspects.map(({ rank }) => rank));
        const remark = suspects.every(({ centered }) => centered === null)
          ? `threshold ${LARGEST_STABLE_RANK}; it is most likely the mean, and no centered values are logged to tell`
          : `centering raises it at least ${LEAST_GAIN} times: it is the mean`;
        const message =
          `the first singular value of uncentered activations stands far above the rest in ${suspects.length} of ` +
          `${counted(looked, 'layer')} (${someOf(places.map(placeName))}): stable rank ${brief(typical)} in the median of them, ` +
          `${remark}`;
        return [faultIn(places, looked, { check: this.name, severity: 'warning', message, value: typical })];
      },
    };
  },
});

/** Logged, or from the nuclear-norm ratio and the participation ratio of singular values; null where neither is there. */
function medianStableRank({ series }: Layer, centering: 'columns' | 'none'): number | null {
  const of = (metric: string): Float64Array | undefined =>
    [...series.values()].find((one) => one.metric === metric && one.centering === centering)?.values;
  const [nuclear, participation] = [of('nuclear_norm_ratio'), of('participation_ratio_singular')];
  const ranks =
    of('stable_rank') ??
    (nuclear && participation ? nuclear.map((value, i) => value ** 2 / participation[i]) : undefined);
  const known = ranks?.filter(Number.isFinite);
  return known === undefined || known.length === 0 ? null : median(known);
}
