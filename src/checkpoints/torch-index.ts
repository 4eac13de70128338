import { InputError } from '../errors/input-error.ts';
import { inflateRaw } from '../formats/inflate.ts';
import { MemoryBudget } from '../formats/memory-budget.ts';
import type { ByteSource } from './byte-source.ts';
import { forEachLeaf } from './nested-names.ts';
import { PickleGlobal, PickleObject, readPickle } from './pickle.ts';
import { readStrided, type StoredTensor } from './stored-tensor.ts';
import { bytesPerElement, elementCount, type StoredType } from './tensor.ts';
import {
  describe,
  isExtents,
  isScalar,
  orderedDict,
  storageTypes,
  type TorchArchive,
  torchFolder,
  weightsAlone,
} from './torch-archive.ts';
import { foreignArchive } from './torch-formats.ts';
import { type ZipPlace, zipPlaces } from './zip-directory.ts';

/** Types of tensors whose storage is named by bytes alone (`_rebuild_tensor_v3`). */
const elementTypes: ReadonlyMap<string, StoredType> = new Map([
  ['torch.float8_e4m3fn', 'F8_E4M3'],
  ['torch.float8_e5m2', 'F8_E5M2'],
  ['torch.uint16', 'U16'],
  ['torch.uint32', 'U32'],
  ['torch.uint64', 'U64'],
]);

/** Of a pickle, and of a storage that is compressed: PyTorch stores both as they are. */
const largestInflated = 2 ** 30;
const bytesPerView = 320;
/** Of a file, for telling the formats that older versions of PyTorch wrote: two blocks of a tar. */
const headBytes = 1024;

/** A storage that the pickle names: a run of bytes in an entry of its own. */
class Storage {
  readonly entry: ZipPlace;
  readonly type: StoredType | null;

  constructor(entry: ZipPlace, type: StoredType | null) {
    this.entry = entry;
    this.type = type;
  }
}

/** A tensor before it has its name. */
type Nameless = Omit<StoredTensor, 'name'>;

/** What a PyTorch checkpoint holds, of which only the pickle has been read. */
export interface TorchIndex extends Pick<TorchArchive, 'values' | 'skipped'> {
  /** In the order of the pickle. */
  readonly tensors: readonly StoredTensor[];
}

/**
 * The tensors of a checkpoint that `torch.save` wrote (its zip format), each to be read when it is asked for: of the
 * archive only its directory and its pickle are read. Names are those of `readTorchArchive`; nothing is executed, and what is
 * no tensor, number, text or container of them is skipped and listed by name.
 *
 * @throws InputError where the archive is damaged, contradicts itself, or holds no weights but a module with its code.
 * @example
 * const { tensors } = indexTorchArchive(openSource('checkpoint.pt'));
 * tensors.find(({ name }) => name === 'model_state_dict.fc.weight')?.shape; // [10, 1152]
 */
export function indexTorchArchive(source: ByteSource): TorchIndex {
  const { file } = source;
  const foreign = foreignArchive(source.read(0, Math.min(source.size, headBytes)));
  if (foreign !== null) throw new InputError({ file, ...foreign });
  const entries = new Map(zipPlaces(source).map((entry) => [entry.name, entry]));
  const folder = torchFolder(
    entries.keys(),
    (name) => (entries.has(name) ? contentOf(entries.get(name)!, source) : undefined),
    file,
  );
  const budget = new MemoryBudget(source.size, file);
  const bytes = contentOf(entries.get(`${folder}data.pkl`)!, source);
  const host = { file, ...indexReader((key) => entries.get(`${folder}data/${key}`), source, budget) };
  if (entries.has(`${folder}constants.pkl`))
    throw new InputError({ file, field: 'zip archive', value: 'TorchScript', allowed: weightsAlone });
  const tensors: StoredTensor[] = [];
  const values: TorchIndex['values'] = new Map();
  const skipped: TorchIndex['skipped'] = new Map();
  forEachLeaf(
    readPickle(bytes, host, budget),
    (name, value) => {
      if (isNameless(value)) tensors.push({ ...value, name: name === '' ? 'tensor' : name });
      else if (isScalar(value)) values.set(name, value);
      else skipped.set(name, describe(value));
    },
    file,
    budget,
  );
  const [object] = skipped.values();
  if (tensors.length === 0 && object !== undefined)
    throw new InputError({ file, field: 'pickled object', value: object, allowed: weightsAlone });
  return { tensors, values, skipped };
}

function contentOf(entry: ZipPlace, source: ByteSource): Uint8Array {
  const { name, method, size, from, to } = entry;
  const field = `zip entry ${name}`;
  if ((method !== 0 && method !== 8) || size > largestInflated || to - from > largestInflated) {
    throw new InputError({
      file: source.file,
      field,
      value: `compression ${method}, ${size} bytes`,
      allowed: `stored or deflated, at most ${largestInflated} bytes`,
    });
  }
  const bytes = source.read(from, to - from);
  const content = method === 0 ? bytes : inflateRaw(bytes, { file: source.file, field, limit: size });
  if (content.length !== size) {
    throw new InputError({
      file: source.file,
      field,
      value: `${content.length} bytes`,
      allowed: `${size} bytes`,
    });
  }
  return content;
}

