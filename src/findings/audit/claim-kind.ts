import { z } from 'zod';
import type { AuditContext } from './audit-context.ts';
import type { Assessment } from './evidence.ts';

/** What every claim has, whatever its kind. */
const shared = {
  id: z
    .string({ error: 'a text' })
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, 'letters, digits, _ and -, at most 40'),
  /** The claim in one sentence, as it was made. */
  claim: z.string({ error: 'a text' }).min(1, 'a sentence').max(500, 'at most 500 characters'),
};

/** A kind of claim: what it is told by, which data checks bear on it, and how it is looked into. */
export interface ClaimKind<Kind extends string, Shape extends z.ZodRawShape> {
  readonly kind: Kind;
  readonly schema: z.ZodObject<typeof shared & { kind: z.ZodLiteral<Kind> } & Shape>;
  /** Names of the data checks that bear on claims of this kind. */
  readonly checks: readonly string[];
  readonly assess: (claim: z.infer<ClaimKind<Kind, Shape>['schema']>, context: AuditContext) => Assessment;
}

/** Makes a kind of claim from its parameters and what looks into it. */
export function claimKind<const Kind extends string, Shape extends z.ZodRawShape>(definition: {
  readonly kind: Kind;
  readonly parameters: Shape;
  readonly checks: readonly string[];
  readonly assess: ClaimKind<Kind, Shape>['assess'];
}): ClaimKind<Kind, Shape> {
  const { kind, parameters, checks, assess } = definition;
  const schema = z.strictObject({ ...shared, kind: z.literal(kind), ...parameters });
  return { kind, schema: schema as ClaimKind<Kind, Shape>['schema'], checks, assess };
}

/** A share strictly between 0 and 1, such as a part of training. */
export const partOfTraining = z
  .number({ error: 'a number between 0 and 1' })
  .gt(0, 'a number above 0')
  .lt(1, 'a number below 1');

/** A share from 0 to 1. */
export const shareParameter = z
  .number({ error: 'a number from 0 to 1' })
  .min(0, 'a number from 0 to 1')
  .max(1, 'a number from 0 to 1');

export const positiveNumber = z.number({ error: 'a positive number' }).positive('a positive number');
