import { joined } from '../mutations.ts';

const floats = (count: number): Uint8Array =>
  new Uint8Array(Float32Array.from({ length: count }, (_, i) => i - 3.5).buffer);

/** A NumPy file of format version 1. */
export function npy(descr: string, shape: string, data: Uint8Array, fortran = false): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${shape}, }`;
  const text = new TextEncoder().encode(`${header.padEnd(118 - 1)}\n`);
  return joined(Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length, 0), text, data);
}

export function npys(): Uint8Array[] {
  return [
    npy('<f4', '(2, 3)', floats(6)),
    npy('>f2', '(4, 3)', floats(6), true),
    npy('<i8', '(3,)', floats(6)),
    npy('|b1', '()', Uint8Array.of(1)),
  ];
}

/** An IDX file of bytes (type 8) or 32-bit integers (type 12). */
export function idx(type: 8 | 12, shape: readonly number[], data: Uint8Array): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * shape.length));
  header.setUint32(0, (type << 8) | shape.length);
  shape.forEach((extent, axis) => {
    header.setUint32(4 + 4 * axis, extent);
  });
  return joined(new Uint8Array(header.buffer), data);
}

export function images(): Uint8Array[] {
  return [
    idx(
      8,
      [3, 4, 5],
      Uint8Array.from({ length: 60 }, (_, i) => 4 * i),
    ),
    idx(8, [2, 28, 28], new Uint8Array(1568)),
  ];
}

export function labels(): Uint8Array[] {
  return [
    idx(8, [3], Uint8Array.of(1, 2, 9)),
    idx(12, [3, 2], new Uint8Array(24)),
    idx(8, [0], new Uint8Array(0)),
  ];
}

/** Two records of CIFAR-10. */
export function cifar(): Uint8Array[] {
  const record = (label: number) => joined(Uint8Array.of(label), new Uint8Array(3072).fill(100 + label));
  return [joined(record(3), record(9))];
}
