import { labelTitle, metricLabel } from '../figures/metric-label.ts';
import type { Run } from '../measurements/types.ts';

/** What is known of a series beyond its name: how it came to be and whether its activations were centred. */
export function describeSeries(runs: readonly Run[], seriesId: string): string {
  const found = runs.flatMap(({ layers }) => layers.flatMap(({ series }) => series.get(seriesId) ?? []));
  const origins = [...new Set(found.map(({ origin }) => origin))];
  const centrings = [...new Set(found.map(({ centring }) => CENTRING[centring ?? 'unknown']))];
  return [labelTitle(metricLabel(seriesId)), ...origins.map((origin) => ORIGIN[origin]), ...centrings].join(
    '; ',
  );
}

const ORIGIN = {
  measured: 'measured from singular values',
  logged: 'as the log has it',
  recovered: 'recovered from other logged values',
  derived: 'derived from logged singular values',
} as const;

const CENTRING = {
  columns: 'activations centred by column',
  none: 'activations not centred',
  unknown: 'centring not recorded',
} as const;
