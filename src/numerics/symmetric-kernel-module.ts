import {
  assembleModule,
  type Bytes,
  type FunctionDefinition,
  i32,
  i32Add,
  i32Constant,
  i32LessUnsigned,
  i32Multiply,
  load,
  localGet,
  localSet,
  store,
  v128,
  whileDo,
} from './webassembly/assembler.ts';
import { bits, f64x2 } from './webassembly/simd-instructions.ts';

const { add, subtract, multiply, loadSplat, lowerLanes, upperLanes } = f64x2;
const bytesPerElement = 8;

/** The inner loops of symmetric matrices, assembled. Each gives the bits of its counterpart in TypeScript. */
export function symmetricKernelModule(): Uint8Array<ArrayBuffer> {
  return assembleModule([innerProducts(), updateAndMultiply()]);
}

const step = (local: number, bytes: number): Bytes =>
  localSet(local, i32Add(localGet(local), i32Constant(bytes)));

/** Both lanes of a, summed, beside both of b. */
const laneSums = (a: Bytes, b: Bytes): Bytes => add(lowerLanes(a, b), upperLanes(a, b));

/**
 * Inner products of three rows from `x` with three rows from `y`, each `bytes` long (two elements or none at a time): three
 * rows of four elements at `out`, `outStride` bytes apart, of which the fourth has no meaning.
 *
 * Nine sums and their factors are what fits in sixteen registers.
 */
function innerProducts(): FunctionDefinition {
  const [x0, y0, bytes, out, outStride, x1, x2, y1, y2, end] = Array(10).keys();
  const [a0, a1, a2, b] = [10, 11, 12, 13];
  const sum = (i: number, j: number): number => 14 + 3 * i + j;
  const row = (i: number): Bytes => [
    ...store(localGet(out), laneSums(localGet(sum(i, 0)), localGet(sum(i, 1)))),
    ...store(localGet(out), laneSums(localGet(sum(i, 2)), localGet(sum(i, 2))), 16),
    ...localSet(out, i32Add(localGet(out), localGet(outStride))),
  ];
  return {
    name: 'innerProducts',
    parameters: [i32, i32, i32, i32, i32],
    result: null,
    locals: [...Array(5).fill(i32), ...Array(13).fill(v128)],
    body: [
      ...localSet(end, i32Add(localGet(x0), localGet(bytes))),
      ...localSet(x1, localGet(end)),
      ...localSet(x2, i32Add(localGet(x1), localGet(bytes))),
      ...localSet(y1, i32Add(localGet(y0), localGet(bytes))),
      ...localSet(y2, i32Add(localGet(y1), localGet(bytes))),
      ...whileDo(i32LessUnsigned(localGet(x0), localGet(end)), [
        ...localSet(a0, load(localGet(x0))),
        ...localSet(a1, load(localGet(x1))),
        ...localSet(a2, load(localGet(x2))),
        ...[y0, y1, y2].flatMap((y, j) => [
          ...localSet(b, load(localGet(y))),
          ...[a0, a1, a2].flatMap((a, i) =>
            localSet(sum(i, j), add(localGet(sum(i, j)), multiply(localGet(a), localGet(b)))),
          ),
        ]),
        ...[x0, x1, x2, y0, y1, y2].flatMap((pointer) => step(pointer, 16)),
      ]),
      ...[0, 1, 2].flatMap(row),
    ],
  };
}

/**
 * A ← A − u wᵀ − w uᵀ and p ← A x on the leading block of `rows` rows (an even number), where A's lower triangle is
 * given, and the upper element of each 2 × 2 block on the diagonal; reads every element once.
 *
 * Two rows at a time halve the loads of u, w, x and p.
 */
function updateAndMultiply(): FunctionDefinition {
  const [matrix, stride, rows, u, w, x, p, vectorEnd, rowR, rowS, at, offset] = Array(12).keys();
  const [ur, us, wr, ws, xr, xs, sumR, sumS, uj, wj, xj, ar, as] = [...Array(25).keys()].slice(12);
  const there = (base: number): Bytes => i32Add(localGet(base), localGet(offset));
  const updated = (row: number, uRow: number, wRow: number): Bytes =>
    subtract(
      subtract(load(there(row)), multiply(localGet(uRow), localGet(wj))),
      multiply(localGet(wRow), localGet(uj)),
    );
  const updateTwoColumns: Bytes = [
    ...localSet(uj, load(there(u))),
    ...localSet(wj, load(there(w))),
    ...localSet(xj, load(there(x))),
    ...localSet(ar, updated(rowR, ur, wr)),
    ...localSet(as, updated(rowS, us, ws)),
    ...store(there(rowR), localGet(ar)),
    ...store(there(rowS), localGet(as)),
    ...localSet(sumR, add(localGet(sumR), multiply(localGet(ar), localGet(xj)))),
    ...localSet(sumS, add(localGet(sumS), multiply(localGet(as), localGet(xj)))),
  ];
  return {
    name: 'updateAndMultiply',
    parameters: Array(7).fill(i32),
    result: null,
    locals: [...Array(5).fill(i32), ...Array(13).fill(v128)],
    body: [
      ...localSet(rowR, localGet(matrix)),
      ...localSet(vectorEnd, i32Multiply(localGet(rows), i32Constant(bytesPerElement))),
      ...whileDo(i32LessUnsigned(localGet(at), localGet(vectorEnd)), [
        ...localSet(rowS, i32Add(localGet(rowR), localGet(stride))),
        ...(
          [
            [ur, us, u],
            [wr, ws, w],
            [xr, xs, x],
          ] as const
        ).flatMap(([first, second, vector]) => [
          ...localSet(first, loadSplat(i32Add(localGet(vector), localGet(at)))),
          ...localSet(second, loadSplat(i32Add(localGet(vector), localGet(at)), bytesPerElement)),
        ]),
        ...localSet(sumR, bits.zero),
        ...localSet(sumS, bits.zero),
        ...localSet(offset, i32Constant(0)),
        ...whileDo(i32LessUnsigned(localGet(offset), localGet(at)), [
          ...updateTwoColumns,
          ...store(
            there(p),
            add(
              load(there(p)),
              add(multiply(localGet(ar), localGet(xr)), multiply(localGet(as), localGet(xs))),
            ),
          ),
          ...step(offset, 16),
        ]),
        // The 2 × 2 block on the diagonal is given whole, so its columns count once.
        ...updateTwoColumns,
        ...store(there(p), laneSums(localGet(sumR), localGet(sumS))),
        ...localSet(rowR, i32Add(localGet(rowS), localGet(stride))),
        ...step(at, 16),
      ]),
    ],
  };
}
