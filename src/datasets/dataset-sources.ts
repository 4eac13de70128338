/** A file of a data set as its authors publish it. */
export interface SourceFile {
  /** Its place below the data set's own folder. */
  readonly path: string;
  readonly url: string;
  /** `sha256:` or `md5:` and the digest in hexadecimal, as published; MD5 where the authors give nothing better. */
  readonly digest: string;
}

const mnistUrl = 'https://ossci-datasets.s3.amazonaws.com/mnist';
const fashionUrl = 'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion';
const qmnistUrl = 'https://raw.githubusercontent.com/facebookresearch/qmnist/master';
const agNewsUrl = 'https://raw.githubusercontent.com/mhjabreel/CharCnn_Keras/master/data/ag_news_csv';

/**
 * Where the data sets come from. MNIST's first address no longer answers dependably, so PyTorch's copy of the same
 * bytes is named. The digests of Fashion-MNIST, QMNIST, CIFAR-10 and the training half of AG News are the MD5 sums
 * that their authors, torchvision or torchtext publish: they find damage, and would not stop a forger.
 */
export const datasetSources: Readonly<Record<string, readonly SourceFile[]>> = {
  mnist: [
    file(
      mnistUrl,
      'train-images-idx3-ubyte.gz',
      'sha256:440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609',
    ),
    file(
      mnistUrl,
      'train-labels-idx1-ubyte.gz',
      'sha256:3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c',
    ),
    file(
      mnistUrl,
      't10k-images-idx3-ubyte.gz',
      'sha256:8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6',
    ),
    file(
      mnistUrl,
      't10k-labels-idx1-ubyte.gz',
      'sha256:f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6',
    ),
  ],
  fashion_mnist: [
    file(fashionUrl, 'train-images-idx3-ubyte.gz', 'md5:8d4fb7e6c68d591d4c3dfef9ec88bf0d'),
    file(fashionUrl, 'train-labels-idx1-ubyte.gz', 'md5:25c81989df183df01b3e8a0aad5dffbe'),
    file(fashionUrl, 't10k-images-idx3-ubyte.gz', 'md5:bef4ecab320f06d8554ea6380940ec79'),
    file(fashionUrl, 't10k-labels-idx1-ubyte.gz', 'md5:bb300cfdad3c16e7a12a480ee83cd310'),
  ],
  qmnist: [
    file(qmnistUrl, 'qmnist-train-images-idx3-ubyte.gz', 'md5:ed72d4157d28c017586c42bc6afe6370'),
    file(qmnistUrl, 'qmnist-train-labels-idx2-int.gz', 'md5:0058f8dd561b90ffdd0f734c6a30e5e4'),
    file(qmnistUrl, 'qmnist-test-images-idx3-ubyte.gz', 'md5:1394631089c404de565df7b7aeaf9412'),
    file(qmnistUrl, 'qmnist-test-labels-idx2-int.gz', 'md5:5b5b05890a5e13444e108efe57b788aa'),
  ],
  cifar10: [
    file(
      'https://www.cs.toronto.edu/~kriz',
      'cifar-10-binary.tar.gz',
      'md5:c32a1d4ab5d03f1284b67883e8d87530',
    ),
  ],
  ag_news: [
    file(agNewsUrl, 'train.csv', 'md5:b1a00f826fdfbd249f79597b59e1dc12'),
    file(agNewsUrl, 'test.csv', 'sha256:521465c2428ed7f02f8d6db6ffdd4b5447c1c701962353eb2c40d548c3c85699'),
  ],
};

function file(folderUrl: string, path: string, digest: string): SourceFile {
  return { path, url: `${folderUrl}/${path}`, digest };
}
