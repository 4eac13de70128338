import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import type { FuzzedReader } from './fuzzed-reader.ts';
import { runCases } from './run-cases.ts';

/** Small, so that a thousand are quick. */
const largest = 2 ** 14;

/** A thousand cases of each reader, always the same ones; `npm run fuzz` runs a hundred thousand. */
export function describeThousandCases(readers: readonly FuzzedReader[]): void {
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

    it('answers a thousand damaged files with content or an InputError, in bounded time and memory', () => {
      const { findings, read, refused } = runCases(reader, { seed: 1, from: 0, to: 1000, largest });
      expect(findings).toEqual([]);
      expect(read + refused).toBe(1000);
      if (!reader.refusesNothing) expect(refused).toBeGreaterThan(50);
    });
  });
}
