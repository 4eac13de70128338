import { labelTitle, metricLabel } from '../../figures/metric-label.ts';
import type { Cite } from './cite.ts';
import type { ReferenceKey } from './references.ts';

interface MetricWords {
  readonly formula: string;
  readonly source?: ReferenceKey;
}

/** The estimators of `src/spectra/metrics`; λ = σ² are the variances, descending. */
const formulas: Readonly<Record<string, MetricWords>> = {
  stable_rank: { formula: 'the stable rank Σλ/λ₁', source: 'rudelson2007sampling' },
  participation_ratio: { formula: 'the participation ratio (Σλ)²/Σλ²', source: 'gao2017theory' },
  participation_ratio_corrected: {
    formula:
      'the participation ratio (tr Σ)²/tr Σ² of the population, as the ratio of two estimates that are unbiased for finite samples',
    source: 'himeno2014estimations',
  },
  participation_ratio_singular: { formula: 'the participation ratio (Σσ)²/Σσ² of the singular values' },
  rank_90: {
    formula: 'the least number of leading components that hold 90 % of Σλ',
    source: 'jolliffe2002principal',
  },
  nuclear_norm_ratio: { formula: 'the ratio Σσ/σ₁ of nuclear and spectral norm' },
  effective_rank: {
    formula: 'the effective rank exp(−Σ p ln p), p = σ/Σσ',
    source: 'roy2007effective',
  },
};

/**
 * What a series holds, with the formula of its estimator and where that comes from; of others the name alone.
 *
 * @param seriesId see `seriesId` of the measurements; `.logged` ones are what somebody else computed under that name.
 */
export function metricInWords(seriesId: string, cite: Cite): string {
  const [metric, variant] = seriesId.split(/\.(?=raw$|logged$)/);
  const known = variant === 'logged' || !Object.hasOwn(formulas, metric) ? undefined : formulas[metric];
  if (known === undefined) return labelTitle(metricLabel(seriesId)).toLowerCase();
  return `${known.formula}${known.source === undefined ? '' : ` ${cite(known.source)}`}`;
}
