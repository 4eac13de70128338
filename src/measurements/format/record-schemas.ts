import { z } from 'zod';
import { headerSchema } from '../run-header.ts';

const step = z.int({ error: 'a whole number from 0' }).min(0, 'a whole number from 0');
const positive = z.int({ error: 'a whole number from 1' }).min(1, 'a whole number from 1');
const finite = z.number({ error: 'a finite number' });
const finiteOrNull = z
  .number({ error: 'a finite number, or null with its reason under undetermined' })
  .nullable();
const share = z
  .number({ error: 'a share from 0 to 1' })
  .min(0, 'a share from 0 to 1')
  .max(1, 'a share from 0 to 1');
const notNegative = z.number({ error: 'a finite number from 0' }).min(0, 'a finite number from 0');
const list = <T extends z.ZodType>(entry: T, error: string) => z.array(entry, { error });
const object = <T extends z.core.$ZodLooseShape>(shape: T) => z.looseObject(shape, { error: 'an object' });
const numbers = z.record(z.string(), finiteOrNull, { error: 'an object of numbers by name' });
const undetermined = z
  .record(z.string(), z.string({ error: 'a text' }), { error: 'an object of reasons by name' })
  .optional();
/** How records of version 2 end. */
const seal = {
  n: positive.optional().describe('number of the record, from 1; in version 2'),
  crc: z
    .string({ error: 'eight hexadecimal digits' })
    .regex(/^[0-9a-f]{8}$/, 'eight hexadecimal digits')
    .optional()
    .describe('CRC-32 of the line up to the comma before it, starting from that of the header; in version 2'),
};
const digest = z
  .string({ error: '64 hexadecimal digits' })
  .regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits')
  .describe('SHA-256 of all lines before');

const spectrum = object({
  singularValues: list(notNegative, 'a list of numbers').describe(
    'descending, min(samples, features) of them',
  ),
  reliable: step
    .nullable()
    .describe('how many leading ones carry digits; null: those from 1e-6 of the first on'),
  rowFourthMoment: notNegative
    .nullable()
    .describe('sum of the fourth powers of the lengths of the centered rows; null where not known'),
});

/** What a record is, by the key that tells it. */
export const recordSchemas = {
  step: object({
    step: step.describe('training step, above that of the measurement before'),
    loss: finiteOrNull,
    gradientNorm: finiteOrNull,
    undetermined,
    layers: list(object({ metrics: numbers, undetermined }), 'a list of one object per layer').optional(),
    ...seal,
  }).describe('a measurement: every metric of every layer, in the order of the header'),
  spectra: object({
    spectra: object({
      step,
      layers: list(
        object({ centered: spectrum.nullish(), raw: spectrum.nullish() }),
        'a list of one object per layer',
      ),
    }),
    ...seal,
  }).describe('the spectra of the measurement in the line before'),
  evaluation: object({
    evaluation: object({
      step,
      accuracy: share,
      examples: step.nullable(),
      loss: finite.optional(),
      perClass: list(share.nullable(), 'a list of shares from 0 to 1, or null').optional(),
    }),
    ...seal,
  }).describe('an accuracy on held-out examples'),
  event: object({
    event: object({
      step,
      name: z
        .string({ error: 'a text of 1 to 200 characters' })
        .min(1, 'a text of 1 to 200 characters')
        .max(200, 'a text of 1 to 200 characters'),
    }),
    ...seal,
  }).describe('what happened before a step'),
  track: object({
    track: object({
      id: z.string({ error: 'a track of the header' }),
      step,
      subjects: list(
        object({
          values: numbers,
          undetermined,
          singularValues: list(notNegative, 'a list of numbers, or null').nullish(),
        }),
        'a list of one object per subject',
      ),
    }),
    ...seal,
  }).describe('a measurement of a track'),
  lost: object({ lost: object({ records: positive }), ...seal }).describe(
    'where records were lost, in a repaired log',
  ),
  end: object({
    end: object({
      reason: z.string({ error: 'a text' }).min(1, 'a text: complete, or why the run stopped'),
      step: step.nullish().describe('of the last measurement'),
      records: positive.optional().describe('how many stand before; in version 2'),
      sha256: digest.optional(),
    }),
    ...seal,
  }).describe('the last line of a run that ended by itself'),
};

export type RecordKind = keyof typeof recordSchemas;

export const recordKinds = Object.keys(recordSchemas) as readonly RecordKind[];

/** What a record is; null if none of its keys tells. */
export function kindOf(record: Readonly<Record<string, unknown>>): RecordKind | null {
  return recordKinds.find((kind) => Object.hasOwn(record, kind)) ?? null;
}

/** A line of a log: the header, which is the first, or a record. */
export const lineSchema = z.union([headerSchema, ...Object.values(recordSchemas)]);
