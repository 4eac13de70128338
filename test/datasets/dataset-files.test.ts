import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadAgNews, loadDataset, readPossiblyZipped } from '../../src/datasets/dataset-files.ts';
import { itWithSharedData } from '../shared-data.ts';
import { tar } from './tar.ts';

/** Two images of 1 × 2 pixels and their labels, as IDX files. */
const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255, 255, 0);
const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 4, 9);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dataset-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(path: string, bytes: Uint8Array): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), bytes);
}

describe('loadDataset', () => {
  it('reads plain and gzipped files', () => {
    put('mnist/train-images-idx3-ubyte.gz', gzipSync(images));
    put('mnist/train-labels-idx1-ubyte', labels);
    const dataset = loadDataset('mnist', folder);
    expect(dataset).toMatchObject({ name: 'mnist', count: 2, classes: 10, exampleShape: [1, 1, 2] });
    expect([...dataset.labels]).toEqual([4, 9]);
    const [black, white] = [(0 - 0.1307) / 0.3081, (1 - 0.1307) / 0.3081].map(Math.fround);
    expect([...dataset.inputs]).toEqual([black, white, white, black]);
  });

  it('finds files in the folder itself, and the test half where there is no other', () => {
    put('t10k-images-idx3-ubyte', images);
    put('t10k-labels-idx1-ubyte', labels);
    expect(loadDataset('fashion_mnist', folder).inputs[0]).toBeCloseTo(-0.286 / 0.353, 6);
    expect(loadDataset('fashion_mnist', folder, 'test').count).toBe(2);
    expect(() => loadDataset('fashion_mnist', folder, 'train')).toThrow(
      /put train-images-idx3-ubyte, train-labels/,
    );
  });

  it('does not take one data set for another that uses the same file names', () => {
    put('mnist/train-images-idx3-ubyte', images);
    put('mnist/train-labels-idx1-ubyte', labels);
    expect(() => loadDataset('fashion_mnist', join(folder, 'mnist'))).toThrow(/fashion_mnist is "missing"/);
  });

  it('reads the wide labels of QMNIST', () => {
    const wide = Uint8Array.of(
      0,
      0,
      12,
      2,
      0,
      0,
      0,
      2,
      0,
      0,
      0,
      2,
      0,
      0,
      0,
      3,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      6,
      0,
      0,
      9,
      9,
    );
    put('qmnist/qmnist-train-images-idx3-ubyte.gz', gzipSync(images));
    put('qmnist/qmnist-train-labels-idx2-int.gz', gzipSync(wide));
    expect([...loadDataset('qmnist', folder).labels]).toEqual([3, 6]);
  });

  it('says which file to put where', () => {
    expect(() => loadDataset('qmnist', folder)).toThrow(
      `put qmnist-train-images-idx3-ubyte, qmnist-train-labels-idx2-int (gzipped, with .gz, or not) into ${join(folder, 'qmnist')}`,
    );
  });

  it('suggests the name that was meant', () => {
    expect(() => loadDataset('fashion-mnist', folder)).toThrow(/did you mean fashion_mnist\?/);
    expect(() => loadDataset('constructor', folder)).toThrow(/dataset is "constructor"/);
  });

  it('names the damaged file', () => {
    put('mnist/train-images-idx3-ubyte.gz', gzipSync(images).subarray(0, 20));
    put('mnist/train-labels-idx1-ubyte', labels);
    expect(() => loadDataset('mnist', folder)).toThrow(/train-images-idx3-ubyte\.gz: gzip data .* undamaged/);
  });

  itWithSharedData('reads the real MNIST test set', 'mnist', (real) => {
    const mnist = loadDataset('mnist', real, 'test');
    expect(mnist).toMatchObject({ count: 10_000, exampleShape: [1, 28, 28] });
    // The first ten labels, and the number of each digit, as published.
    expect([...mnist.labels.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    const counts = Array.from(
      { length: 10 },
      (_, digit) => mnist.labels.filter((label) => label === digit).length,
    );
    expect(counts).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    // The test half's own mean and standard deviation are 0.1325 and 0.3105 (NumPy, float64).
    const mean = mnist.inputs.reduce((sum, value) => sum + value, 0) / mnist.inputs.length;
    expect(mean * 0.3081 + 0.1307).toBeCloseTo(0.13251, 4);
  });
});

describe('loadDataset of other formats', () => {
  const record = (label: number) => Uint8Array.of(label, ...new Array<number>(3072).fill(0));

  it('reads CIFAR-10 from its unpacked folder', () => {
    for (const batch of [1, 2, 3, 4, 5])
      put(`cifar10/cifar-10-batches-bin/data_batch_${batch}.bin`, record(batch));
    put('cifar10/cifar-10-batches-bin/test_batch.bin', record(9));
    expect([...loadDataset('cifar10', folder).labels]).toEqual([1, 2, 3, 4, 5]);
    expect([...loadDataset('cifar10', folder, 'test').labels]).toEqual([9]);
  });

  it('reads CIFAR-10 from the published archive', () => {
    const names = [1, 2, 3, 4, 5].map((batch) => `cifar-10-batches-bin/data_batch_${batch}.bin`);
    const archive = tar(Object.fromEntries(names.map((name, i) => [name, record(i)])));
    put('cifar10/cifar-10-binary.tar.gz', gzipSync(archive));
    expect([...loadDataset('cifar10', folder).labels]).toEqual([0, 1, 2, 3, 4]);
    expect(() => loadDataset('cifar10', folder, 'test')).toThrow(/test_batch\.bin is "missing"/);
  });

  it('reads AG News with the vocabulary of its training half', () => {
    put('ag_news/train.csv', new TextEncoder().encode('"1","one two","two"\n'));
    put('ag_news/test.csv', new TextEncoder().encode('"4","three","one two"\n'));
    expect([...loadAgNews(folder, 'test').ids.subarray(0, 4)]).toEqual([1, 3, 2, 0]);
    expect([...loadDataset('ag_news', folder).inputs.subarray(0, 4)]).toEqual([3, 2, 2, 0]);
    expect(() => loadDataset('ag_news', join(folder, 'elsewhere'))).toThrow(/put train\.csv/);
  });
});

describe('readPossiblyZipped', () => {
  it('refuses a file that grows beyond the limit when unzipped', () => {
    put('bomb.gz', gzipSync(new Uint8Array(1_000_000)));
    expect(() => readPossiblyZipped(join(folder, 'bomb.gz'), 999_999)).toThrow(
      /at most 999999 bytes when unzipped/,
    );
    expect(readPossiblyZipped(join(folder, 'bomb.gz'), 1_000_000)).toHaveLength(1_000_000);
  });

  it('refuses a longer plain file', () => {
    put('plain', new Uint8Array(11));
    expect(() => readPossiblyZipped(join(folder, 'plain'), 10)).toThrow(
      /size is 11; allowed: at most 10 bytes/,
    );
  });
});
