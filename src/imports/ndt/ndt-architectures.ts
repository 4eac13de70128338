import type { LayerHeader } from '../../measurements/run-header.ts';
import type { LayerKind, NetworkFamily } from '../../measurements/types.ts';

/** A data set of the published study: values per example after its preparation, and classes. */
interface NdtDataset {
  readonly inputs: number;
  readonly classes: number;
}

export const ndtDatasets: ReadonlyMap<string, NdtDataset> = new Map([
  ['mnist', { inputs: 784, classes: 10 }],
  ['fashion_mnist', { inputs: 784, classes: 10 }],
  ['qmnist', { inputs: 784, classes: 10 }],
  ['ag_news', { inputs: 100, classes: 4 }],
]);

/** A network of the published study; `sizes` are hidden units, channels, or one width per transformer block. */
interface NdtArchitecture {
  readonly family: Exclude<NetworkFamily, 'unknown'>;
  readonly sizes: readonly number[];
}

const repeat = (size: number, times: number): number[] => new Array<number>(times).fill(size);
const mlp = (...sizes: number[]): NdtArchitecture => ({ family: 'mlp', sizes });
const cnn = (...sizes: number[]): NdtArchitecture => ({ family: 'cnn', sizes });
const transformer = (width: number, blocks: number): NdtArchitecture => ({
  family: 'transformer',
  sizes: repeat(width, blocks),
});

export const ndtArchitectures: ReadonlyMap<string, NdtArchitecture> = new Map([
  ['mlp_shallow_2', mlp(128, 64)],
  ['mlp_medium_5', mlp(...repeat(64, 4), 32)],
  ['mlp_deep_10', mlp(...repeat(32, 10))],
  ['mlp_verydeep_15', mlp(...repeat(24, 15))],
  ['mlp_narrow', mlp(...repeat(32, 4))],
  ['mlp_medium', mlp(128, 128, 64, 64)],
  ['mlp_wide', mlp(256, 256, 128, 128)],
  ['mlp_verywide', mlp(512, 512, 256, 256)],
  ['cnn_shallow', cnn(32, 64)],
  ['cnn_medium', cnn(32, 64, 128)],
  ['cnn_deep', cnn(32, 64, 128, 256)],
  ['transformer_shallow', transformer(128, 2)],
  ['transformer_medium', transformer(128, 4)],
  ['transformer_deep', transformer(128, 6)],
  ['transformer_narrow', transformer(64, 4)],
  ['transformer_wide', transformer(256, 4)],
]);

/** Examples of every measurement: five batches of 32. */
export const ndtProbeSamples = 160;

/**
 * The measured layers of a published network in network order, with the matrix that was measured of each: the
 * output of every Linear and Conv2d module, of which anything beyond [batch, axis 1] was averaged away. For a
 * transformer's [batch, token, feature] that leaves one column per *token*.
 */
export function ndtLayers(
  { family, sizes }: NdtArchitecture,
  { inputs, classes }: NdtDataset,
): LayerHeader[] {
  const layers: LayerHeader[] = [];
  const add = (name: string, kind: LayerKind, features: number, columns: string): void => {
    const pooling = `batch × ${columns}`;
    layers.push({ name, kind, depth: layers.length, samples: ndtProbeSamples, features, pooling });
  };
  if (family === 'mlp') {
    // A Sequential of Linear, ReLU, Linear, …: Linear modules have the even positions.
    for (const [index, units] of sizes.entries()) add(`network.${2 * index}`, 'linear', units, 'units');
    add(`network.${2 * sizes.length}`, 'classifier', classes, 'units');
  } else if (family === 'cnn') {
    // Convolution, ReLU, pooling: every third module is a convolution.
    for (const [index, channels] of sizes.entries()) {
      add(`conv_layers.${3 * index}`, 'convolution', channels, 'channels (mean over positions)');
    }
    add('fc', 'classifier', classes, 'units');
  } else {
    const tokens = tokenCount(inputs);
    const columns = 'tokens (mean over features)';
    add('input_proj', 'input-projection', tokens, columns);
    for (let block = 0; block < sizes.length; block++) {
      add(`transformer.layers.${block}.linear1`, 'feed-forward-in', tokens, columns);
      add(`transformer.layers.${block}.linear2`, 'feed-forward-out', tokens, columns);
    }
    add('fc', 'classifier', classes, 'units');
  }
  return layers;
}

/**
 * Tokens into which the published transformers cut an input: the divisor of its size nearest to 16, the smaller
 * of two equally near.
 *
 * @example
 * tokenCount(784); // 16
 * tokenCount(100); // 20
 */
export function tokenCount(inputs: number): number {
  let best = 1;
  for (let divisor = 2; divisor <= inputs; divisor++) {
    if (inputs % divisor === 0 && Math.abs(divisor - 16) < Math.abs(best - 16)) best = divisor;
  }
  return best;
}
