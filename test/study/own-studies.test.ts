import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numerics/random.ts';
import { checkPlans } from '../../src/study/check-plans.ts';
import { chooseExamples } from '../../src/study/choose-examples.ts';
import { openDataset } from '../../src/study/dataset-store.ts';
import { eventsOf } from '../../src/study/interventions/events-of.ts';
import { segmentExamples } from '../../src/study/interventions/segment-examples.ts';
import { planRuns } from '../../src/study/run-plan.ts';
import { checkStudyFile, type StudyFileInput } from '../../src/study/study-file.ts';

const teacher = {
  name: 'teacher',
  kind: 'linear_teacher' as const,
  inputs: 4,
  outputs: 3,
  singularValues: [2, 1],
} satisfies StudyFileInput['datasets'][number];
const linear = {
  name: 'linear',
  family: 'mlp' as const,
  hidden: [4],
  nonlinearity: 'linear' as const,
  bias: false,
} satisfies StudyFileInput['architectures'][number];
const base: StudyFileInput = {
  architectures: [linear],
  datasets: [teacher],
  split: 'same',
  training: { steps: 10, examples: 8, batchSize: 8, loss: 'half-squared-error' },
  measurement: { samples: 8 },
  evaluation: { examples: 8 },
};
const check = (changes: object) =>
  checkPlans(planRuns(checkStudyFile({ ...base, ...changes }, 'study.yaml')));

describe('a study of networks and data of one’s own', () => {
  it('is one that can be trained', () => {
    expect(() => check({ modes: { every: 2 }, events: [{ step: 3, name: 'known' }] })).not.toThrow();
  });

  it.each([
    [
      'a loss of classes for numbers',
      { training: { ...base.training, loss: 'cross-entropy' } },
      /training.loss is "?cross-entropy"?; allowed: squared-error, half-squared-error: teacher asks for numbers/,
    ],
    [
      'no loss named for numbers',
      { training: { steps: 10, examples: 8 } },
      /training.loss is "?cross-entropy/,
    ],
    [
      'more modes than there can be',
      { datasets: [{ ...teacher, singularValues: [1, 1, 1, 1] }] },
      /singularValues.*at most 3, the smaller of inputs and outputs/s,
    ],
    [
      'modes of data that have none',
      { modes: { every: 2 }, datasets: ['drawn_digits'], split: 'disjoint' },
      /modes is "?drawn_digits"?; allowed: only for data of kind linear_teacher/,
    ],
    [
      'features of another network',
      { features: { every: 2 } },
      /features is "?linear"?; allowed: only for autoencoders/,
    ],
    [
      'predictors of other data',
      { predictors: { every: 2 } },
      /predictors is "?teacher"?; allowed: only for data that ask for the next token/,
    ],
    [
      'accuracy of numbers',
      { trainingAccuracy: { every: 2 } },
      /trainingAccuracy is "?teacher"?; allowed: only for data that ask for classes/,
    ],
    [
      'a kind that there is not',
      { datasets: [{ name: 'x', kind: 'linear_pupil' }] },
      /study.yaml: datasets\[0\]/,
    ],
    [
      'a network that is not for tokens',
      {
        datasets: [{ name: 'c', kind: 'markov_chains', symbols: 3, length: 5, count: 50 }],
        training: { steps: 5, examples: 8 },
      },
      /allowed: a transformer, a decoder, or an MLP with an embedding/,
    ],
    [
      'more numbers than there is room for',
      { datasets: [{ name: 's', kind: 'sparse_features', features: 4096, density: 1, count: 10_000_000 }] },
      /count.*at most 65536 examples of 4096 numbers/s,
    ],
    [
      'fewer examples than are wanted',
      { training: { ...base.training, examples: 9 } },
      /dataset teacher is "?8 examples"?; allowed: at least 9/,
    ],
    [
      'a start along a teacher that is not there',
      {
        architectures: [{ ...linear, initial: { aligned: 0.1 } }],
        datasets: ['drawn_digits'],
        split: 'disjoint',
      },
      /initial.aligned is .*; allowed: data of kind linear_teacher/,
    ],
    [
      'inputs that are not there, blank',
      { interventions: [{ at: 0, inputs: { blank: [2, 4] } }] },
      /inputs.blank is .*2,.?4.*; allowed: a first and a last number of an example, from 0 to 3/,
    ],
    [
      'an unknown data set in overrides',
      { overrides: [{ datasets: ['pupil'], training: {} }] },
      /overrides\[0\].datasets\[0\] is "?pupil"?; allowed: /,
    ],
  ])('says what is wrong with %s', (_, changes, message) => {
    expect(() => check(changes)).toThrow(message);
  });

  it('trains, probes and evaluates on the same examples where its split says so', () => {
    const [plan] = planRuns(checkStudyFile(base, 'study'));
    const { training, probe, evaluation } = chooseExamples(plan, openDataset(plan));
    expect([...training.ids]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(probe.data.targets).toEqual(training.data.targets);
    expect(evaluation.ids).toEqual(training.ids);
  });

  it('tells known events beside interventions, by step', () => {
    expect(
      eventsOf({
        events: [{ step: 3, name: 'known' }],
        interventions: [
          { at: 5, set: { learningRate: 1 } },
          { at: 1, freeze: 'none' },
        ],
      }),
    ).toEqual([
      { step: 1, name: 'nothing frozen' },
      { step: 3, name: 'known' },
      { step: 5, name: 'learningRate 1' },
    ]);
  });
});

describe('inputs that are blank', () => {
  it('are 0 at the numbers given, for every example', () => {
    const data = {
      name: 'x',
      inputs: Float32Array.of(1, 2, 3, 4, 5, 6),
      labels: Uint8Array.of(0, 1),
      exampleShape: [3],
      classes: 2,
      count: 2,
    };
    const segment = { select: 'all', labels: 'true', inputs: { blank: [1, 2] }, drawnAt: 0 } as const;
    expect([...segmentExamples(data, segment, createRandom(0), null).inputs]).toEqual([1, 0, 0, 4, 0, 0]);
  });
});
