import { type Bytes, simd } from './assembler.ts';

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
  multiply: binary(0xf2),
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
  and: binary(0x4e),
  /** a and not b. */
  without: binary(0x4f),
  or: binary(0x50),
  xor: binary(0x51),
  /** The upper eight bytes, in the lower half. */
  upperHalf: (a: Bytes): Bytes =>
    simd(0x0d, [a, a], [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]),
};
