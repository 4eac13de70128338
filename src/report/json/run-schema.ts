import { z } from 'zod';
import { detectorNames } from '../../detectors/registry.ts';
import { curve, stabilization } from './curve-schema.ts';
import { boolean, count, determinedOr, interval, number, oneOf, orNull, share, step, text } from './parts.ts';

const detector = oneOf(detectorNames as readonly [string, ...string[]], 'detector of steps');
const setting = z.union([z.number(), z.string(), z.boolean()]);

export const analyzedWith = {
  series: text('series that was analyzed, as the option --metric names it'),
  detector,
  alpha: share('error rate of each curve and series, and of intervals'),
};

const change = z
  .strictObject({
    index: count('of the first measurement of the new regime, from 0'),
    step: step('of that measurement'),
    interval: interval('steps between which the change lies', 'training steps'),
    kind: oneOf(['level', 'slope', 'variance'], 'what changed'),
    direction: oneOf(['increase', 'decrease'], 'which way'),
    effect: orNull(number('size', 'sd of the local noise'), 'where the detector estimates no noise'),
    magnitude: number('size, at least 0', 'unit of the series; of a slope, per step'),
    pValue: orNull(share('of the detector, for its own series'), 'where it has none'),
  })
  .meta({ id: 'Change', description: 'a change that the step detector found' });

const detection = determinedOr('testable', {
  changes: z.array(change).describe('in order'),
  tested: interval('first and last step at which a change can be reported', 'training steps'),
}).meta({ id: 'Detection', description: 'what the step detector says of a series' });

const mover = z
  .strictObject({
    quantity: oneOf(['shape', 'size', 'velocity', 'pace', 'loss'], 'what kind of quantity'),
    name: text('the series'),
    layer: orNull(text('its layer'), 'for pace and loss'),
    before: orNull(number('median just before'), 'where no measurement has a value'),
    after: orNull(number('median just after'), 'where no measurement has a value'),
    width: count('measurements on either side that are compared'),
    score: number('the step', 'sd of earlier ones; below 0 for a fall'),
    strength: number('the same', 'multiples of what nothing changing seldom reaches'),
  })
  .meta({ id: 'Mover', description: 'a series that moved where a run changed' });

export const runChanges = determinedOr('testable', {
  alpha: share('chance of any change reported in a run in which nothing changes'),
  changes: z
    .array(
      z.strictObject({
        index: count('of the first measurement of the new regime, from 0'),
        step: step('of that measurement'),
        interval: interval('steps between which it lies', 'training steps'),
        kind: oneOf(['change', 'recovery'], 'or what only follows an earlier change'),
        after: orNull(step('of the change that a recovery follows'), 'of a change'),
        strength: number('how far it goes', 'multiples of what alpha allows'),
        pValue: share('at least 0.0005'),
        quantity: oneOf(['shape', 'size', 'velocity', 'pace', 'loss'], 'over whose series it shows most'),
        width: count('measurements on either side that were compared'),
        moved: z.array(mover).describe('the strongest first'),
      }),
    )
    .describe('in order of place'),
  pValue: share('that a run in which nothing changes shows anything as strong; at least 0.0005'),
  tested: interval('first and last step at which a change would be seen', 'training steps'),
  runs: count('runs looked at together'),
  controls: count('control runs compared with; 0 where with their own past'),
  leftOut: z
    .array(
      z.strictObject({
        run: text('whose'),
        name: text('the series'),
        layer: orNull(text('its layer'), 'for the loss'),
        reason: text('why it was left out'),
      }),
    )
    .describe('series that took no part'),
}).meta({ id: 'RunChanges', description: 'when a run as a whole changed; see docs/run-changes.md' });

const layerDynamics = z
  .strictObject({
    layer: text('its name'),
    depth: count('its place in the network, from 0'),
    kind: text('what it computes'),
    curve,
    stabilization,
    detection,
    summary: z
      .strictObject({
        first: orNull(number('first value', 'unit of the series'), 'where there is none'),
        last: orNull(number('last value', 'unit of the series'), 'where there is none'),
        min: orNull(number('least value', 'unit of the series'), 'where there is none'),
        max: orNull(number('largest value', 'unit of the series'), 'where there is none'),
        measurements: count('with and without a value'),
        undetermined: count('without a value'),
        undeterminedShare: share('of all'),
      })
      .describe('its values'),
  })
  .meta({ id: 'LayerDynamics', description: 'what the analyzed series of a layer does' });

