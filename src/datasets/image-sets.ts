/** Which half of a data set: the one to learn from, or the one that its authors hold out. */
export type DatasetPart = 'train' | 'test';

/** The two files of one part, without `.gz`. */
interface ImageFiles {
  readonly images: string;
  readonly labels: string;
}

/** A data set of images in MNIST's format. */
export interface ImageSet {
  /** Mean and standard deviation of all training pixels, scaled to [0, 1]. */
  readonly mean: number;
  readonly sd: number;
  readonly classes: number;
  readonly files: Readonly<Record<DatasetPart, ImageFiles>>;
}

const mnistFiles = {
  train: { images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte' },
  test: { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte' },
};

/**
 * MNIST (LeCun, Cortes & Burges), Fashion-MNIST (Xiao, Rasul & Vollgraf 2017) and QMNIST (Yadav & Bottou 2019).
 * QMNIST takes MNIST's mean and standard deviation, as is usual.
 */
export const imageSets = {
  mnist: { mean: 0.1307, sd: 0.3081, classes: 10, files: mnistFiles },
  fashion_mnist: { mean: 0.286, sd: 0.353, classes: 10, files: mnistFiles },
  qmnist: {
    mean: 0.1307,
    sd: 0.3081,
    classes: 10,
    files: {
      train: { images: 'qmnist-train-images-idx3-ubyte', labels: 'qmnist-train-labels-idx2-int' },
      test: { images: 'qmnist-test-images-idx3-ubyte', labels: 'qmnist-test-labels-idx2-int' },
    },
  },
} as const satisfies Record<string, ImageSet>;
