import type { Tensor } from '../checkpoints/tensor.ts';
import { InputError } from '../errors/input-error.ts';
import type { ModelTensor } from '../training/session-model.ts';
import type { OnnxGraph } from './onnx-graph.ts';
import type { ValueMessage } from './onnx-messages.ts';

/** Arrays of probe inputs by name; one without a name is the model's only input. */
export type InputArrays = ReadonlyMap<string, Tensor>;

/** What a model is run on. */
export interface ProbeInputs {
  /** Examples, the extent of every input's first axis. */
  readonly examples: number;
  /** Examples of one run: all, or as many as the model fixes. */
  readonly batch: number;
  /** What was done to the arrays to fit the model, in words. */
  readonly notes: readonly string[];
  /** The same examples in parts of at most so many, the last one smaller perhaps. */
  inParts(most: number): ProbeInputs;
  /** Whether the model itself says how many examples it takes. */
  readonly isFixed: boolean;
  /** The inputs of one run, `count` examples from `from` on. */
  slice(from: number, count: number): Map<string, ModelTensor>;
}

const inputTypes: ReadonlyMap<number, ModelTensor['type']> = new Map([
  [1, 'float32'],
  [11, 'float64'],
  [7, 'int64'],
  [6, 'int32'],
  [9, 'bool'],
]);

/**
 * Fits arrays to the inputs of a model: names, types, shapes. ONNX Runtime does not check symbolic extents; here equal
 * symbols must have equal extents.
 *
 * @param most examples taken, from the first; null for all.
 * @throws InputError where an array is missing or left over, or does not fit.
 */
export function probeInputs(graph: OnnxGraph, arrays: InputArrays, most: number | null): ProbeInputs {
  const names = graph.inputs.map(({ name }) => name);
  const notes: string[] = [];
  const symbols = new Map<string, number>();
  const left = new Set(arrays.keys());
  let examples: number | null = null;
  let fixed: number | null = null;
  const prepared = graph.inputs.map((input) => {
    const key = arrays.has(input.name)
      ? input.name
      : names.length === 1 && arrays.size === 1
        ? [...arrays.keys()][0]
        : null;
    const array = key === null ? undefined : arrays.get(key);
    if (array === undefined) {
      throw new InputError({
        file: graph.file,
        field: `input ${input.name}`,
        value: `arrays ${[...arrays.keys()].join(', ')}`,
        allowed: 'an array of that name in the inputs (npz or safetensors)',
      });
    }
    left.delete(key!);
    const ready = fitted(input, array, symbols, notes, graph.file);
    if (examples !== null && examples !== ready.count) {
      throw new InputError({
        field: `input ${input.name}`,
        value: `${ready.count} examples`,
        allowed: `${examples}, as the other inputs have`,
      });
    }
    examples = ready.count;
    fixed ??= ready.fixed;
    return { name: input.name, ...ready };
  });
  if (left.size > 0) {
    throw new InputError({
      field: 'inputs',
      value: [...left].join(', '),
      allowed: `arrays named ${names.join(', ')}`,
    });
  }
  const available = Math.min(examples ?? 0, most ?? Number.POSITIVE_INFINITY);
  const batch = fixed ?? available;
  const count = Math.floor(available / Math.max(1, batch)) * batch;
  if (count === 0) {
    throw new InputError({
      field: 'inputs',
      value: `${available} examples`,
      allowed: `at least ${Math.max(1, batch)}`,
    });
  }
  if (fixed !== null)
    notes.push(
      `the model fixes ${fixed} ${fixed === 1 ? 'example' : 'examples'} a run: it is run ${count / fixed} times`,
    );
  if (count < available)
    notes.push(`${available - count} examples left over: the model takes ${batch} at a time`);
  const inBatches = (size: number): ProbeInputs => ({
    examples: count,
    batch: size,
    notes,
    isFixed: fixed !== null,
    inParts: (most) => inBatches(fixed ?? Math.min(size, most)),
    slice: (from, taken) =>
      new Map(
        prepared.map(({ name, type, data, shape, size }): [string, ModelTensor] => [
          name,
          {
            type,
            data: data.subarray(from * size, (from + taken) * size) as never,
            shape: [taken, ...shape],
          },
        ]),
      ),
  });
  return inBatches(batch);
}