const fast = z.strictObject({ from: step('begins'), to: step('ends') });

const criticalPeriods = z
  .strictObject({
    steps: z.array(z.number()).describe('ends of the intervals between measurements [training steps]'),
    layers: z
      .array(
        z.union([
          z.strictObject({
            layer: text('its name'),
            determined: z.literal(true),
            fast: z.array(fast).describe('its jumps and fast rises and falls'),
          }),
          z.strictObject({
            layer: text('its name'),
            determined: z.literal(false),
            reason: text('why its curve cannot be described'),
          }),
        ]),
      )
      .describe('when each layer is fast'),
    coordination: determinedOr('determined', {
      layers: count('that entered'),
      share: z.array(z.number()).describe('of these that are fast in each interval of `steps` [0 to 1]'),
      baseRate: share('mean of it'),
      maximum: z
        .strictObject({
          share: share('of layers'),
          step: step('when'),
          pValue: share('over circular shifts of the layers'),
        })
        .describe('the largest share'),
      threshold: orNull(share('least share held to be coordinated'), 'where even all layers are not enough'),
      alpha: share('level, over the whole run'),
      periods: z
        .array(z.strictObject({ from: step('begins'), to: step('ends'), peakShare: share('largest in it') }))
        .describe('stretches at or above the threshold'),
      shifts: count('random shifts drawn'),
    }).describe('whether layers are fast together beyond chance'),
    loss: determinedOr('determined', {
      share: share('of fast intervals in which the loss falls'),
      baseRate: share('of all intervals'),
      difference: number('the one less the other'),
      interval: interval('of the difference'),
      pValue: share('two-sided, over circular shifts of the loss'),
      criticalMeasurements: count('fast intervals counted, over all layers'),
    }).describe('whether the loss falls more often while layers are fast'),
  })
  .meta({
    id: 'CriticalPeriods',
    description: 'when the layers of a run are fast, together, and with the loss',
  });

const convergenceOrder = z
  .strictObject({
    pattern: oneOf(
      ['bottom-up', 'top-down', 'no order detected', 'undefined'],
      'in which order layers settle',
    ),
    reason: orNull(text('why it is undefined'), 'where it is not'),
    tau: orNull(number("Kendall's tau-b of depth and stabilization", '−1 to 1'), 'where undefined'),
    pValue: orNull(share('two-sided, of permutations'), 'where undefined'),
    smallestPValue: orNull(share('that these layers could give'), 'where undefined'),
    method: orNull(oneOf(['exact', 'sampled'], 'over all orders, or some'), 'where undefined'),
    layers: z
      .strictObject({
        stabilized: count('layers'),
        moving: count('layers'),
        constant: count('layers'),
        unmoved: count('layers'),
        undetermined: count('layers'),
      })
      .describe('layers by state'),
  })
  .meta({ id: 'ConvergenceOrder', description: 'whether layers settle in the order of their depth' });

const lossAt = z.strictObject({
  step: step('when'),
  loss: number('training loss', 'nats for cross-entropy'),
});

const layerSummary = z
  .strictObject({
    layer: text('its name'),
    kind: text('what it computes'),
    depth: count('its place in the network, from 0'),
    samples: orNull(count('rows of the measured matrix'), 'where the log does not say'),
    features: orNull(count('columns of the measured matrix'), 'where the log does not say'),
    dynamics: orNull(
      z.strictObject({
        first: orNull(number('first value', 'unit of the series'), 'where there is none'),
        last: orNull(number('last value', 'unit of the series'), 'where there is none'),
        relativeChange: orNull(number('(last − first) / |first|'), 'where that cannot be said'),
        undetermined: count('measurements without a value'),
        does: text('what the curve does, in a sentence'),
        stabilization,
        fastStretches: orNull(count('jumps and fast rises and falls'), 'where it cannot be described'),
        changes: orNull(count('of the step detector'), 'where it cannot be tested'),
        tested: orNull(
          interval('first and last step at which a change can be reported', 'training steps'),
          'where it cannot be tested',
        ),
        notTestable: orNull(text('why it cannot be tested'), 'where it can'),
      }),
      'where there is nothing to analyze',
    ),
  })
  .meta({ id: 'LayerSummary', description: 'how the analyzed series of a layer went' });

