/** A seeded source of random numbers. Every random draw in rankscope comes from one that is passed in. */
export interface Random {
  /** The next 32 random bits, as an integer in [0, 2^32). */
  uint32(): number;
  /** Uniform in [0, 1), 53 bits of resolution. */
  uniform(): number;
  /** Uniform integer in [0, bound), without modulo bias; 1 <= bound <= 2^32. */
  integer(bound: number): number;
  /** Standard normal. */
  normal(): number;
  /**
   * An independent generator named by `label`: it depends on this generator's seed and the label only, not on
   * how many numbers were drawn before, so that adding a draw in one place does not move the others.
   */
  fork(label: string | number): Random;
}

/**
 * A seeded generator: xoshiro128** (Blackman & Vigna 2018) with its state filled by hashing the seed.
 *
 * @param seed any string or finite number; equal seeds give equal sequences on every platform.
 * @example
 * const rng = createRandom(7);
 * const batch = Array.from({ length: 4 }, () => rng.integer(1500));
 */
export function createRandom(seed: string | number): Random {
  const name = typeof seed === 'number' ? `n${seed}` : `s${seed}`;
  // In typed arrays: numbers of 32 bits and doubles in plain variables would be allocated anew at every draw.
  const state = Int32Array.from(stateFrom(name));
  const spare = Float64Array.of(Number.NaN);

  const uint32 = (): number => {
    const b = state[1];
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const c = state[2] ^ state[0];
    const d = state[3] ^ b;
    state[1] = b ^ c;
    state[0] ^= d;
    state[2] = c ^ (b << 9);
    state[3] = rotateLeft(d, 11);
    return result;
  };
  const uniform = (): number => ((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) / 9007199254740992;
  const integer = (bound: number): number => {
    if (!(bound >= 1 && bound <= 4294967296))
      throw new RangeError(`integer bound is ${bound}; allowed: 1 to 2^32`);
    const limit = 4294967296 - (4294967296 % bound);
    let draw = uint32();
    while (draw >= limit) draw = uint32();
    return draw % bound;
  };
  // Marsaglia's polar method: exact, and needs no trigonometry whose last bit differs between platforms.
  const normal = (): number => {
    const kept = spare[0];
    if (!Number.isNaN(kept)) {
      spare[0] = Number.NaN;
      return kept;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const r = x * x + y * y;
      if (r >= 1 || r === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(r)) / r);
      spare[0] = y * scale;
      return x * scale;
    }
  };
  return { uint32, uniform, integer, normal, fork: (label) => createRandom(`${name}/${label}`) };
}

/** A uniformly random order of 0 … n−1 (Fisher-Yates). */
export function permutation(n: number, rng: Random): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = rng.integer(i + 1);
    const held = order[i];
    order[i] = order[j];
    order[j] = held;
  }
  return order;
}

function rotateLeft(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}

/** FNV-1a over the name, then splitmix32 for the four words of state. */
function stateFrom(name: string): [number, number, number, number] {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    hash = Math.imul(hash ^ (name.charCodeAt(i) & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (name.charCodeAt(i) >>> 8), 0x01000193);
  }
  const next = (): number => {
    hash = (hash + 0x9e3779b9) | 0;
    let z = hash ^ (hash >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return (z ^ (z >>> 15)) | 0;
  };
  return [next(), next(), next(), next() | 1];
}
