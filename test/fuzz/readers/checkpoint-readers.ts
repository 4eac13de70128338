import { sourceOf } from '../../../src/checkpoints/byte-source.ts';
import { readNpy, readNpz } from '../../../src/checkpoints/npy.ts';
import { readPickle } from '../../../src/checkpoints/pickle.ts';
import { readSafetensors, writeSafetensors } from '../../../src/checkpoints/safetensors.ts';
import { indexSafetensors } from '../../../src/checkpoints/safetensors-index.ts';
import type { StoredTensor } from '../../../src/checkpoints/stored-tensor.ts';
import { readTorchArchive } from '../../../src/checkpoints/torch-archive.ts';
import { indexTorchArchive } from '../../../src/checkpoints/torch-index.ts';
import { unzip } from '../../../src/checkpoints/unzip.ts';
import { readOnnxGraph } from '../../../src/probe/onnx-graph.ts';
import { assertPlan, encodeCheckpoint, openCheckpoint } from '../../../src/study/checkpoint.ts';
import { planRuns } from '../../../src/study/run-plan.ts';
import { checkStudyFile } from '../../../src/study/study-file.ts';
import { unsealedDisagreement } from '../../../src/study/unsealed-checkpoint.ts';
import { parseShardIndex } from '../../../src/weights/shard-index.ts';
import type { FuzzedReader } from '../fuzzed-reader.ts';
import { joined, type Mutation } from '../mutations.ts';
import { deflated, inflatedBytes, torchArchives, zipMutations, zips } from '../samples/archives.ts';
import { npys } from '../samples/arrays.ts';
import { onnxModels } from '../samples/onnx-models.ts';
import { pickleMutations, plainPickles } from '../samples/pickles.ts';
import { resealed, resealSafetensors } from '../samples/sealed.ts';
import { jsonMutations, textMutations } from '../text-mutations.ts';

const [plan] = planRuns(
  checkStudyFile({ architectures: ['mlp_narrow'], datasets: ['drawn_digits'], seeds: [0] }, 'fuzz'),
);

function checkpoints(): Uint8Array[] {
  const tensor = (...data: number[]) => ({ shape: [data.length], data: Float32Array.from(data) });
  const parameters = new Map([
    ['network.0.weight', tensor(1, -2, 0.1)],
    ['network.0.bias', tensor(3)],
  ]);
  const optimizer = new Map([['first_moment.network.0.bias', tensor(1e-30)]]);
  return [encodeCheckpoint({ step: 7, parameters, optimizer }, plan)];
}

/** As version 1 wrote it: without a digest and a version. */
function withoutSeal(bytes: Uint8Array): Uint8Array {
  const { tensors, metadata } = readSafetensors(bytes);
  const { sha256: _, version: __, ...rest } = metadata;
  return writeSafetensors(tensors, rest);
}

function safetensors(): Uint8Array[] {
  return [
    writeSafetensors(
      new Map([
        ['weight', { dtype: 'F32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }],
        ['steps', { dtype: 'I64', shape: [1], data: BigInt64Array.of(5n) }],
        ['none', { dtype: 'U8', shape: [0, 4], data: new Uint8Array(0) }],
      ]),
      { format: 'pt' },
    ),
    writeSafetensors(new Map()),
  ];
}

/** The JSON header changed as JSON, its length made right again. */
const headerMutations: readonly Mutation[] = [...jsonMutations, ...textMutations].map(
  (mutation) => (bytes, random, other) => {
    if (bytes.length < 8) return bytes;
    const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true) % 0x10000n);
    const header = mutation(bytes.subarray(8, 8 + length), random, other);
    const prefix = new DataView(new ArrayBuffer(8));
    prefix.setBigUint64(0, BigInt(header.length), true);
    return joined(new Uint8Array(prefix.buffer), header, bytes.subarray(8 + length));
  },
);

