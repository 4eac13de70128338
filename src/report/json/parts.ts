import { z } from 'zod';

/** The words in which the schema of a report is written: every field says what it means, and in which unit. */

export const text = (meaning: string) => z.string().describe(meaning);

/** @param unit or range, e.g. `training steps`, `0 to 1`. */
export const number = (meaning: string, unit?: string) => z.number().describe(withUnit(meaning, unit));

export const count = (meaning: string) => z.int().min(0).describe(meaning);

export const share = (meaning: string) => z.number().min(0).max(1).describe(withUnit(meaning, '0 to 1'));

export const step = (meaning: string) => number(meaning, 'training steps');

export const boolean = (meaning: string) => z.boolean().describe(meaning);

export const interval = (meaning: string, unit?: string) =>
  z.tuple([z.number(), z.number()]).describe(withUnit(meaning, unit));

export const names = (meaning: string) => z.array(z.string()).describe(meaning);

export const oneOf = <const T extends readonly string[]>(values: T, meaning: string) =>
  z.enum(values).describe(meaning);

/** What is not known is null, never absent. @param when it is null, in words. */
export const orNull = <T extends z.ZodType>(schema: T, when: string) => {
  const { description } = schema;
  return schema.nullable().describe([description, `null ${when}`].filter(Boolean).join('; '));
};

/** Something that could be found out, or the reason why not. */
export const determinedOr = <
  const Key extends string,
  Found extends z.ZodRawShape,
  Always extends z.ZodRawShape = Record<never, never>,
>(
  key: Key,
  found: Found,
  always: Always = {} as Always,
) =>
  z.union([
    z.strictObject({ [key]: z.literal(true).describe('it could be found out'), ...found, ...always }),
    z.strictObject({
      [key]: z.literal(false).describe('it could not'),
      reason: text('why not'),
      ...always,
    }),
  ]);

function withUnit(meaning: string, unit: string | undefined): string {
  return unit === undefined ? meaning : `${meaning} [${unit}]`;
}
