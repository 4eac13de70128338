import { canDerive, derivedSeries } from '../derived/derive-series.ts';
import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import type { Run } from '../measurements/types.ts';

/** Series that an analysis prefers, best first: centered before raw, eigenvalues before singular values. */
const preferredSeries = [
  'participation_ratio',
  'stable_rank',
  'stable_rank.raw',
  'participation_ratio.raw',
  'participation_ratio_singular.raw',
];

/** Every series id that all layers of all runs have. */
export function commonSeries(runs: readonly Run[]): string[] {
  const [first, ...rest] = runs.flatMap(({ layers }) => layers.map(({ series }) => series));
  return first === undefined ? [] : [...first.keys()].filter((id) => rest.every((series) => series.has(id)));
}

/**
 * The series to analyze: the one wanted, or the best that every layer of every run has.
 *
 * @throws InputError if no run has a series, or not the one wanted.
 */
export function chooseSeries(runs: readonly Run[], wanted: string | undefined): string {
  const common = commonSeries(runs);
  if (common.length === 0)
    throw new InputError({
      field: 'study',
      allowed: 'at least one run with a metric that all its layers share',
    });
  if (wanted === undefined) return preferredSeries.find((id) => common.includes(id)) ?? common[0];
  if (!common.includes(wanted) && !runs.every((run) => canDerive(run, wanted)))
    throw new InputError({
      field: 'metric',
      value: wanted,
      allowed: oneOf(wanted, [...common, ...derivable(runs, common)]),
    });
  return wanted;
}

/** Series that no log has, but every run's log holds the spectra for. */
function derivable(runs: readonly Run[], logged: readonly string[]): string[] {
  return [...derivedSeries.keys()].filter(
    (id) => !logged.includes(id) && runs.every((run) => canDerive(run, id)),
  );
}
