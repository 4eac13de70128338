import type { LayerKind, MetricSeries, NetworkFamily, Run } from './types.ts';

/** One value of one series: a row of the tidy table of a study. */
export interface TidyRow {
  readonly run: string;
  readonly architecture: string;
  readonly family: NetworkFamily;
  readonly dataset: string;
  readonly seed: number | null;
  readonly layer: string;
  readonly kind: LayerKind;
  readonly depth: number;
  readonly series: string;
  readonly origin: MetricSeries['origin'];
  readonly step: number;
  /** Null where the metric was not determined; then `reason` says why. */
  readonly value: number | null;
  readonly reason: string | null;
}

/** The tidy table's columns, in order. */
export const tidyColumns = [
  'run',
  'architecture',
  'family',
  'dataset',
  'seed',
  'layer',
  'kind',
  'depth',
  'series',
  'origin',
  'step',
  'value',
  'reason',
] as const satisfies readonly (keyof TidyRow)[];

/**
 * Every value of every series of a run, one row each: by layer, then series, then step.
 *
 * @example
 * formatCsv(tidyColumns, toTidySeries(run));
 */
export function* toTidySeries(run: Run): Generator<TidyRow> {
  const { id, architecture, family, dataset, seed, steps } = run;
  for (const { name, kind, depth, series } of run.layers) {
    for (const [seriesId, { origin, values, undetermined }] of series) {
      const reasons = new Map(undetermined.map(({ index, reason }) => [index, reason]));
      for (let index = 0; index < steps.length; index++) {
        const reason = reasons.get(index) ?? null;
        yield {
          run: id,
          architecture,
          family,
          dataset,
          seed,
          layer: name,
          kind,
          depth,
          series: seriesId,
          origin,
          step: steps[index],
          value: reason === null ? values[index] : null,
          reason,
        };
      }
    }
  }
}
