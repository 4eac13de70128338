import { InputError } from '../errors/input-error.ts';
import { MemoryBudget } from '../formats/memory-budget.ts';
import { forEachLeaf } from './nested-names.ts';
import { PickleGlobal, PickleObject, readPickle } from './pickle.ts';
import { isRowMajor, rowMajor } from './row-major.ts';
import {
  bytesPerElement,
  decodedBytes,
  decodeTensor,
  elementCount,
  type StoredType,
  type Tensor,
} from './tensor.ts';
import { foreignArchive } from './torch-formats.ts';
import { unzip } from './unzip.ts';

export type TorchScalar = null | boolean | number | bigint | string;

/** What a PyTorch checkpoint holds, under nested names such as `model_state_dict.fc.weight`. */
export interface TorchArchive {
  readonly tensors: Map<string, Tensor>;
  /** Everything that is no tensor: `step`, `loss`, `optimizer_state_dict.param_groups.0.lr`. */
  readonly values: Map<string, TorchScalar>;
  /** What is neither, by name, and what it is: `collections.Counter`, `a list of 200000 values`. None of it was made or run. */
  readonly skipped: Map<string, string>;
}

export const storageTypes: ReadonlyMap<string, StoredType> = new Map([
  ['torch.DoubleStorage', 'F64'],
  ['torch.FloatStorage', 'F32'],
  ['torch.HalfStorage', 'F16'],
  ['torch.BFloat16Storage', 'BF16'],
  ['torch.LongStorage', 'I64'],
  ['torch.IntStorage', 'I32'],
  ['torch.ShortStorage', 'I16'],
  ['torch.CharStorage', 'I8'],
  ['torch.ByteStorage', 'U8'],
  ['torch.BoolStorage', 'BOOL'],
]);

/** Above what PyTorch's operators take. */
const mostAxes = 64;
/** A tensor's own object beside its elements, and an empty dict. */
const cost = { view: 320, dict: 256, dictEntry: 64 };

/**
 * Reads a checkpoint that `torch.save` wrote (its zip format, PyTorch 1.6 and later).
 *
 * Its pickle is read as data: nothing is executed, and what is no tensor, number, text or container of them is skipped and
 * listed by name. Other formats of PyTorch are named for what they are, with what to do. Tensors that are contiguous in PyTorch are views of their storage and may share
 * memory, as they do there. Float16 and bfloat16 are widened to float32. A lone tensor is named `tensor`.
 *
 * @param bytes the whole file.
 * @param file its name, for messages.
 * @throws InputError where the archive is damaged, contradicts itself, or holds more than plain data.
 * @example
 * const { tensors, values } = readTorchArchive(bytes, 'checkpoint.pt');
 * tensors.get('model_state_dict.fc.weight')!.shape; // [10, 1152]
 * values.get('step'); // 100
 */
export function readTorchArchive(bytes: Uint8Array, file?: string): TorchArchive {
  const foreign = foreignArchive(bytes);
  if (foreign !== null) throw new InputError({ file, ...foreign });
  const entries = unzip(bytes, file);
  const folder = torchFolder(entries.keys(), (name) => entries.get(name), file);

  const inflated = [...entries.values()].reduce((sum, entry) => sum + entry.length, 0);
  const budget = new MemoryBudget(Math.max(bytes.length, inflated), file);
  const reader = tensorReader((key) => entries.get(`${folder}data/${key}`), budget, file);
  const root = readPickle(entries.get(`${folder}data.pkl`)!, { file, ...reader }, budget);
  const tensors = new Map<string, Tensor>();
  const values = new Map<string, TorchScalar>();
  const skipped = new Map<string, string>();
  if (entries.has(`${folder}constants.pkl`))
    throw new InputError({ file, field: 'zip archive', value: 'TorchScript', allowed: weightsAlone });
  forEachLeaf(
    root,
    (name, value) => {
      if (isTensor(value)) tensors.set(name === '' ? 'tensor' : name, value);
      else if (isScalar(value)) values.set(name, value);
      else skipped.set(name, describe(value));
    },
    file,
    budget,
  );
  const [object] = skipped.values();
  if (tensors.size === 0 && object !== undefined)
    throw new InputError({ file, field: 'pickled object', value: object, allowed: weightsAlone });
  return { tensors, values, skipped };
}

/** What a model that was saved with its code is not: nothing of it is run here. */
export const weightsAlone =
  "tensors, numbers, text and containers of them: of a whole module, save torch.save(model.state_dict(), 'weights.pt')";
export const plainData = 'tensors, numbers, text, lists, tuples and dicts';

/**
 * The folder of an archive in which `torch.save` put everything, with the slash at its end.
 *
 * @param contentOf the content of an entry; undefined where there is none of that name.
 * @throws InputError where no entry is its pickle, or numbers are stored with the highest byte first.
 */
export function torchFolder(
  names: Iterable<string>,
  contentOf: (name: string) => Uint8Array | undefined,
  file: string | undefined,
): string {
  const pickle = [...names].find((name) => /^[^/]*\/data\.pkl$/.test(name));
  if (pickle === undefined) {
    throw new InputError({
      file,
      field: 'zip archive',
      value: 'no data.pkl',
      allowed: 'a file that torch.save wrote',
    });
  }
  const folder = pickle.slice(0, -'data.pkl'.length);
  const order = contentOf(`${folder}byteorder`);
  const said = order === undefined ? 'little' : new TextDecoder().decode(order);
  if (said !== 'little') throw new InputError({ file, field: 'byteorder', value: said, allowed: 'little' });
  return folder;
}

