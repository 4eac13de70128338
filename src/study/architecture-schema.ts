import { z } from 'zod';
import { architectures } from '../models/architectures.ts';
import { nonlinearityNames } from '../models/nonlinearity.ts';
import { positive, wholeNumber } from './number-ranges.ts';

const name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/, 'letters, digits, _ and -, at most 80')
  .refine((chosen) => !Object.hasOwn(architectures, chosen), 'a name that no other network has');

const factor = z.number().positive().max(1e6);
const initial = z.union([
  z.strictObject({ sd: factor }),
  z.strictObject({ gain: factor }),
  z.strictObject({ xavier: factor }),
]);
const initialOfStack = z.union([
  ...initial.options,
  z.strictObject({ aligned: z.union([factor, z.array(factor).min(1).max(2048)]) }),
]);

/** Networks of one's own; see `models`. */
export const ownArchitecture = z.discriminatedUnion('family', [
  z.strictObject({
    name,
    family: z.literal('mlp'),
    hidden: z.array(positive(16384)).min(1).max(200),
    nonlinearity: z.enum(nonlinearityNames).optional(),
    dropout: z.number().min(0).max(0.9).optional(),
    bias: z.boolean().optional(),
    initial: initialOfStack.optional(),
    embedding: positive(8192).optional(),
    paths: positive(16).optional(),
  }),
  z.strictObject({
    name,
    family: z.literal('cnn'),
    channels: z.array(positive(4096)).min(1).max(16),
    dropout: z.number().min(0).max(0.9).optional(),
  }),
  z.strictObject({
    name,
    family: z.literal('transformer'),
    width: positive(8192),
    heads: positive(128),
    blocks: positive(96),
    dropout: z.number().min(0).max(0.9).default(0.1),
  }),
  z.strictObject({
    name,
    family: z.literal('decoder'),
    width: positive(8192),
    heads: positive(128),
    blocks: positive(96),
    feedForward: wholeNumber(0, 65536).optional(),
    nonlinearity: z.enum(nonlinearityNames).optional(),
    layerNorm: z.boolean().optional(),
    positions: z.enum(['learned', 'rotary', 'relative', 'none']).optional(),
    outputProjection: z.boolean().optional(),
    bias: z.boolean().optional(),
    tied: z.boolean().optional(),
    initial: initial.optional(),
    readoutSd: factor.optional(),
    positionSd: factor.optional(),
  }),
  z.strictObject({
    name,
    family: z.literal('autoencoder'),
    hidden: positive(16384),
    nonlinearity: z.enum(nonlinearityNames).optional(),
    initial: initial.optional(),
  }),
]);
