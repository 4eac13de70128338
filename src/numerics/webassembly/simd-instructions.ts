import { type Bytes, simd, unsigned } from './assembler.ts';

// Opcodes: WebAssembly Core Specification 2.0, 5.4.8 (vector instructions).
const binary =
  (opcode: number) =>
  (a: Bytes, b: Bytes): Bytes =>
    simd(opcode, [a, b]);
const unary =
  (opcode: number) =>
  (a: Bytes): Bytes =>
    simd(opcode, [a]);

/** Four float32. */
export const f32x4 = {
  splat: unary(0x13),
  lessThan: binary(0x43),
  abs: unary(0xe0),
  sqrt: unary(0xe3),
  add: binary(0xe4),
  subtract: binary(0xe5),
  multiply: binary(0xe6),
  divide: binary(0xe7),
};

/** Two float64. */
export const f64x2 = {
  fromLowHalf: unary(0x5f),
  add: binary(0xf0),
  subtract: binary(0xf1),
  multiply: binary(0xf2),
  /** The eight bytes at an address plus a fixed offset, twice. */
  loadSplat: (address: Bytes, offset = 0): Bytes => simd(0x0a, [address], [3, ...unsigned(offset)]),
  /** a's lane 0 beside b's. */
  lowerLanes: (a: Bytes, b: Bytes): Bytes => shuffle(a, b, [0, 16]),
  /** a's lane 1 beside b's. */
  upperLanes: (a: Bytes, b: Bytes): Bytes => shuffle(a, b, [8, 24]),
  lane: (vector: Bytes, lane: number): Bytes => simd(0x21, [vector], [lane]),
};

/** Four 32-bit integers. */
export const i32x4 = {
  splat: unary(0x11),
  notBelow: binary(0x40),
  shiftLeft: binary(0xab),
  shiftRight: binary(0xad),
  multiply: binary(0xb5),
};

/** 128 bits. */
export const bits = {
  zero: simd(0x0c, [], Array(16).fill(0)),
  and: binary(0x4e),
  /** a and not b. */
  without: binary(0x4f),
  or: binary(0x50),
  xor: binary(0x51),
  /** The upper eight bytes, in the lower half. */
  upperHalf: (a: Bytes): Bytes => shuffle(a, a, [8, 8]),
};

/** Two runs of eight bytes out of the 32 bytes of a and b, each by its first byte. */
function shuffle(a: Bytes, b: Bytes, starts: readonly [number, number]): Bytes {
  return simd(
    0x0d,
    [a, b],
    starts.flatMap((start) => Array.from({ length: 8 }, (_, i) => start + i)),
  );
}
