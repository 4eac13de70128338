import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addTimings, readTimings } from '../../src/study/timings-store.ts';
import { temporaryFolder } from './small-study.ts';

describe('the timings of a study', () => {
  it('grow by what is added; newer seconds replace older ones', () => {
    const folder = temporaryFolder();
    addTimings(folder, { a: 1.5 });
    addTimings(folder, { b: 2 });
    addTimings(folder, { b: 3, c: 4 });
    expect(readTimings(folder)).toEqual({ a: 1.5, b: 3, c: 4 });
    expect(JSON.parse(readFileSync(join(folder, 'timings.json'), 'utf8'))).toEqual({
      seconds: { a: 1.5, b: 3, c: 4 },
    });
  });

  it.each(['', '{', 'null', '{"seconds": 3}', '{"seconds": {"a": "long"}}'])(
    'are empty if the file holds %j',
    (content) => {
      const folder = temporaryFolder();
      expect(readTimings(folder)).toEqual({});
      writeFileSync(join(folder, 'timings.json'), content);
      expect(readTimings(folder)).toEqual({});
    },
  );
});
