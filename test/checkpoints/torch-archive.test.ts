import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { toFloat64 } from '../../src/checkpoints/tensor.ts';
import { readTorchArchive } from '../../src/checkpoints/torch-archive.ts';
import { InputError } from '../../src/errors/input-error.ts';
import { describeWithSharedData } from '../shared-data.ts';

const golden = (name: string): Uint8Array => readFileSync(join(import.meta.dirname, 'golden', name));

/** An archive around a pickle put together by hand. */
function archive(
  pickle: readonly (number | string)[],
  storages: Record<string, Uint8Array> = {},
): Uint8Array {
  const bytes = pickle.flatMap((part) =>
    typeof part === 'string' ? [...new TextEncoder().encode(part)] : [part],
  );
  const data = Object.entries(storages).map(([key, storage]) => [`a/data/${key}`, storage]);
  return zipSync(
    { 'a/data.pkl': Uint8Array.of(0x80, 2, ...bytes, 0x2e), ...Object.fromEntries(data) },
    { level: 0 },
  );
}

/** The pickle of a float32 tensor over storage 0; extents and strides below 256. */
function tensorPickle(count: number, offset: number, shape: readonly number[], strides: readonly number[]) {
  const small = (value: number) => ['K', value];
  const tuple = (values: readonly number[]) => ['(', ...values.flatMap(small), 't'];
  const storage = [
    '(',
    'X',
    7,
    0,
    0,
    0,
    'storage',
    'ctorch\nFloatStorage\n',
    'X',
    1,
    0,
    0,
    0,
    '0',
    'X',
    3,
    0,
    0,
    0,
    'cpu',
  ];
  return [
    'ctorch._utils\n_rebuild_tensor_v2\n',
    ...[
      '(',
      ...storage,
      ...small(count),
      't',
      'Q',
      ...small(offset),
      ...tuple(shape),
      ...tuple(strides),
      0x89,
      'N',
      't',
      'R',
    ],
  ];
}
const fourFloats = { 0: new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer) };