function fitted(
  { name, type }: ValueMessage,
  array: Tensor,
  symbols: Map<string, number>,
  notes: string[],
  file: string,
) {
  const field = `input ${name}`;
  const tensor = type?.tensorType ?? null;
  const wanted = tensor === null ? undefined : inputTypes.get(tensor.elemType);
  if (tensor === null || wanted === undefined) {
    throw new InputError({
      file,
      field,
      value: tensor === null ? 'no tensor' : `element type ${tensor.elemType}`,
      allowed: [...inputTypes.values()].join(', '),
    });
  }
  const dims = (tensor.shape?.dim ?? []).map(({ dimValue, dimParam }) =>
    dimValue > 0 ? dimValue : dimParam,
  );
  const [count = 1, ...rest] = array.shape;
  const fixed = typeof dims[0] === 'number' ? dims[0] : null;
  const inner = tensor.shape === null ? rest : resolved(dims.slice(1), rest, { field, file, symbols, notes });
  const size = inner.reduce((product, extent) => product * extent, 1);
  return { type: wanted, data: converted(array, wanted, name, notes), shape: inner, size, count, fixed };
}

/** The extents of an example: as the array has them, or reshaped where the model's fixed ones hold as many elements. */
function resolved(
  dims: readonly (number | string)[],
  shape: readonly number[],
  {
    field,
    file,
    symbols,
    notes,
  }: { field: string; file: string; symbols: Map<string, number>; notes: string[] },
): readonly number[] {
  const matches =
    dims.length === shape.length && dims.every((dim, i) => typeof dim === 'string' || dim === shape[i]);
  if (matches) {
    dims.forEach((dim, i) => {
      if (typeof dim !== 'string' || dim === '') return;
      const known = symbols.get(dim);
      if (known !== undefined && known !== shape[i]) {
        throw new InputError({
          file,
          field: `${field}, axis ${dim}`,
          value: shape[i],
          allowed: `${known}, as another input has it`,
        });
      }
      symbols.set(dim, shape[i]);
    });
    return shape;
  }
  const product = (extents: readonly (number | string)[]): number =>
    extents.reduce<number>((sum, extent) => sum * (typeof extent === 'number' ? extent : Number.NaN), 1);
  if (product(dims) === product(shape)) {
    notes.push(`${field}: examples [${shape}] reshaped to [${dims}]`);
    return dims as number[];
  }
  throw new InputError({
    file,
    field,
    value: `examples of shape [${shape}]`,
    allowed: `[${dims.map((dim) => (dim === '' ? 'any' : dim))}]`,
  });
}

function converted(array: Tensor, wanted: ModelTensor['type'], name: string, notes: string[]) {
  const { data } = array;
  if (wanted === 'int64')
    return data instanceof BigInt64Array
      ? data
      : BigInt64Array.from(data as never, (value: number | bigint) => BigInt(value));
  const numbers =
    data instanceof BigInt64Array || data instanceof BigUint64Array ? Float64Array.from(data, Number) : data;
  if (wanted === 'int32') return Int32Array.from(numbers);
  if (wanted === 'bool') return Uint8Array.from(numbers, (value) => (value === 0 ? 0 : 1));
  if (wanted === 'float64') return numbers instanceof Float64Array ? numbers : Float64Array.from(numbers);
  if (numbers instanceof Float32Array) return numbers;
  if (numbers instanceof Float64Array) notes.push(`input ${name}: float64 rounded to float32`);
  return Float32Array.from(numbers);
}
