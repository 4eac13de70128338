import { z } from 'zod';
import { rate } from './analysis-schema.ts';
import { count, number, oneOf, orNull, share, step, text } from './parts.ts';

const rateBetween = z
  .strictObject({ from: step('after which'), to: step('up to which'), rate })
  .meta({ id: 'RateBetween', description: 'a rate between two training steps' });

const layerRate = z
  .strictObject({
    layer: text('its name'),
    runs: count('in which the layer of this name could be described'),
    rate,
    adjustedPValue: orNull(
      number(
        'two-sided, of the rate of the other layers of the group, adjusted for all of them (Holm)',
        '0 to 1',
      ),
      'where there is nothing to compare',
    ),
  })
  .meta({ id: 'LayerRate', description: 'how often the layers of a name are fast' });

/** The panels of the page's section on architectures. */
export const architecturesSchema = z.strictObject({
  alpha: share('error rate of every interval'),
  by: oneOf(['family', 'architecture'], 'what tells runs apart best'),
  groups: z
    .array(
      z.strictObject({
        group: text('its name'),
        runs: count('of it'),
        layers: count('layer series whose curves could be described'),
        overall: rate.describe('over all of training'),
        course: z.array(rateBetween).describe('in parts of training that grow with the step'),
        early: orNull(
          z.strictObject({
            count: count('that come in the first tenth of the planned steps'),
            of: count('in all'),
            expected: share('of the measured steps that the first tenth has'),
            pValue: orNull(number('exact, of one rate all along', '0 to 1'), 'where nothing is to compare'),
          }),
          'where the first tenth or the rest was not measured',
        ),
        byLayer: z.array(layerRate).describe('in falling order of their rates'),
      }),
    )
    .describe('in falling order of their described layers'),
});