describe('readTorchArchive', () => {
  it('reads what PyTorch wrote: every type, views, strides, nested containers', () => {
    const { tensors, values } = readTorchArchive(golden('torch.pt'));
    expect(Object.fromEntries(tensors)).toEqual({
      contiguous: { dtype: 'F32', shape: [2, 3], data: Float32Array.of(0, 1, 2, 3, 4, 5) },
      transposed: { dtype: 'F32', shape: [3, 2], data: Float32Array.of(0, 3, 1, 4, 2, 5) },
      row: { dtype: 'F32', shape: [3], data: Float32Array.of(3, 4, 5) },
      int64: { dtype: 'I64', shape: [1, 2], data: BigInt64Array.of(-1n, 2n ** 40n) },
      int32: { dtype: 'I32', shape: [1], data: Int32Array.of(-7) },
      uint8: { dtype: 'U8', shape: [1], data: Uint8Array.of(255) },
      half: { dtype: 'F32', shape: [2], data: Float32Array.of(1.5, -65504) },
      bfloat16: { dtype: 'F32', shape: [2], data: Float32Array.of(1, -2) },
      bool: { dtype: 'BOOL', shape: [2], data: Uint8Array.of(1, 0) },
      double: { dtype: 'F64', shape: [], data: Float64Array.of(3.25) },
      empty: { dtype: 'F32', shape: [0, 4], data: new Float32Array(0) },
      parameter: { dtype: 'F32', shape: [1], data: Float32Array.of(7) },
      'state.fc.weight': { dtype: 'F32', shape: [2, 2], data: Float32Array.of(0, 2, 3, 5) },
    });
    expect(Object.fromEntries(values)).toEqual({
      'list.0': 1,
      'list.1': 2.5,
      'list.2': 'é',
      'list.3': null,
      'list.4': true,
      'list.5.0': 70_000,
      'list.5.1': -3,
      'list.6': 300,
      'list.7': 10n ** 20n,
      '5.size.0': 2,
      '5.size.1': 3,
    });
    expect(tensors.get('row')!.data.buffer).toBe(tensors.get('contiguous')!.data.buffer);
  });

  it('names a lone tensor', () => {
    expect(readTorchArchive(golden('lone-tensor.pt')).tensors.get('tensor')!.shape).toEqual([2, 3]);
  });

  it('refuses a pickled module, by name, without running anything', () => {
    expect(() => readTorchArchive(golden('module.pt'), 'module.pt')).toThrow(
      /^module\.pt: pickled object is "torch\.nn\.modules\.linear\.Linear"; allowed: tensors/,
    );
  });

  it.each<[string, readonly (number | string)[], RegExp]>([
    [
      'a call to the system',
      ['cos\nsystem\n', 'X', 2, 0, 0, 0, 'ls', 0x85, 'R'],
      /pickled object is "os\.system"/,
    ],
    ['a call to eval', ['cbuiltins\neval\n', ')', 'R'], /pickled object is "builtins\.eval"/],
    ['a name of JavaScript', ['cconstructor\n__proto__\n', ')', 'R'], /"constructor\.__proto__"/],
    ['a class that is not called', ['cos\nsystem\n'], /is "os\.system"; allowed: tensors/],
    ['an object of a class', ['cos\nsystem\n', ')', 0x81], /pickled object is "os\.system"/],
    ['an object that is called', ['cos\nsystem\n', ')', 0x81, ')', 'R'], /pickled object is "os\.system"/],
    ['the instruction INST, which calls by name', ['(ios\nsystem\n'], /instruction at byte 3 is "0x69"/],
    ['the end in the middle', ['X', 255, 255, 255, 127, 'short'], /allowed: 2147483647 more bytes/],
    ['an empty stack', [], /an empty stack/],
    ['an unknown memo', ['h', 9], /memo 9 is "missing"/],
    ['text that is no UTF-8', ['X', 1, 0, 0, 0, 0xff], /allowed: UTF-8/],
    ['a list within itself', [']', 'q', 0, 'h', 0, 'a'], /nesting/],
    [
      'doubling lists',
      [']', 'K', 1, 'a', ...Array.from({ length: 40 }, () => ['q', 0, 'h', 0, 0x86]).flat()],
      /names of values is "\d+ bytes of memory in all"/,
    ],
    [
      'two values of one name',
      ['}', 'K', 1, 'K', 1, 's', 'X', 1, 0, 0, 0, '1', 'K', 2, 's'],
      /each name once/,
    ],
    ['an unknown storage', ['X', 1, 0, 0, 0, '0', 'Q'], /storage type/],
  ])('refuses %s', (_, pickle, message) => {
    expect(() => readTorchArchive(archive(pickle))).toThrow(InputError);
    expect(() => readTorchArchive(archive(pickle))).toThrow(message);
  });

  it('skips what is no plain data beside tensors, and lists it', () => {
    const object = (path: string) => [`c${path.replace(/\.(\w+)$/, '\n$1')}\n`, ')', 0x81];
    const item = (key: string, value: readonly (number | string)[]) => [
      'X',
      key.length,
      0,
      0,
      0,
      key,
      ...value,
      's',
    ];
    const floats = [']', '(', ...Array.from({ length: 2000 }, () => ['K', 7]).flat(), 'e'];
    const { tensors, values, skipped } = readTorchArchive(
      archive(
        [
          '}',
          ...item('w', tensorPickle(4, 0, [4], [1])),
          ...item('sched', [...object('torch.optim.lr_scheduler.StepLR'), '}', 'K', 1, 'K', 2, 's', 'b']),
          ...item('args', [...object('argparse.Namespace'), '}', 'b']),
          ...item('seen', ['ccollections\nCounter\n', '}', 'K', 5, 'K', 2, 's', 0x85, 'R']),
          ...item('history', floats),
          ...item('bytes', ['C', 2, 'ab']),
          ...item('keys', ['}', ')', 'K', 1, 's']),
        ],
        fourFloats,
      ),
    );
    expect([...tensors.keys()]).toEqual(['w']);
    expect(Object.fromEntries(values)).toEqual({ 'seen.5': 2, 'keys.key 1': 1 });
    expect(Object.fromEntries(skipped)).toEqual({
      sched: 'torch.optim.lr_scheduler.StepLR',
      args: 'argparse.Namespace',
      history: 'a list of 2000 values',
      bytes: 'bytes',
    });
  });

  it.each([
    [
      'before 1.6',
      Uint8Array.of(0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e),
      /undamaged archive of PyTorch before 1\.6.*save it again/,
    ],
    [
      'of tar',
      new Uint8Array(1024).fill(0).map((_, i) => 'ustar'.charCodeAt(i - 257) || 0),
      /undamaged tar archive/,
    ],
    [
      'of TorchScript',
      zipSync({ 'a/data.pkl': Uint8Array.of(0x80, 2, 0x7d, 0x2e), 'a/constants.pkl': new Uint8Array(1) }),
      /TorchScript.*state_dict/,
    ],
  ])('names an archive %s for what it is', (_, bytes, message) => {
    expect(() => readTorchArchive(bytes)).toThrow(message);
  });

  it('reads a tensor pickled by hand', () => {
    const { tensors } = readTorchArchive(archive(tensorPickle(4, 1, [3], [1]), fourFloats));
    expect(tensors.get('tensor')!.data).toEqual(Float32Array.of(2, 3, 4));
  });

  it.each<[string, readonly (number | string)[], RegExp]>([
    ['beyond its storage', tensorPickle(4, 2, [3], [1]), /inside its storage of 4 elements/],
    ['strided beyond its storage', tensorPickle(4, 0, [2, 2], [3, 1]), /inside its storage/],
    ['of more axes than strides', tensorPickle(4, 0, [2, 2], [1]), /inside its storage/],
    [
      'of a storage that promises more than it holds',
      tensorPickle(5, 0, [1], [1]),
      /"16 bytes"; allowed: 20 bytes/,
    ],
    [
      'spread from one element over gigabytes',
      tensorPickle(4, 0, [255, 255, 255, 255], [0, 0, 0, 0]),
      /strided tensors/,
    ],
  ])('refuses a tensor %s', (_, pickle, message) => {
    expect(() => readTorchArchive(archive(pickle, fourFloats))).toThrow(message);
  });

  it('refuses a missing storage, another byte order, and archives without a pickle', () => {
    expect(() => readTorchArchive(archive(tensorPickle(4, 0, [4], [1])))).toThrow(/storage 0 is "missing"/);
    const entries = unzipSync(golden('lone-tensor.pt'));
    const folder = Object.keys(entries)[0].split('/')[0];
    const big = zipSync({ ...entries, [`${folder}/byteorder`]: new TextEncoder().encode('big') });
    expect(() => readTorchArchive(big)).toThrow(/byteorder is "big"/);
    expect(() => readTorchArchive(zipSync({ 'a/b': new Uint8Array(1) }))).toThrow(/no data\.pkl/);
  });

  it('answers a damaged archive with its content or an InputError, never another failure', () => {
    const entries = unzipSync(golden('torch.pt'));
    const name = Object.keys(entries).find((entry) => entry.endsWith('data.pkl'))!;
    const pickle = entries[name];
    fc.assert(
      fc.property(fc.nat(pickle.length - 1), fc.nat(255), (at, value) => {
        const damaged = pickle.slice();
        damaged[at] = value;
        try {
          readTorchArchive(zipSync({ ...entries, [name]: damaged }, { level: 0 }));
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('an archive that asks for more than it holds', () => {
  it('refuses a tensor that would spread a few elements over gigabytes, however it is written', () => {
    const spread = (count: number) => tensorPickle(4, 0, [count, 255, 255], [0, 0, 0]);
    expect(readTorchArchive(archive(spread(2), fourFloats)).tensors.get('tensor')!.data.length).toBe(
      2 * 255 ** 2,
    );
    expect(() => readTorchArchive(archive(spread(255), fourFloats))).toThrow(
      /strided tensors is "\d+ bytes of memory/,
    );
  });

  it('copies a storage once for each type at the most that its archive warrants', () => {
    const storages = ['Double', 'Float', 'Half', 'BFloat16', 'Long', 'Int', 'Short', 'Char', 'Byte', 'Bool'];
    const text = (value: string) => ['X', value.length, 0, 0, 0, value];
    const bytes = new Uint8Array(2 ** 20);
    const of = (type: string, size: number) => [
      ...['(', ...text('storage'), `ctorch\n${type}Storage\n`, ...text('0'), ...text('cpu')],
      ...['J', 0, 0, 2 ** 4 / size, 0, 't', 'Q'],
    ];
    const one = archive(of('Byte', 1), { 0: bytes });
    expect(readTorchArchive(one).tensors.get('tensor')!.data.length).toBe(2 ** 20);
    const sizes = [8, 4, 2, 2, 8, 4, 2, 1, 1, 1];
    const all = archive(['(', ...storages.flatMap((type, i) => of(type, sizes[i])), 't'], { 0: bytes });
    expect(() => readTorchArchive(all)).toThrow(/storage 0 is "\d+ bytes of memory in all"/);
  });

  it('pays for calls that five bytes repeat', () => {
    const pairs = ['(', ...Array.from({ length: 250 }, (_, i) => ['K', i, 'K', i, 0x86]).flat(), 't', 'q', 0];
    const call = ['ccollections\nOrderedDict\n', 'h', 0, 0x85, 'R'];
    const calls = (times: number) =>
      archive([...pairs, ...Array.from({ length: times }, () => call).flat(), 'N']);
    expect(readTorchArchive(calls(20)).values.get('')).toBeNull();
    expect(() => readTorchArchive(calls(200))).toThrow(/OrderedDict is "\d+ bytes of memory/);
  });

  it('names a storage by a text, not by a list that would double in the message', () => {
    const lists = Array.from({ length: 50 }, (_, i) => [']', '(', 'h', i, 'h', i, 'e', 'q', i + 1]).flat();
    const key = [']', 'q', 0, ...lists];
    const storage = ['X', 7, 0, 0, 0, 'storage', 'ctorch\nFloatStorage\n', 'h', 50, 'N', 'K', 1];
    expect(() => readTorchArchive(archive([...key, '(', ...storage, 't', 'Q']))).toThrow(
      /storage key is "object"; allowed: a text/,
    );
  });

  it('refuses a tensor of more axes than any has', () => {
    const axes = new Array<number>(65).fill(1);
    expect(() => readTorchArchive(archive(tensorPickle(4, 0, axes, axes), fourFloats))).toThrow(
      /tensor; allowed/,
    );
  });
});

describe('checkpoints of a training', () => {
  it('are read with weights, optimizer and progress', () => {
    const { tensors, values } = readTorchArchive(golden('training.pt'));
    expect(values.get('step')).toBe(3);
    expect(values.get('experiment_name')).toBe('cnn_small');
    expect(values.get('optimizer_state_dict.param_groups.0.betas.1')).toBe(0.999);
    // As PyTorch prints them: the loss, and the double sums of two tensors.
    expect(values.get('loss')).toBe(1.2780779600143433);
    expect(sumOf(tensors, 'model_state_dict.conv.weight')).toBeCloseTo(0.8033680003136396, 12);
    expect(sumOf(tensors, 'optimizer_state_dict.state.2.exp_avg_sq')).toBeCloseTo(0.0007942973525132402, 12);
    expect(sumOf(tensors, 'optimizer_state_dict.state.0.step')).toBe(3);
    expect(tensors.get('model_state_dict.fc.weight')!.shape).toEqual([3, 8]);
    expect(tensors.size).toBe(4 + 3 * 4);
  });
});

describeWithSharedData('published checkpoints', 'ndt/checkpoints', (folder) => {
  // Steps, losses and sums as PyTorch reads them: torch.load(...)['model_state_dict'][name].double().sum().
  it.each([
    ['00100', 100, 101, 0.3122689723968506, 6.328630127856741, -24.931936263914906],
    ['01000', 1000, 1001, 0.02626267820596695, 4.066596029006178, -40.440297617230954],
    ['02000', 2000, 2002, 0.09477053582668304, 1.4122272953864012, -51.115301470971474],
  ])('are read as PyTorch does: step %s', (name, step, adamStep, loss, convolution, fc) => {
    const path = join(folder, 'cnn_deep_mnist', `checkpoint_step_${name}.pt`);
    const { tensors, values } = readTorchArchive(readFileSync(path), path);
    expect(values.get('step')).toBe(step);
    expect(values.get('loss')).toBe(loss);
    expect(values.get('experiment_name')).toBe('cnn_deep_mnist');
    expect(values.get('optimizer_state_dict.param_groups.0.betas.1')).toBe(0.999);
    expect(sumOf(tensors, 'model_state_dict.conv_layers.0.weight')).toBeCloseTo(convolution, 10);
    expect(sumOf(tensors, 'model_state_dict.fc.weight')).toBeCloseTo(fc, 10);
    expect(sumOf(tensors, 'optimizer_state_dict.state.0.step')).toBe(adamStep);
    expect(tensors.get('model_state_dict.fc.weight')!.shape).toEqual([10, 1152]);
    expect(tensors.size).toBe(8 + 3 * 8);
  });
});

function sumOf(tensors: ReturnType<typeof readTorchArchive>['tensors'], name: string): number {
  return toFloat64(tensors.get(name)!).reduce((total, value) => total + value, 0);
}
