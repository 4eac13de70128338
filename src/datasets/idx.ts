import { InputError } from '../errors/input-error.ts';

/** An array as an IDX file holds it, in row-major order. */
export interface IdxArray {
  readonly shape: readonly number[];
  /** Unsigned bytes (type 0x08) or 32-bit integers (type 0x0C). */
  readonly data: Uint8Array | Int32Array;
}

const unsignedByte = 0x08;
const int32 = 0x0c;

/**
 * Reads an IDX file, the format of MNIST: two zero bytes, an element type, the number of axes, the extent of each
 * axis and the elements, all big-endian (http://yann.lecun.com/exdb/mnist, "the IDX file format").
 *
 * @param bytes the whole file, already unzipped.
 * @param file its name, for messages.
 * @throws InputError where the magic number is another, or the file holds more or less than its header promises.
 * @example
 * readIdx(bytes, 't10k-images-idx3-ubyte').shape; // [10000, 28, 28]
 */
export function readIdx(bytes: Uint8Array, file?: string): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const magic = bytes.length >= 4 ? view.getUint32(0) : null;
  const type = (magic ?? 0) >>> 8;
  const axes = (magic ?? 0) & 0xff;
  if (magic === null || (type !== unsignedByte && type !== int32) || axes === 0 || axes > 4)
    throw new InputError({
      file,
      field: 'magic number',
      value: magic === null ? `${bytes.length} bytes long` : `0x${magic.toString(16).padStart(8, '0')}`,
      allowed: 'an IDX file of unsigned bytes (0x0000080N) or 32-bit integers (0x00000c0N), N = 1 to 4 axes',
    });
  const start = 4 + 4 * axes;
  if (bytes.length < start)
    throw new InputError({
      file,
      field: 'file length',
      value: bytes.length,
      allowed: `a header of ${start} bytes`,
    });
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  // Products of four 32-bit extents may round, but never down to the size of a file in memory.
  const count = shape.reduce((product, extent) => product * extent, 1);
  const promised = start + count * (type === int32 ? 4 : 1);
  if (bytes.length !== promised)
    throw new InputError({
      file,
      field: 'file length',
      value: bytes.length,
      allowed: `${promised} bytes, as its header [${shape}] promises`,
    });
  if (type === unsignedByte) return { shape, data: bytes.subarray(start) };
  return { shape, data: Int32Array.from({ length: count }, (_, i) => view.getInt32(start + 4 * i)) };
}
