import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import type { FuzzedReader } from './fuzzed-reader.ts';
import { runCases } from './run-cases.ts';

/** Small, and few, so that every change is met by some: `npm run fuzz` goes through a hundred thousand. */
const cases = 250;
const largest = 2 ** 14;

/** The first cases of each reader, always the same ones. */
export function describeDamagedFiles(readers: readonly FuzzedReader[]): void {
  describe.each(readers.map((reader) => [reader.name, reader] as const))('the reader %s', (_, reader) => {
    it('reads the valid files that the cases are made of', () => {
      for (const sample of reader.samples()) {
        try {
          reader.read(sample);
        } catch (error) {
          // Samples that are refused for what they ask, not for how they are written, are fuzzed as well.
          expect(error).toBeInstanceOf(InputError);
          expect(reader.name).toBe('pickle');
        }
      }
    });

    it('answers damaged files with content or an InputError, in bounded time and memory', () => {
      const { findings, read, refused } = runCases(reader, { seed: 1, from: 0, to: cases, largest });
      expect(findings).toEqual([]);
      expect(read + refused).toBe(cases);
      if (!reader.refusesNothing) expect(refused).toBeGreaterThan(cases / 20);
    });
  });
}