/** The pickle inside an archive changed as a pickle: stored entries lie in the file as they are. */
const insideMutations: readonly Mutation[] = [...zipMutations, ...pickleMutations];

/** Reads every tensor that an index finds, as a measurement of weights does. */
function readAll(tensors: readonly StoredTensor[]): unknown {
  return tensors.map((tensor) => ({ ...tensor, ...tensor.read() }));
}

export const checkpointReaders: readonly FuzzedReader[] = [
  {
    name: 'safetensors',
    source: 'checkpoints/safetensors.ts',
    samples: safetensors,
    read: (bytes) => readSafetensors(bytes, 'x.safetensors'),
    mutations: headerMutations,
  },
  {
    name: 'checkpoint',
    source: 'study/checkpoint.ts',
    samples: checkpoints,
    read: (bytes) => {
      const opened = openCheckpoint(bytes, 'x.safetensors');
      assertPlan(opened.metadata, plan, 'x.safetensors');
      return opened;
    },
    mutations: resealed(headerMutations, resealSafetensors),
  },
  {
    name: 'unsealed-checkpoint',
    source: 'study/unsealed-checkpoint.ts',
    samples: () => checkpoints().map(withoutSeal),
    read: (bytes) => {
      const { metadata, state } = openCheckpoint(bytes, 'x.safetensors');
      return unsealedDisagreement(metadata, [...state.parameters, ...state.optimizer]);
    },
    mutations: headerMutations,
  },
  {
    name: 'npy',
    source: 'checkpoints/npy.ts',
    samples: npys,
    read: (bytes) => readNpy(bytes, 'x.npy'),
    mutations: textMutations,
  },
  {
    name: 'npz',
    source: 'checkpoints/npy.ts',
    samples: () => npys().map((array) => deflated({ 'a.npy': array, 'b.npy': array })),
    read: (bytes) => readNpz(bytes, 'x.npz'),
    mutations: zipMutations,
    contentBytes: inflatedBytes,
  },
  {
    name: 'zip',
    source: 'checkpoints/unzip.ts',
    samples: zips,
    read: (bytes) => unzip(bytes, 'x.zip'),
    mutations: zipMutations,
    contentBytes: inflatedBytes,
  },
  {
    name: 'pickle',
    source: 'checkpoints/pickle.ts',
    samples: plainPickles,
    read: (bytes) =>
      readPickle(bytes, {
        file: 'x.pkl',
        call: (path, args) => ({ path, args }),
        persistent: (id) => ({ id }),
      }),
    mutations: pickleMutations,
  },
  {
    name: 'torch',
    source: 'checkpoints/torch-archive.ts',
    samples: torchArchives,
    read: (bytes) => readTorchArchive(bytes, 'x.pt'),
    mutations: insideMutations,
    contentBytes: inflatedBytes,
  },
  {
    name: 'torch-index',
    source: 'checkpoints/torch-index.ts',
    samples: torchArchives,
    read: (bytes) => readAll(indexTorchArchive(sourceOf(bytes, 'x.pt')).tensors),
    mutations: insideMutations,
    contentBytes: inflatedBytes,
  },
  {
    name: 'safetensors-index',
    source: 'checkpoints/safetensors-index.ts',
    samples: safetensors,
    read: (bytes) => readAll(indexSafetensors(sourceOf(bytes, 'x.safetensors')).tensors),
    mutations: headerMutations,
  },
  {
    name: 'onnx',
    source: 'probe/onnx-graph.ts',
    samples: onnxModels,
    read: (bytes) => readOnnxGraph(bytes, 'x.onnx'),
  },
  {
    name: 'shard-index',
    source: 'weights/shard-index.ts',
    samples: () => [
      new TextEncoder().encode('{"weight_map": {"a": "m-1.safetensors", "b": "m-2.safetensors"}}'),
    ],
    read: (bytes) => parseShardIndex(new TextDecoder().decode(bytes), 'x.index.json'),
    mutations: [...jsonMutations, ...textMutations],
  },
];
