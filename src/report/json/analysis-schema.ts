import { z } from 'zod';
import { seedsCurve, stabilizedOverSeeds } from './curve-schema.ts';
import { count, determinedOr, interval, names, number, oneOf, orNull, share, text } from './parts.ts';
import { analyzedWith, runChanges } from './run-schema.ts';

export const rate = determinedOr(
  'determined',
  {
    per1000: number('jumps and fast stretches', 'per layer and 1,000 training steps'),
    interval: interval('exact, of a Poisson count', 'per layer and 1,000 training steps'),
  },
  {
    count: count('that were counted'),
    layerSteps: number('training steps covered, summed over layers'),
  },
).meta({ id: 'Rate', description: 'how often layers jump or are fast' });

export const groupRate = z
  .strictObject({
    by: text('`family`, `architecture`, or the name of a factor'),
    group: text('which'),
    runs: count('in it'),
    layers: count('whose curves could be described'),
    rate: rate.describe('of jumps and fast rises and falls in these'),
    detected: z
      .strictObject({ layers: count('that could be tested'), rate })
      .describe('jumps of the step detector'),
  })
  .meta({ id: 'GroupRate', description: 'how often the layers of a group of runs jump or are fast' });

const account = z
  .strictObject({
    title: text('network, data and condition, or the run'),
    runs: names('that it speaks of'),
    headline: text('all layers in a sentence'),
    layers: z
      .array(
        z.strictObject({
          layer: text('its name'),
          does: text('what it does'),
          stable: orNull(text('whether it is stable'), 'where the first says it all'),
        }),
      )
      .describe('in network order'),
  })
  .meta({ id: 'Account', description: 'what a network did, in words' });

const heldStretches = z
  .strictObject({
    method: text('procedure'),
    rate: share('false discovery rate that is held'),
    series: count('that could be described'),
    found: count('rises and falls in them'),
    holding: count('of these that hold'),
    threshold: share('those with a p-value of at most this hold; 0 where none does'),
  })
  .meta({ id: 'HeldStretches', description: 'which rises and falls hold over all curves together' });

const heldRunChanges = z
  .strictObject({
    method: text('procedure'),
    rate: share('false discovery rate that is held'),
    tested: count('runs, or groups of seeds'),
    changed: count('of these, with a change'),
    holding: count('of these, with one that holds'),
    threshold: share('those with a p-value of at most this hold; 0 where none does'),
  })
  .meta({ id: 'HeldRunChanges', description: 'which changes of runs as a whole hold over all of them' });

const jumpTypes = determinedOr(
  'determined',
  {
    types: count('that the gap statistic finds; 1: jumps do not fall into types'),
    features: names('that all jumps have and that differ between them'),
    curve: z
      .array(
        z.strictObject({
          types: count('tried'),
          inertia: number('of k-means'),
          gap: number('gap statistic'),
          standardError: number('of it'),
          silhouette: orNull(number('mean width', '−1 to 1'), 'for one type'),
        }),
      )
      .describe('for each number of types tried'),
    centers: z
      .array(
        z.strictObject({
          jumps: count('of this type'),
          center: z.record(z.string(), z.number()).describe('mean of each feature, in its own unit'),
        }),
      )
      .describe('the types'),
    labels: z.array(z.int().nullable()).describe('type of each jump; null for what is no jump of level'),
  },
  { excluded: count('changes that are no jumps of level') },
).describe('whether jumps fall into types');

export const analysisSchema = z.strictObject({
  ...analyzedWith,
  errorControl: orNull(text('what holds the error rate of the detector'), 'where nothing does'),
  seed: number('of permutations, shifts and clustering'),
  happened: z
    .strictObject({
      overSeeds: z.array(account).describe('groups of seeds'),
      perRun: z.array(account).describe('every run, in study order'),
      held: names('how many rises and falls there are, and how many hold'),
    })
    .describe('what happened, in words'),
  advice: z
    .array(
      z.strictObject({
        setting: oneOf(['every', 'samples'], 'key of a study file that it is about'),
        series: count('that it concerns'),
        message: text('what is left open, and what would show it'),
      }),
    )
    .describe('what to measure otherwise'),
  seedGroups: z
    .array(
      z.strictObject({
        architecture: text('their network'),
        dataset: text('their data'),
        conditions: text('what of the settings differs between groups; empty where nothing does'),
        runs: names('that differ in the seed alone'),
        layers: z
          .array(
            z.strictObject({ layer: text('its name'), curve: seedsCurve, stabilized: stabilizedOverSeeds }),
          )
          .describe('in network order'),
        runChanges,
      }),
    )
    .describe('runs that differ in the seed alone, and what each layer does over them'),
  heldStretches: z
    .strictObject({
      inRuns: heldStretches.describe('over single runs'),
      overSeeds: orNull(heldStretches.describe('over groups of seeds'), 'where there is none'),
    })
    .describe('rises and falls that hold over all'),
  heldRunChanges: z
    .strictObject({
      inRuns: heldRunChanges.describe('over single runs'),
      overSeeds: orNull(heldRunChanges.describe('over groups of seeds'), 'where there is none'),
    })
    .describe('changes of runs as a whole that hold over all'),
  rates: z.array(groupRate).describe('by family, by architecture, and by every factor'),
  falseDiscoveries: determinedOr('determined', {
    method: text('procedure'),
    rate: share('false discovery rate that is held'),
    series: count('that could be tested'),
    changes: count('found in them'),
    threshold: share('those with a p-value of at most this survive; 0 where none does'),
    surviving: count('of them'),
  }).describe('which changes of the step detector hold over all series together'),
  jumpTypes,
});