const trackSummary = z
  .strictObject({
    track: text('what kind of quantity'),
    measurements: count('how often'),
    firstStep: orNull(step('of the first'), 'where there is none'),
    lastStep: orNull(step('of the last'), 'where there is none'),
    subjects: z
      .array(
        z.strictObject({
          name: text('weight matrix, layer, or `network`'),
          rows: orNull(count('of a matrix'), 'of what is none'),
          columns: orNull(count('of a matrix'), 'of what is none'),
          series: z
            .record(
              z.string(),
              z.strictObject({
                first: orNull(number('first value'), 'where there is none'),
                last: orNull(number('last value'), 'where there is none'),
                undetermined: count('measurements without a value'),
              }),
            )
            .describe('by metric'),
        }),
      )
      .describe('what was measured'),
  })
  .meta({
    id: 'TrackSummary',
    description: 'where a quantity that is measured beside the layers began and ended',
  });

export const runSchema = z
  .strictObject({
    run: text('its name'),
    architecture: text('its network'),
    family: text('the kind of its network'),
    dataset: text('what it learned'),
    classes: orNull(count('of the data'), 'where the log does not say'),
    seed: orNull(z.number().describe('it was trained with'), 'where it is not recorded'),
    parameters: orNull(count('weights and biases'), 'where the log does not say'),
    hyperparameters: z.record(z.string(), setting).describe('settings of its training'),
    complete: boolean('whether it reached its planned end'),
    stopped: orNull(text('why it did not'), 'where it did, or does not say'),
    lostRecords: count('that its log says to have lost'),
    plannedSteps: step('planned'),
    measurements: count('how often it was measured'),
    firstStep: orNull(step('of the first measurement'), 'where there is none'),
    lastStep: orNull(step('of the last measurement'), 'where there is none'),
    events: z
      .array(z.strictObject({ step: step('when'), name: text('what') }))
      .describe('that are known to have happened'),
    loss: orNull(
      z
        .strictObject({
          first: lossAt.describe('the first'),
          last: lossAt.describe('the last'),
          min: lossAt.describe('the least'),
        })
        .describe('training loss'),
      'where no measurement has one',
    ),
    accuracy: orNull(
      z
        .strictObject({
          step: step('when'),
          accuracy: share('of correct answers'),
          examples: orNull(count('evaluated'), 'where the log does not say'),
          loss: number('mean on the same examples').optional(),
        })
        .describe('the last evaluation on held-out examples'),
      'where there is none',
    ),
    analysis: orNull(
      z.strictObject({ seriesId: analyzedWith.series, detector, alpha: analyzedWith.alpha }),
      'where there is nothing to analyze',
    ),
    runChanges: orNull(runChanges, 'where there is nothing to analyze'),
    totals: orNull(
      z
        .strictObject({
          does: text('what the layers do together, in a sentence'),
          describedLayers: count('layers whose curves could be described'),
          movingLayers: orNull(count('of these, with a rise or fall'), 'where none could be described'),
          fastStretches: orNull(count('jumps and fast rises and falls'), 'where none could be described'),
          stabilizedLayers: orNull(count('layers that are stable'), 'where none could be described'),
          testableLayers: count('layers that the step detector could test'),
          changes: orNull(count('that it found'), 'where it could test none'),
          convergencePattern: text('in which order layers settle'),
        })
        .describe('over its layers'),
      'where there is nothing to analyze',
    ),
    layers: z.array(layerSummary).describe('in network order'),
    dynamics: orNull(
      z
        .strictObject({
          layers: z.array(layerDynamics).describe('in network order'),
          convergenceOrder,
          criticalPeriods,
        })
        .describe('what its layers do, one by one and together'),
      'where it was not analyzed',
    ),
    tracks: z.array(trackSummary).describe('what was measured beside the layers'),
  })
  .meta({ id: 'Run', description: 'a run, how it went, and what its layers did' });
