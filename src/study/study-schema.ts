import { z } from 'zod';
import { oneOf } from '../errors/nearest-name.ts';
import { layerKinds } from '../measurements/types.ts';
import { architectures } from '../models/architectures.ts';
import { nonlinearityNames } from '../models/nonlinearity.ts';
import { datasetNames } from './dataset-store.ts';
import { interventionsSchema } from './interventions/intervention-schema.ts';
import { positive, wholeNumber } from './number-ranges.ts';
import { misplacedOptions } from './training-options.ts';
import { trainingOptions, trainingSettings } from './training-settings.ts';

const knownName = (names: readonly string[]) =>
  z.string().superRefine((value, context) => {
    if (!names.includes(value)) {
      context.addIssue({ code: 'custom', message: oneOf(value, names), input: value });
    }
  });

const architectureName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/, 'letters, digits, _ and -, at most 80')
  .refine((name) => !Object.hasOwn(architectures, name), 'a name that no other network has');
const ownArchitecture = z.discriminatedUnion('family', [
  z.strictObject({
    name: architectureName,
    family: z.literal('mlp'),
    hidden: z.array(positive(16384)).min(1).max(200),
    nonlinearity: z.enum(nonlinearityNames).optional(),
    dropout: z.number().min(0).max(0.9).optional(),
  }),
  z.strictObject({
    name: architectureName,
    family: z.literal('cnn'),
    channels: z.array(positive(4096)).min(1).max(16),
    dropout: z.number().min(0).max(0.9).optional(),
  }),
  z.strictObject({
    name: architectureName,
    family: z.literal('transformer'),
    width: positive(8192),
    heads: positive(128),
    blocks: positive(96),
    dropout: z.number().min(0).max(0.9).default(0.1),
  }),
]);
const datasetName = knownName(datasetNames);

/** Some of a run's steps: every so many from step 0 on, those listed, or both. */
const dueSteps = {
  every: positive(10_000_000).optional(),
  at: z.array(wholeNumber(0, 10_000_000)).max(10_000).optional(),
};

/** Of a block that would do nothing without either. */
const hasDueSteps = ({ every, at }: { every?: number; at?: number[] }): boolean =>
  every !== undefined || at !== undefined;
const someDueSteps = 'every, at or both: the steps at which to measure';

const training = trainingSettings.superRefine((options, context) => {
  for (const { option, allowed } of misplacedOptions(options)) {
    context.addIssue({ code: 'custom', path: [option], message: allowed, input: options });
  }
});
const severalOf = (option: z.ZodType) => z.array(option).min(1).max(100);
const grid = z.strictObject(
  Object.fromEntries(
    Object.entries(trainingOptions).map(([name, option]) => [name, severalOf(option).optional()]),
  ) as { [K in keyof typeof trainingOptions]: z.ZodOptional<z.ZodArray<(typeof trainingOptions)[K]>> },
);

/** Training options of some of the runs, in place of those in `training`. */
const override = z.strictObject({
  architectures: z.array(z.string()).min(1).optional(),
  datasets: z.array(datasetName).min(1).optional(),
  training: z.strictObject(z.object(trainingOptions).partial().shape),
});

export const measurableKinds = layerKinds.filter((kind) => kind !== 'unknown');

/** What may be measured beside the layers, by its key in a study file; see `tracks/`. */
export const trackSchemas = {
  /** When to measure the weight matrices: their spectra, and how far they moved; never if absent. */
  weights: z.strictObject(dueSteps).refine(hasDueSteps, someDueSteps).optional(),
  /** Every how many steps to measure how fast the spectra of the weight matrices move; never if absent. */
  spectralVelocity: z.strictObject({ every: positive(10_000_000) }).optional(),
  /** When to measure how much gradients of single examples differ; never if absent. */
  gradientNoise: z
    .strictObject({
      ...dueSteps,
      /** Training examples to take the gradient of, in batches of 32; 512, or all if there are fewer, if absent. */
      examples: wholeNumber(64, 1_000_000).optional(),
    })
    .refine(hasDueSteps, someDueSteps)
    .optional(),
  /** When to measure the largest curvature of the loss; never if absent. */
  sharpness: z
    .strictObject({
      ...dueSteps,
      /** Training examples whose mean loss it is; 128, or all if there are fewer, if absent. */
      examples: wholeNumber(1, 1_000_000).optional(),
      /** Products with the Hessian at the most; each takes about two gradients. */
      iterations: positive(10_000).default(50),
      /** ‖Hv − λv‖ as a share of λ at which an eigenvalue counts as found; it is then about this squared away. */
      tolerance: z.number().positive().max(0.5).default(0.02),
      /** How many of the largest eigenvalues; 1 if absent. */
      eigenvalues: positive(100).optional(),
    })
    .refine(hasDueSteps, someDueSteps)
    .optional(),
  /** When to measure the whole spectrum of the loss's Hessian, with its trace; never if absent. */
  hessian: z
    .strictObject({
      ...dueSteps,
      /** Training examples whose mean loss it is; 128, or all if there are fewer, if absent. */
      examples: wholeNumber(1, 1_000_000).optional(),
      /** Random vectors; what is random about the result falls with their root. */
      probes: positive(1000).default(8),
      /** Products with the Hessian for each of them. */
      steps: positive(1000).default(16),
    })
    .refine(hasDueSteps, someDueSteps)
    .optional(),
};
export type TrackKey = keyof typeof trackSchemas;

