import type { Run } from './types.ts';

/** What a run is when nobody says what was trained on what. */
export const unknownFacts = {
  architecture: 'unknown',
  family: 'unknown',
  dataset: 'unknown',
  classes: null,
  seed: null,
  hyperparameters: {},
  parameterCount: null,
} as const satisfies Partial<Run>;
