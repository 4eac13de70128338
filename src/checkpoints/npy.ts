import { InputError } from '../errors/input-error.ts';
import { isRowMajor, rowMajor } from './row-major.ts';
import { bytesPerElement, decodeTensor, elementCount, type StoredType, type Tensor } from './tensor.ts';
import { unzip } from './unzip.ts';

/** NumPy's own limit, of the reader that it takes for untrusted files. */
const longestHeader = 10_000;
const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY

const types: ReadonlyMap<string, StoredType> = new Map([
  ['f8', 'F64'],
  ['f4', 'F32'],
  ['f2', 'F16'],
  ['i8', 'I64'],
  ['i4', 'I32'],
  ['i2', 'I16'],
  ['i1', 'I8'],
  ['u8', 'U64'],
  ['u4', 'U32'],
  ['u2', 'U16'],
  ['u1', 'U8'],
  ['b1', 'BOOL'],
]);

/**
 * Reads a NumPy array file (format versions 1 to 3, https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 * Column-major arrays are turned into row-major ones; float16 is widened to float32.
 *
 * @param bytes the whole file.
 * @param file its name, for messages.
 * @throws InputError where the header is damaged or contradicts the data, or the elements are no plain numbers.
 * @example
 * readNpy(bytes, 'weights.npy').shape; // [32, 784]
 */
export function readNpy(bytes: Uint8Array, file?: string): Tensor {
  const refuse = (field: string, value: unknown, allowed: string): never => {
    throw new InputError({ file, field, value, allowed });
  };
  if (bytes.length < 12 || magic.some((byte, i) => bytes[i] !== byte))
    return refuse('first bytes', undefined, '\\x93NUMPY, as numpy.save writes them');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = bytes[6];
  if (version < 1 || version > 3) return refuse('format version', version, '1, 2 or 3');
  const [headerStart, headerLength] =
    version === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  const start = headerStart + headerLength;
  const longest = Math.min(bytes.length - headerStart, longestHeader);
  if (headerLength > longest) return refuse('header length', headerLength, `at most ${longest} bytes`);

  const header = new TextDecoder('latin1').decode(bytes.subarray(headerStart, start));
  const [, order = '', code = ''] = /'descr': *'([<>|=])(\w+)'/.exec(header) ?? [];
  const type = types.get(code);
  if (type === undefined) return refuse('descr', header.trim(), `one of ${[...types.keys()].join(', ')}`);
  const columnMajor = /'fortran_order': *True/.test(header);
  const extents = /'shape': *\(([\d, ]*)\)/.exec(header)?.[1];
  // (), (3,) and (2, 3): the comma after the last extent opens no further one.
  const shape = extents?.match(/\d+/g)?.map(Number) ?? [];
  const count = elementCount(shape);
  if (extents === undefined || count === null) return refuse('shape', header.trim(), 'whole numbers >= 0');
  const needed = count * bytesPerElement(type);
  if (bytes.length - start !== needed)
    return refuse(
      'data',
      `${bytes.length - start} bytes`,
      `${needed} bytes, as shape [${shape}] of ${code} needs`,
    );

  const tensor = decodeTensor(type, shape, bytes.subarray(start), order === '>');
  const strides = columnMajor ? columnMajorStrides(shape) : null;
  if (strides === null || count === 0 || isRowMajor(shape, strides)) return tensor;
  return { ...tensor, data: rowMajor(tensor.data, shape, strides, 0) };
}

/**
 * Reads the arrays of a NumPy archive (`numpy.savez`, plain or compressed) by name.
 *
 * @throws InputError where the archive or one of its arrays is damaged.
 */
export function readNpz(bytes: Uint8Array, file?: string): Map<string, Tensor> {
  const arrays = [...unzip(bytes, file)].filter(([name]) => name.endsWith('.npy'));
  const place = (name: string): string => (file === undefined ? name : `${file}/${name}`);
  return new Map(arrays.map(([name, array]) => [name.slice(0, -'.npy'.length), readNpy(array, place(name))]));
}

function columnMajorStrides(shape: readonly number[]): number[] {
  let step = 1;
  return shape.map((extent) => {
    const stride = step;
    step *= extent;
    return stride;
  });
}