/** The shape of a study file; `parseStudyFile` says what is wrong with one that differs. */
export const studySchema = z.strictObject({
  title: z.string().min(1).max(200).default('Untitled study'),
  architectures: z
    .array(z.union([knownName(Object.keys(architectures)), ownArchitecture]))
    .min(1)
    .max(200),
  datasets: z.array(datasetName).min(1).max(50),
  /** Folder with the files of data sets that are not built in. */
  dataFolder: z.string().optional(),
  /** What to train on in place of data sets that are not at hand. */
  substitutes: z.partialRecord(z.enum(datasetNames), datasetName).optional(),
  /** Pairs that are not run. */
  except: z
    .array(z.strictObject({ architecture: z.string(), dataset: datasetName }))
    .max(10_000)
    .optional(),
  seeds: z.array(z.int().min(0)).min(1).max(1000).default([0]),
  training: training.prefault({}),
  /** For the networks and data sets named (all, where none are): other options of `training`. Later ones win. */
  overrides: z.array(override).max(1000).optional(),
  /** Options of `training` to be varied: every combination of the values is run. */
  grid: grid.optional(),
  measurement: z
    .strictObject({
      /** Every so many steps; `{perDecade: n}`, dense early and ever sparser; or a list of steps. */
      every: z
        .union([
          positive(1_000_000),
          z.strictObject({ perDecade: positive(1000) }),
          z.array(wholeNumber(0, 10_000_000)).min(1).max(100_000),
        ])
        .default(5),
      /** Examples that every measurement is taken on. */
      samples: wholeNumber(2, 100_000).default(160),
      /** `published`: the output of every Linear and Conv2d module; `all`; or those of some kinds. */
      layers: z
        .union([z.enum(['published', 'all']), z.array(z.enum(measurableKinds)).min(1)])
        .default('published'),
      /** How a layer that works at several positions becomes a matrix. */
      pooling: z.enum(['features', 'published', 'positions-as-rows']).default('features'),
      /** Rows kept, chosen once per run, where `positions-as-rows` gives more. */
      rows: wholeNumber(2, 1_000_000).default(1000),
      /** Of column-centered activations, of raw ones, or of both. */
      spectra: z
        .array(z.enum(['centered', 'raw']))
        .min(1)
        .max(2)
        .refine((variants) => new Set(variants).size === variants.length, 'each spectrum once')
        .default(['centered', 'raw']),
      /** A layer's outputs before or after the nonlinearity that follows it, if one does. */
      outputs: z.enum(['before-nonlinearity', 'after-nonlinearity']).default('before-nonlinearity'),
    })
    .prefault({}),
  evaluation: z
    .strictObject({
      ...dueSteps,
      every: dueSteps.every.default(100),
      examples: positive(1_000_000).default(1000),
    })
    .prefault({}),
  ...trackSchemas,
  /** What is done to every run while it trains; nothing if absent. */
  interventions: interventionsSchema.optional(),
  /** Conditions by name, each with its interventions (none for a control): every run is trained under each. */
  conditions: z
    .record(
      z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/, 'letters, digits and -, at most 40'),
      interventionsSchema,
    )
    .refine((conditions) => Object.keys(conditions).length > 0, 'at least one condition')
    .optional(),
  /** When to save weights and optimizer; never if absent. */
  checkpoints: z.strictObject(dueSteps).optional(),
});

/** A study as its file describes it, defaults filled in: networks × data sets × hyper-parameters × seeds. */
export type StudyFile = z.output<typeof studySchema>;
/** What may be written in a study file: everything with a default may be left out. */
export type StudyFileInput = z.input<typeof studySchema>;
/** What a study file says of each track; null or absent: it is not measured. */
export type TrackSettings = { readonly [K in TrackKey]?: NonNullable<StudyFile[K]> | null };
