import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { roomHere } from '../../src/workbench/provenance.ts';

const GB = 1e9;

describe('what runs may take of this machine', () => {
  it('is four fifths of the memory that is free, and its cores or as many threads as runs were asked for', () => {
    const room = roomHere(1000, { available: 10 * GB, total: 16 * GB, limit: 0 });
    expect(room).toEqual({ threads: 1000, memory: 8 * GB });
    expect(roomHere(1).threads).toBe(availableParallelism());
  });

  it('is a quarter of all memory where little counts as free, or of what a container allows', () => {
    expect(roomHere(1, { available: 0.2 * GB, total: 16 * GB, limit: 2 ** 64 }).memory).toBe(4 * GB);
    expect(roomHere(1, { available: 0.2 * GB, total: 16 * GB, limit: 8 * GB }).memory).toBe(2 * GB);
  });
});
