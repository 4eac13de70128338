const levels = 65536;

/** Words of seed that one mask takes: four generators of four words. */
export const seedWords = 16;

/** An element is dropped where 16 random bits are below this. */
export function dropThreshold(rate: number): number {
  return Math.round(rate * levels);
}

/** What kept elements are multiplied by, so that the expectation stays: 1 / (1 − rate), for the rate in 16 bits. */
export function keptValue(rate: number): number {
  return levels / (levels - dropThreshold(rate));
}

/**
 * Fills a mask with 0, at the given rate, and `keptValue(rate)`. Defines what the SIMD version must give: four xoshiro128**
 * (Blackman & Vigna 2018) side by side, each draw deciding four elements by its lower and four by its upper 16 bits.
 *
 * @param mask its length a multiple of 8.
 * @param seeds `seedWords` random words; word 4·i + j is the i-th of generator j.
 */
export function fillDropoutMask(mask: Float32Array, rate: number, seeds: ArrayLike<number>): void {
  const threshold = dropThreshold(rate);
  const value = keptValue(rate);
  const generators = Array.from({ length: 4 }, (_, j) =>
    xoshiro128(seeds[j], seeds[4 + j], seeds[8 + j], seeds[12 + j]),
  );
  for (let i = 0; i < mask.length; i += 8) {
    for (let j = 0; j < 4; j++) {
      const draw = generators[j]();
      mask[i + j] = (draw & 0xffff) >= threshold ? value : 0;
      mask[i + 4 + j] = draw >>> 16 >= threshold ? value : 0;
    }
  }
}

function xoshiro128(a: number, b: number, c: number, d: number): () => number {
  return () => {
    const scrambled = Math.imul(b, 5);
    const draw = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return draw;
  };
}
