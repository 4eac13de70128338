import type { MetricLabel } from './types.ts';

const METRICS: Readonly<Record<string, MetricLabel>> = {
  stable_rank: { name: 'Stable rank', unit: 'dimensions' },
  participation_ratio: { name: 'Participation ratio', unit: 'dimensions' },
  participation_ratio_corrected: { name: 'Participation ratio, sample-size corrected', unit: 'dimensions' },
  participation_ratio_singular: { name: 'Participation ratio of singular values', unit: 'dimensions' },
  effective_rank: { name: 'Effective rank (entropy)', unit: 'dimensions' },
  rank_90: { name: 'Components for 90 % of variance', unit: 'dimensions' },
  nuclear_norm_ratio: { name: 'Nuclear norm ratio', unit: 'in σ₁' },
  spectral_velocity: { name: 'Spectral velocity', unit: 'log of the share moved' },
};

const VARIANTS: Readonly<Record<string, string>> = { raw: 'uncentered', logged: 'as logged' };

/**
 * How a metric series is called in words: `stable_rank.raw` is "Stable rank, uncentered (dimensions)".
 * Metrics this table does not know keep their own name, with an empty unit.
 *
 * @param id series id, see `seriesId` of the measurements
 */
export function metricLabel(id: string): MetricLabel {
  const dot = id.lastIndexOf('.');
  const variant = dot < 0 ? undefined : VARIANTS[id.slice(dot + 1)];
  const metric = variant === undefined ? id : id.slice(0, dot);
  const known = METRICS[metric] ?? { name: metric.replaceAll('_', ' '), unit: '' };
  return { name: variant === undefined ? known.name : `${known.name}, ${variant}`, unit: known.unit };
}

/** A title over curves of all layers. */
export function ofEveryLayer({ name }: MetricLabel): string {
  return `${name}${name.includes(', ') ? ',' : ''} of every layer`;
}

/** Axis or legend title: name and, where there is one, unit. */
export function labelTitle({ name, unit }: MetricLabel): string {
  return unit === '' ? name : `${name} (${unit})`;
}
