import { z } from 'zod';
import { groupRate, rate } from './analysis-schema.ts';
import { count, interval, number, orNull, share, step, text } from './parts.ts';

const none = 'where there is nothing to show';

const rateWithin = z
  .strictObject({
    from: share('of the planned steps at which the part begins'),
    to: share('at which it ends'),
    rate,
  })
  .meta({ id: 'RateWithin', description: 'a rate within a part of training' });

const proportion = z
  .strictObject({
    count: count('that are so'),
    of: count('that were looked at'),
    share: share('the one of the other'),
    interval: interval('exact, binomial', '0 to 1'),
  })
  .meta({ id: 'Proportion', description: 'a share with its exact interval' });

/** Panels A to J of the page; see docs/report-json.md for those of the published study. */
export const dashboardSchema = z.strictObject({
  alpha: share('error rate of every interval'),
  runs: count('that were analyzed'),
  layers: count('layer series'),
  described: count('of these, whose curves could be described'),
  overall: rate.describe('over everything that could be described'),
  orders: orNull(
    z
      .array(z.strictObject({ pattern: text('order'), share: proportion }))
      .describe('A: runs by the order in which their layers settle'),
    none,
  ),
  thirds: orNull(z.array(rateWithin).describe('B: rates in each third of training'), none),
  groups: orNull(z.array(groupRate).describe('C: rates by family, or by architecture'), none),
  together: orNull(
    z
      .array(z.strictObject({ family: text('of networks'), share: proportion }))
      .describe('D: runs whose layers are fast together beyond chance'),
    none,
  ),
  course: orNull(z.array(rateWithin).describe('E: rates along training, in equal parts'), none),
  courseByFamily: orNull(
    z
      .array(
        z.strictObject({
          family: text('of networks'),
          parts: z.array(rateWithin).describe('along training'),
        }),
      )
      .describe('F: the same by family'),
    'where there is one family only, or nothing to show',
  ),
  sizes: orNull(
    z
      .array(
        z.strictObject({
          family: text('of networks'),
          count: count('jumps and fast stretches'),
          low: number('10 % quantile of their sizes', 'sd of the jitter'),
          lowerQuartile: number('25 % quantile', 'sd of the jitter'),
          median: number('median', 'sd of the jitter'),
          upperQuartile: number('75 % quantile', 'sd of the jitter'),
          high: number('90 % quantile', 'sd of the jitter'),
        }),
      )
      .describe('G: sizes by family'),
    none,
  ),
  types: orNull(
    z.array(count('jumps')).describe('H: jumps of each type'),
    'where types could not be looked for',
  ),
  coupling: orNull(
    z
      .array(
        z.strictObject({
          run: text('its name'),
          family: text('of its network'),
          difference: number('share of fast intervals in which the loss falls, less that of all'),
          interval: interval('of the difference'),
          pValue: share('over circular shifts of the loss'),
        }),
      )
      .describe('I: whether the loss falls more often where layers are fast'),
    none,
  ),
  plannedSteps: orNull(step('of all runs'), 'where they differ'),
});
