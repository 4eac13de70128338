import { gzipSync } from 'node:zlib';
import { readAgNews } from '../../../src/datasets/ag-news.ts';
import { readCifar10 } from '../../../src/datasets/cifar10.ts';
import { readIdx } from '../../../src/datasets/idx.ts';
import { labeledImages } from '../../../src/datasets/labeled-images.ts';
import { untar } from '../../../src/datasets/untar.ts';
import { buildVocabulary } from '../../../src/datasets/vocabulary.ts';
import { gunzip } from '../../../src/formats/inflate.ts';
import { tar } from '../../datasets/tar.ts';
import type { FuzzedReader } from '../fuzzed-reader.ts';
import { joined } from '../mutations.ts';
import { gunzippedBytes } from '../samples/archives.ts';
import { cifar, images, labels } from '../samples/arrays.ts';
import { agNews } from '../samples/texts.ts';
import { textMutations } from '../text-mutations.ts';

export const datasetReaders: readonly FuzzedReader[] = [
  {
    name: 'idx',
    source: 'datasets/idx.ts',
    samples: () => [...images(), ...labels()],
    read: (bytes) => readIdx(bytes, 'x-idx3-ubyte'),
  },
  {
    name: 'images',
    source: 'datasets/labeled-images.ts',
    samples: images,
    read: (bytes) => {
      const array = readIdx(bytes, 'x-idx3-ubyte');
      const count = Math.min(array.shape[0], bytes.length);
      const found = { shape: [count], data: new Uint8Array(count) };
      return labeledImages({ name: 'x', images: array, labels: found, mean: 0.1, sd: 0.3, classes: 10 });
    },
  },
  {
    name: 'labels',
    source: 'datasets/labeled-images.ts',
    samples: () => labels().slice(0, 2),
    read: (bytes) => {
      const found = readIdx(bytes, 'x-idx1-ubyte');
      const three = { shape: [3, 1, 1], data: new Uint8Array(3) };
      return labeledImages({ name: 'x', images: three, labels: found, mean: 0.1, sd: 0.3, classes: 10 });
    },
  },
  {
    name: 'cifar10',
    source: 'datasets/cifar10.ts',
    samples: cifar,
    read: (bytes) => readCifar10([{ bytes, file: 'x.bin' }]),
  },
  {
    name: 'ag-news',
    source: 'datasets/ag-news.ts',
    samples: agNews,
    read: (bytes) => {
      const texts = readAgNews(bytes, 'x.csv');
      return [texts, buildVocabulary(texts.map(({ text }) => text))];
    },
    mutations: textMutations,
  },
  {
    name: 'tar',
    source: 'datasets/untar.ts',
    samples: () => [tar({ 'a/b.bin': new Uint8Array(700), c: new Uint8Array(0) })],
    read: (bytes) => untar(bytes, 'x.tar'),
  },
  {
    name: 'gzip',
    source: 'formats/inflate.ts',
    samples: () => [
      gzipSync(new Uint8Array(5000)),
      joined(gzipSync(Uint8Array.of(1, 2, 3)), gzipSync(new Uint8Array(100_000))),
    ],
    read: (bytes) => gunzip(bytes, { file: 'x.gz', field: 'gzip data', limit: 2 ** 30 }),
    contentBytes: gunzippedBytes,
  },
];