/** Bytes of an entry: where they are stored those asked for, else out of all of it. */
function bytesOf(entry: ZipPlace, source: ByteSource): (start: number, length: number) => Uint8Array {
  if (entry.method === 0) return (start, length) => source.read(entry.from + start, length);
  const whole = contentOf(entry, source);
  return (start, length) => whole.subarray(start, start + length);
}

/** Storages and the calls that make tensors of them, as `readPickle` asks for them. */
function indexReader(
  entryOf: (key: string) => ZipPlace | undefined,
  source: ByteSource,
  budget: MemoryBudget,
) {
  const { file } = source;
  const persistent = (id: unknown): Storage | PickleObject => {
    const [kind, type, key, , count] = Array.isArray(id) ? id : [];
    if (kind !== 'storage' || !(type instanceof PickleGlobal)) {
      throw new InputError({
        file,
        field: 'storage type',
        value: describe(type),
        allowed: 'a storage of torch',
      });
    }
    const untyped = type.path === 'torch.storage.UntypedStorage';
    const stored = storageTypes.get(type.path);
    // Complex, quantized and other numbers that no measurement knows.
    if (stored === undefined && !untyped) return new PickleObject(`a tensor of ${type.path}`);
    const entry = typeof key === 'string' ? entryOf(key) : undefined;
    const field = `storage ${describeKey(key)}`;
    if (entry === undefined) {
      throw new InputError({ file, field, value: 'missing', allowed: 'an entry of the archive' });
    }
    const needed =
      (elementCount([count]) ?? Number.NaN) * (stored === undefined ? 1 : bytesPerElement(stored));
    if (entry.size !== needed || (entry.method === 0 && entry.to - entry.from !== needed)) {
      throw new InputError({ file, field, value: `${entry.size} bytes`, allowed: `${needed} bytes` });
    }
    return new Storage(entry, stored ?? null);
  };

  const rebuild = (args: readonly unknown[], type: StoredType | null): Nameless | PickleObject => {
    const [storage, offset, shape, strides] = args;
    if (storage instanceof PickleObject) return storage;
    if (
      !(storage instanceof Storage) ||
      type === null ||
      !isExtents([offset]) ||
      !isExtents(shape) ||
      !isExtents(strides)
    ) {
      throw new InputError({ file, field: 'tensor', allowed: 'a storage, an offset, a shape and strides' });
    }
    const { entry } = storage;
    const count = elementCount(shape);
    const elements = Math.floor(entry.size / bytesPerElement(type));
    const reach = shape.reduce((last, extent, axis) => last + (extent - 1) * strides[axis], offset as number);
    if (count === null || shape.length !== strides.length || !(count === 0 || reach < elements)) {
      throw new InputError({
        file,
        field: 'tensor',
        value: `shape [${shape}], strides [${strides}], offset ${offset}`,
        allowed: `one inside its storage of ${elements} elements`,
      });
    }
    budget.take(bytesPerView, 'tensors');
    const place = { type, shape, strides, offset: offset as number };
    return {
      type,
      shape,
      place: `${file}\0${entry.name}\0${offset}\0${shape}\0${strides}\0${type}`,
      // A stride of 0 repeats elements: a few of them may stand for any number.
      read: () => {
        new MemoryBudget(source.size, file).take(count * 8, 'strided tensors');
        return readStrided(place, bytesOf(entry, source));
      },
    };
  };
  const typeOf = (storage: unknown): StoredType | null => (storage instanceof Storage ? storage.type : null);
  const typeNamed = (type: unknown): StoredType | null =>
    type instanceof PickleGlobal ? (elementTypes.get(type.path) ?? null) : null;

  const calls: ReadonlyMap<string, (args: readonly unknown[]) => unknown> = new Map([
    ['collections.OrderedDict', ([pairs = []]) => orderedDict(pairs, budget, file)],
    ['torch.Size', ([extents]) => extents],
    ['torch._utils._rebuild_tensor', (args) => rebuild(args, typeOf(args[0]))],
    ['torch._utils._rebuild_tensor_v2', (args) => rebuild(args, typeOf(args[0]))],
    ['torch._utils._rebuild_tensor_v3', (args) => rebuild(args, typeNamed(args[6]))],
    ['torch._utils._rebuild_parameter', ([tensor]) => tensor],
    ['torch._utils._rebuild_parameter_with_state', ([tensor]) => tensor],
    ['collections.Counter', ([counts = new Map()]) => counts],
    ['collections.defaultdict', () => new Map()],
  ] as const);
  const call = (path: string, args: readonly unknown[]): unknown => {
    const known = calls.get(path);
    if (known !== undefined) return known(args);
    budget.take(bytesPerView, 'objects');
    return new PickleObject(path);
  };
  return { persistent, call };
}

function isNameless(value: unknown): value is Nameless {
  return typeof value === 'object' && value !== null && 'place' in value && 'read' in value;
}

function describeKey(key: unknown): string {
  return typeof key === 'string' ? key : typeof key;
}
