/** Floats of 16 and 8 bits that checkpoints hold: how many bytes one takes, and its value by its bits. */
export const smallFloats = {
  F16: { bytes: 2, value: (bits: number) => fromFields(bits, 5, 10, 'infinity') },
  /** The upper half of a float32. */
  BF16: { bytes: 2, value: (bits: number) => fromFields(bits, 8, 7, 'infinity') },
  /** Four bits of exponent, three of fraction, no infinity (OCP 8-bit floating point specification 1.0). */
  F8_E4M3: { bytes: 1, value: (bits: number) => fromFields(bits, 4, 3, 'none') },
  F8_E5M2: { bytes: 1, value: (bits: number) => fromFields(bits, 5, 2, 'infinity') },
} as const;

export type SmallFloat = keyof typeof smallFloats;

export function isSmallFloat(type: string): type is SmallFloat {
  return Object.hasOwn(smallFloats, type);
}

/**
 * Small floats as float32, which holds every one of them exactly.
 *
 * @param bytes of the elements, one after the other.
 * @param bigEndian whether the higher byte of each comes first.
 * @example
 * widen('BF16', Uint8Array.of(0x80, 0x3f)); // Float32Array [1]
 */
export function widen(type: SmallFloat, bytes: Uint8Array, bigEndian = false): Float32Array<ArrayBuffer> {
  const values = tableOf(type);
  const size = smallFloats[type].bytes;
  const floats = new Float32Array(bytes.length / size);
  if (size === 1) {
    for (let i = 0; i < floats.length; i++) floats[i] = values[bytes[i]];
    return floats;
  }
  const [low, high] = bigEndian ? [1, 0] : [0, 1];
  for (let i = 0; i < floats.length; i++) floats[i] = values[bytes[2 * i + low] | (bytes[2 * i + high] << 8)];
  return floats;
}

const tables = new Map<SmallFloat, Float32Array>();

/** Every value by its bits: looked up, a checkpoint of a billion elements is read at the speed of memory. */
function tableOf(type: SmallFloat): Float32Array {
  const made = tables.get(type);
  if (made !== undefined) return made;
  const { bytes, value } = smallFloats[type];
  const table = Float32Array.from({ length: 2 ** (8 * bytes) }, (_, bits) => value(bits));
  tables.set(type, table);
  return table;
}

/** A sign, an exponent and a fraction, as IEEE 754 has them; `none` keeps the largest exponent for numbers, but for NaN. */
function fromFields(
  bits: number,
  exponentBits: number,
  fractionBits: number,
  largest: 'infinity' | 'none',
): number {
  const exponents = 2 ** exponentBits;
  const fractions = 2 ** fractionBits;
  const sign = bits & (exponents * fractions) ? -1 : 1;
  const exponent = (bits >>> fractionBits) & (exponents - 1);
  const fraction = bits & (fractions - 1);
  const bias = exponents / 2 - 1;
  if (exponent === exponents - 1) {
    if (largest === 'infinity') return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    if (fraction === fractions - 1) return Number.NaN;
  }
  if (exponent === 0) return sign * (fraction / fractions) * 2 ** (1 - bias);
  return sign * (1 + fraction / fractions) * 2 ** (exponent - bias);
}
