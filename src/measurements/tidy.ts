import { type Column, type Table, table } from '../tables/table.ts';
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

const columns: readonly Column<TidyRow>[] = [
  { name: 'run', type: 'text', meaning: 'the run', of: ({ run }) => run },
  { name: 'architecture', type: 'text', meaning: 'its network', of: ({ architecture }) => architecture },
  { name: 'family', type: 'text', meaning: 'the kind of its network', of: ({ family }) => family },
  { name: 'dataset', type: 'text', meaning: 'what it learns', of: ({ dataset }) => dataset },
  { name: 'seed', type: 'integer', meaning: 'the seed it was trained with', of: ({ seed }) => seed },
  { name: 'layer', type: 'text', meaning: 'the layer', of: ({ layer }) => layer },
  { name: 'kind', type: 'text', meaning: 'what the layer is', of: ({ kind }) => kind },
  { name: 'depth', type: 'integer', unit: 'from 0', meaning: 'its place', of: ({ depth }) => depth },
  { name: 'series', type: 'text', meaning: 'what was measured', of: ({ series }) => series },
  { name: 'origin', type: 'text', meaning: 'how it came to be', of: ({ origin }) => origin },
  { name: 'step', type: 'integer', unit: 'training steps', meaning: 'when', of: ({ step }) => step },
  { name: 'value', type: 'number', meaning: 'the value, if determined', of: ({ value }) => value },
  { name: 'reason', type: 'text', meaning: 'why there is no value', of: ({ reason }) => reason },
];

/**
 * Every value of every series of runs as a table.
 *
 * @example
 * formatCsv(tidyTable(readStudy('my-study').runs));
 */
export function tidyTable(runs: Iterable<Run>): Table {
  return table('series', 'one value of one series of one layer', columns, function* () {
    for (const run of runs) yield* toTidySeries(run);
  });
}

/** Every value of every series of a run, one row each: by layer, then series, then step. */
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
