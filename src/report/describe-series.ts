import { labelTitle, metricLabel } from '../figures/metric-label.ts';
import type { Run } from '../measurements/types.ts';

/** What is known of a series beyond its name: how it came to be and whether its activations were centered. */
export function describeSeries(runs: readonly Run[], seriesId: string): string {
  const found = runs.flatMap(({ layers }) => layers.flatMap(({ series }) => series.get(seriesId) ?? []));
  const origins = [...new Set(found.map(({ origin }) => origin))];
  const centerings = [...new Set(found.map(({ centering }) => CENTERING[centering ?? 'unknown']))];
  return [labelTitle(metricLabel(seriesId)), ...origins.map((origin) => ORIGIN[origin]), ...centerings].join(
    '; ',
  );
}

const ORIGIN = {
  measured: 'measured from singular values',
  logged: 'as the log has it',
  recovered: 'recovered from other logged values',
  derived: 'derived from logged singular values',
} as const;

const CENTERING = {
  columns: 'activations centered by column',
  none: 'activations not centered',
  unknown: 'centering not recorded',
} as const;
