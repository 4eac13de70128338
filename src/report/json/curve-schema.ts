import { z } from 'zod';
import { count, determinedOr, interval, number, oneOf, orNull, share, step } from './parts.ts';

const edge = {
  index: count('of the measurement in its series, from 0'),
  step: step('when'),
  interval: interval('steps between which it lies', 'training steps'),
};

const place = z.strictObject(edge).meta({ id: 'Edge', description: 'a place in a curve' });

export const estimate = z
  .strictObject({
    value: number('the estimate'),
    interval: interval('its 95 % interval'),
  })
  .meta({ id: 'Estimate', description: 'a number with its 95 % interval' });

const perSeed = z
  .strictObject({
    value: number('mean over the seeds that have one'),
    interval: orNull(interval('95 % interval of the mean over seeds like these'), 'of a single seed'),
    perSeed: z.array(z.number().nullable()).describe('in the order of the seeds; null where a seed has none'),
  })
  .meta({ id: 'OverSeeds', description: 'a number of which every seed has its own' });

const stretchFields = {
  kind: oneOf(['level', 'rise', 'fall', 'wander'], 'what the curve does'),
  pace: orNull(oneOf(['jump', 'fast', 'gradual'], 'how'), 'of a level or wander'),
  from: place.describe('where it begins'),
  to: place.describe('where it ends'),
  half: orNull(place.describe('where it is half-way'), 'of a level or wander'),
  fromValue: number('value that it leads from', 'unit of the series'),
  toValue: number('value that it leads to', 'unit of the series'),
  within: interval('lowest and highest value in it, smoothed', 'unit of the series'),
  amplitude: estimate.describe('toValue less fromValue'),
  relativeAmplitude: orNull(number('amplitude over |fromValue|'), 'where that is 0'),
  amplitudeInNoise: orNull(number('amplitude', 'sd of the jitter of one measurement'), 'where there is none'),
  duration: number('from one edge to the other', 'training steps'),
  rate: estimate.describe('amplitude per training step'),
  toldFrom: orNull(oneOf(['walk', 'jitter'], 'null world that it was told from'), 'of a level'),
  pValue: orNull(share('of the clearest such stretch in that world'), 'of a level'),
};

export const stretch = z
  .strictObject(stretchFields)
  .meta({ id: 'Stretch', description: 'a part of a curve; see docs/stretches.md' });

const seedStretch = z
  .strictObject({
    ...stretchFields,
    showing: orNull(count('seeds that show it by themselves'), 'of a level'),
    amplitudes: orNull(perSeed.describe('amplitudes of the seeds'), 'where none goes its way'),
    timing: orNull(
      z
        .strictObject({
          start: perSeed.describe('when it begins [training steps]'),
          half: perSeed.describe('when it is half-way [training steps]'),
          end: perSeed.describe('when it ends [training steps]'),
        })
        .describe('when the seeds do it'),
      'of a level or wander',
    ),
  })
  .meta({
    id: 'SeedStretch',
    description: 'a stretch of the mean over seeds, and what the seeds make of it',
  });

const turningFields = {
  ...edge,
  kind: oneOf(['peak', 'trough'], 'which way it turns'),
  value: number('mean of the three values there', 'unit of the series'),
};

const noise = z
  .strictObject({
    sd: number('of a single measurement', 'unit of the series'),
    memory: number('correlation of neighboring measurements', '0 to 0.85'),
  })
  .meta({ id: 'Noise', description: 'jitter between measurements' });

const endBand = {
  endValue: number('the end of the curve', 'unit of the series'),
  band: number('half-width of what counts as near it', 'unit of the series'),
  furthest: number('largest distance of the smoothed curve from it', 'unit of the series'),
};

const stabilizations = [
  z.strictObject({ status: z.literal('stabilized'), ...edge, ...endBand }),
  z.strictObject({ status: z.literal('moving'), reason: z.string().describe('why'), ...endBand }),
  z.strictObject({
    status: oneOf(['constant', 'unmoved'], 'within the resolution, or not told from the noise'),
    range: estimate.describe('largest difference within the smoothed curve'),
    resolution: number('what counts as nothing', 'unit of the series'),
  }),
] as const;

const curveStabilization = z
  .union(stabilizations)
  .meta({ id: 'CurveStabilization', description: 'from where on a curve stays near its end' });

export const stabilization = z
  .union([
    ...stabilizations,
    z.strictObject({ status: z.literal('undetermined'), reason: z.string().describe('why') }),
  ])
  .meta({ id: 'Stabilization', description: 'from when on a series is stable, or why that cannot be said' });

export const curve = determinedOr(
  'described',
  {
    alpha: share('chance of a false answer, in each null world'),
    measurements: count('measurements with a value'),
    stretches: z.array(stretch).describe('in order'),
    turningPoints: z.array(z.strictObject(turningFields)).describe('where it turns'),
    stabilization: curveStabilization,
    noise,
  },
  { dropped: count('measurements without a value, which are left out') },
).meta({ id: 'Curve', description: 'what a curve does' });

export const seedsCurve = determinedOr(
  'described',
  {
    alpha: share('chance of a false answer, in each null world'),
    seeds: count('runs'),
    measurements: count('steps at which all runs have a value'),
    stretches: z.array(seedStretch).describe('of the mean, in order'),
    turningPoints: z
      .array(z.strictObject({ ...turningFields, places: orNull(perSeed, 'where no seed turns') }))
      .describe('of the mean'),
    noise: noise.describe('of the mean'),
  },
  { dropped: count('steps that were left out') },
).meta({ id: 'SeedsCurve', description: 'what runs that differ in the seed alone do together' });

export const stabilizedOverSeeds = z
  .strictObject({
    seeds: count('in which it moved and is stable'),
    step: orNull(perSeed.describe('from when on [training steps]'), 'where there is none'),
    band: orNull(perSeed.describe('within how much of its end'), 'where there is none'),
    unmoved: count('seeds in which no movement was told from the noise'),
  })
  .meta({ id: 'StabilizedOverSeeds', description: 'where a layer is stable in the seeds' });
