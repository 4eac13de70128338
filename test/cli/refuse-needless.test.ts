import { describe, expect, test } from 'vitest';
import { refuseNeedless } from '../../src/cli/refuse-needless.ts';

describe('an option that would have no effect is refused', () => {
  const names = ['minStep', 'out'] as const;

  test('by the name it was typed with, and what it needs beside it is said', () => {
    expect(() => refuseNeedless({ out: undefined, minStep: 0 }, names, 'only with --metric')).toThrow(
      '--min-step; allowed: only with --metric',
    );
  });

  test('options not given, or that have one, pass', () => {
    expect(() => refuseNeedless({ metric: 'rank' } as object, names as never, '')).not.toThrow();
  });
});
