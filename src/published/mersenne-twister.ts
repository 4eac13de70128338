const N = 624;
const M = 397;

/**
 * The generator behind `numpy.random.RandomState(seed)`: MT19937 (Matsumoto & Nishimura 1998), seeded by a 32-bit
 * integer, with doubles of 53 bits. It exists only to repeat the published study's seeded draws; everything else
 * in rankscope draws from `numerics/random`.
 *
 * @param seed an integer in [0, 2^32).
 * @example
 * mersenneTwister(42).uniform(); // 0.3745401188473625, as RandomState(42).random_sample()
 */
export function mersenneTwister(seed: number): { uniform(): number } {
  const state = new Uint32Array(N);
  state[0] = seed;
  for (let i = 1; i < N; i++) state[i] = Math.imul(1812433253, state[i - 1] ^ (state[i - 1] >>> 30)) + i;
  let position = N;

  const refill = (): void => {
    for (let i = 0; i < N; i++) {
      const y = (state[i] & 0x80000000) | (state[(i + 1) % N] & 0x7fffffff);
      state[i] = state[(i + M) % N] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    position = 0;
  };
  const uint32 = (): number => {
    if (position === N) refill();
    let y = state[position++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
  return { uniform: () => ((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) / 9007199254740992 };
}