/** Storages and the few calls that rebuild tensors from them. */
function tensorReader(
  storageBytes: (key: string) => Uint8Array | undefined,
  budget: MemoryBudget,
  file?: string,
) {
  const storages = new Map<string, Tensor>();

  const persistent = (id: unknown): Tensor | PickleObject => {
    const [kind, type, key, , count] = Array.isArray(id) ? id : [];
    const stored = type instanceof PickleGlobal ? storageTypes.get(type.path) : undefined;
    if (kind !== 'storage' || !(type instanceof PickleGlobal))
      throw new InputError({
        file,
        field: 'storage type',
        value: describe(type),
        allowed: 'a storage of torch',
      });
    // Complex, quantized and other numbers that the metrics know nothing of.
    if (stored === undefined) return new PickleObject(`a tensor of ${type.path}`);
    if (typeof key !== 'string')
      throw new InputError({ file, field: 'storage key', value: typeof key, allowed: 'a text' });
    const field = `storage ${key}`;
    const bytes = storageBytes(key);
    if (bytes === undefined)
      throw new InputError({ file, field, value: 'missing', allowed: `an entry data/${key}` });
    const needed = (elementCount([count]) ?? Number.NaN) * bytesPerElement(stored);
    if (bytes.length !== needed)
      throw new InputError({ file, field, value: `${bytes.length} bytes`, allowed: `${needed} bytes` });
    const name = `${stored} ${key}`;
    if (!storages.has(name)) {
      budget.take(decodedBytes(stored, count) + cost.view, field);
      storages.set(name, decodeTensor(stored, [count], bytes));
    }
    return storages.get(name)!;
  };

  const rebuild = ([storage, offset, shape, strides]: readonly unknown[]): Tensor | PickleObject => {
    if (storage instanceof PickleObject) return storage;
    if (!isTensor(storage) || !isExtents([offset]) || !isExtents(shape) || !isExtents(strides))
      throw new InputError({ file, field: 'tensor', allowed: 'a storage, an offset, a shape and strides' });
    const count = elementCount(shape);
    const reach = shape.reduce((last, extent, axis) => last + (extent - 1) * strides[axis], offset as number);
    const inside = count === 0 || reach < storage.data.length;
    if (count === null || shape.length !== strides.length || !inside)
      throw new InputError({
        file,
        field: 'tensor',
        value: `shape [${shape}], strides [${strides}], offset ${offset}`,
        allowed: `one inside its storage of ${storage.data.length} elements`,
      });
    budget.take(cost.view, 'tensors');
    const start = offset as number;
    if (count === 0 || isRowMajor(shape, strides))
      return { dtype: storage.dtype, shape, data: storage.data.subarray(start, start + count) };
    // A stride of 0 repeats elements: a few of them could be spread over any memory.
    budget.take(count * storage.data.BYTES_PER_ELEMENT, 'strided tensors');
    return { dtype: storage.dtype, shape, data: rowMajor(storage.data, shape, strides, start) };
  };

  const calls: ReadonlyMap<string, (args: readonly unknown[]) => unknown> = new Map([
    ['collections.Counter', ([counts = new Map()]) => counts],
    ['collections.defaultdict', () => new Map()],
    ['torch._utils._rebuild_parameter_with_state', ([tensor]) => tensor],
    ['collections.OrderedDict', ([pairs = []]) => orderedDict(pairs, budget, file)],
    ['torch.Size', ([extents]) => extents],
    ['torch._utils._rebuild_tensor', rebuild],
    ['torch._utils._rebuild_tensor_v2', rebuild],
    ['torch._utils._rebuild_parameter', ([tensor]) => tensor],
  ] as const);
  const call = (path: string, args: readonly unknown[]): unknown => {
    const known = calls.get(path);
    if (known !== undefined) return known(args);
    budget.take(cost.view, 'objects');
    return new PickleObject(path);
  };
  return { persistent, call };
}

export function orderedDict(pairs: unknown, budget: MemoryBudget, file?: string): Map<unknown, unknown> {
  if (!Array.isArray(pairs) || !pairs.every((pair) => Array.isArray(pair) && pair.length === 2))
    throw new InputError({ file, field: 'OrderedDict', value: describe(pairs), allowed: 'a list of pairs' });
  budget.take(cost.dict + cost.dictEntry * pairs.length, 'OrderedDict');
  return new Map(pairs);
}

function isTensor(value: unknown): value is Tensor {
  return typeof value === 'object' && value !== null && 'dtype' in value;
}

export function isScalar(value: unknown): value is TorchScalar {
  return value === null || ['boolean', 'number', 'bigint', 'string'].includes(typeof value);
}

export function isExtents(values: unknown): values is number[] {
  return (
    Array.isArray(values) &&
    values.length <= mostAxes &&
    values.every((value) => Number.isSafeInteger(value) && value >= 0)
  );
}

export function describe(value: unknown): string {
  if (value instanceof PickleGlobal || value instanceof PickleObject) return value.path;
  return Array.isArray(value) ? `a list of ${value.length} values` : typeof value;
}
