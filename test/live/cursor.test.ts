import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCursor, parseCursor } from '../../src/live/cursor.ts';

const position = fc.record({
  count: fc.integer({ min: 1, max: 2 ** 31 }),
  crc: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});

describe('the id of an event', () => {
  it('says up to where each run was told', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.nat(600), position), { selector: ([place]) => place, maxLength: 100 }),
        (runs) => {
          const cursor = new Map(runs);
          expect(parseCursor(formatCursor(cursor))).toEqual(cursor);
        },
      ),
    );
  });

  it('leaves out runs that have not begun', () => {
    expect(formatCursor(new Map([[3, { count: 0, crc: 7 }]]))).toBe('');
  });

  it('is empty where a header would not carry it: everything is told again', () => {
    const many = new Map(Array.from({ length: 600 }, (_, i) => [i, { count: 400, crc: 2 ** 32 - 1 }]));
    expect(formatCursor(many)).toBe('');
    expect(parseCursor('')).toEqual(new Map());
  });

  it('means nothing where it is none of ours', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const { count, crc } of parseCursor(text).values()) {
          expect(Number.isSafeInteger(count) && Number.isSafeInteger(crc)).toBe(true);
        }
      }),
    );
    expect(parseCursor(null)).toEqual(new Map());
    expect(parseCursor('0.5')).toEqual(new Map());
    expect(parseCursor('<script>')).toEqual(new Map());
  });
});
