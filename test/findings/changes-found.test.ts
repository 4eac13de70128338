import { describe, expect, it } from 'vitest';
import { changesFound } from '../../src/findings/changes-found.ts';

describe('the changes of a study, in words', () => {
  const control = {
    determined: true,
    method: 'Benjamini-Hochberg over series',
    rate: 0.05,
    series: 12,
    changes: 3,
    threshold: 0.01,
    surviving: 2,
  } as const;

  it('are counted, and how many hold over all series', () => {
    expect(changesFound(control)).toBe(
      '3 in 12 series that could be tested; 2 of them also at a false discovery rate of 0.05 over all series',
    );
  });

  it('are none, not 0, where none was found or none holds', () => {
    expect(changesFound({ ...control, changes: 0, surviving: 0 })).toBe(
      'none in 12 series that could be tested',
    );
    expect(changesFound({ ...control, surviving: 0 })).toMatch(/; none of them also at/);
  });

  it('are neither where nothing could be tested', () => {
    const reason = 'no series could be tested';
    expect(changesFound({ determined: false, reason })).toBe(reason);
  });
});
