import { z } from 'zod';
import type { LayerKind, NetworkFamily } from '../../measurements/types.ts';

const kinds = [
  'linear',
  'convolution',
  'embedding',
  'attention-head',
  'attention-output',
  'feed-forward-in',
  'feed-forward-out',
  'input-projection',
  'classifier',
  'unknown',
] as const satisfies readonly LayerKind[];

export const layerKindParameter = z.enum(kinds, { error: `one of ${kinds.join(', ')}` });

const families = ['mlp', 'cnn', 'transformer', 'unknown'] as const satisfies readonly NetworkFamily[];

export const familyParameter = z.enum(families, { error: `one of ${families.join(', ')}` });
