import { z } from 'zod';
import { count, interval, names, number, oneOf, orNull, share, text } from './parts.ts';

const findingFields = {
  id: text('name of the claim'),
  claim: text('what is claimed, in a sentence'),
  statistic: text('what was computed to test it'),
  effect: orNull(
    z
      .strictObject({
        value: number('the effect'),
        interval: orNull(interval('its interval, at the level of the audit'), 'where there is none'),
        unit: text('of both'),
      })
      .describe('its size'),
    'where nothing could be computed',
  ),
  null: orNull(
    z
      .strictObject({
        model: text('null model, in words'),
        pValue: orNull(share('of the null model'), 'where there is none'),
        adjustedPValue: orNull(share('over all claims tested together'), 'where there is none'),
      })
      .describe('what it was held against'),
    'where nothing was',
  ),
  runs: names('ids of the runs that bear on it'),
  checks: names('data checks that bear on it'),
  verdict: oneOf(['supported', 'refuted', 'not distinguishable from null', 'not testable'], 'what follows'),
  uncalibratedRule: orNull(
    text('the rule without error control that alone refutes it'),
    'where a calibrated test decided',
  ),
  reason: text('why the verdict follows, or what would be needed'),
  figure: text('path of the figure that shows it, within the report').optional(),
};

export const finding = z
  .strictObject(findingFields)
  .meta({ id: 'Finding', description: 'a claim, the evidence, and the verdict; see docs/audit.md' });

export const audited = z
  .strictObject({
    title: text('whose claims they are'),
    resamples: count('bootstrap replicates, and draws from null models'),
    seed: number('of resampling'),
    correction: text('how claims tested together were accounted for'),
  })
  .describe('how the claims were tested');

const hypothesis = z
  .strictObject({
    ...findingFields,
    question: text('that it answers'),
    measure: text('what was measured'),
    windows: text('where, or over what'),
    observations: count('pairs of windows, runs or layers that were compared'),
    groups: count('independent groups that they come from'),
    sentence: text('one plain sentence for readers'),
  })
  .meta({ id: 'Hypothesis', description: 'a hypothesis and what became of it; see docs/mechanisms.md' });

export const hypotheses = z
  .strictObject({
    seriesId: text('analyzed series'),
    alpha: share('false discovery rate; intervals cover 1 − alpha'),
    seed: number('of permutations'),
    correction: text('how hypotheses tested together were accounted for'),
    findings: z.array(hypothesis).describe('one for each hypothesis'),
  })
  .describe('hypotheses about what goes with changes');

export const warning = z
  .strictObject({
    run: orNull(text('that it concerns'), 'for the whole study'),
    layer: orNull(text('that it concerns'), 'for the whole run'),
    check: text('name of the data check'),
    severity: oneOf(['info', 'warning', 'error'], 'how bad it is'),
    message: text('what was found'),
  })
  .meta({ id: 'Warning', description: 'what a data check found' });
