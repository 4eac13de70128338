/**
 * A small assembler for WebAssembly modules of SIMD loops: each function below returns the bytes of one construct of the
 * binary format (WebAssembly Core Specification 2.0, ch. 5), and code is built by nesting them as one would nest calls.
 */
export type Bytes = readonly number[];

export const i32 = 0x7f;
export const f32 = 0x7d;
export const f64 = 0x7c;
export const v128 = 0x7b;
export type ValueType = typeof i32 | typeof f32 | typeof f64 | typeof v128;

/** A function of a module. Parameters are the first locals. */
export interface FunctionDefinition {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  readonly result: ValueType | null;
  /** Further locals, all 0 at first. */
  readonly locals: readonly ValueType[];
  readonly body: Bytes;
}

/** The bytes of a module that imports the memory `env.memory` and exports the given functions. */
export function assembleModule(functions: readonly FunctionDefinition[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters, result }) => [
    0x60,
    ...vector(parameters.map((type) => [type])),
    ...vector(result === null ? [] : [[result]]),
  ]);
  const memoryImport = [...text('env'), ...text('memory'), 0x02, 0x00, ...unsigned(0)];
  const bodies = functions.map(({ locals, body }) => {
    const code = [...vector(locals.map((type) => [1, type])), ...body, 0x0b];
    return [...unsigned(code.length), ...code];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(types)),
    ...section(2, vector([memoryImport])),
    ...section(3, vector(functions.map((_, i) => unsigned(i)))),
    ...section(7, vector(functions.map(({ name }, i) => [...text(name), 0x00, ...unsigned(i)]))),
    ...section(10, vector(bodies)),
  ]);
}

export const localGet = (local: number): Bytes => [0x20, ...unsigned(local)];
export const localSet = (local: number, value: Bytes): Bytes => [...value, 0x21, ...unsigned(local)];
export const i32Add = (a: Bytes, b: Bytes): Bytes => [...a, ...b, 0x6a];
export const i32Multiply = (a: Bytes, b: Bytes): Bytes => [...a, ...b, 0x6c];
export const i32LessUnsigned = (a: Bytes, b: Bytes): Bytes => [...a, ...b, 0x49];
export const i32Constant = (value: number): Bytes => [0x41, ...signed(value)];
export const f64Add = (a: Bytes, b: Bytes): Bytes => [...a, ...b, 0xa0];

/** Runs the body, then again as long as the condition holds. */
export const doWhile = (body: Bytes, condition: Bytes): Bytes => [
  ...[0x03, 0x40], // loop without a result
  ...body,
  ...condition,
  ...[0x0d, 0x00, 0x0b], // br_if to the loop's start; end
];

/** Runs the body as long as the condition holds, perhaps not at all. */
export const whileDo = (condition: Bytes, body: Bytes): Bytes => [
  ...[0x02, 0x40, 0x03, 0x40], // block and loop without a result
  ...condition,
  ...[0x45, 0x0d, 0x01], // i32.eqz, br_if to the block's end
  ...body,
  ...[0x0c, 0x00, 0x0b, 0x0b], // br to the loop's start; end of both
];

/** A SIMD instruction by its opcode: its operands, then what the instruction itself carries. */
export function simd(opcode: number, operands: readonly Bytes[], immediate: Bytes = []): Bytes {
  return [...operands.flat(), 0xfd, ...unsigned(opcode), ...immediate];
}

/** 16 bytes at an address plus a fixed offset. */
export const load = (address: Bytes, offset = 0): Bytes => simd(0x00, [address], [4, ...unsigned(offset)]);
export const store = (address: Bytes, value: Bytes, offset = 0): Bytes =>
  simd(0x0b, [address, value], [4, ...unsigned(offset)]);

/** Unsigned LEB128. */
export function unsigned(value: number): Bytes {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(Math.floor(value / 0x80))];
}

/** Signed LEB128 of a 32-bit integer. */
export function signed(value: number): Bytes {
  const isLast = value >= -0x40 && value < 0x40;
  return isLast ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}

function vector(items: readonly Bytes[]): Bytes {
  return [...unsigned(items.length), ...items.flat()];
}

function section(id: number, content: Bytes): Bytes {
  return [id, ...unsigned(content.length), ...content];
}

function text(value: string): Bytes {
  return [...unsigned(value.length), ...[...value].map((letter) => letter.charCodeAt(0))];
}
