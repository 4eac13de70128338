import { convolutionMean } from '../../dist/autodiff/operators/convolution.js';
import { relu } from '../../dist/autodiff/operators/elementwise.js';
import { gemm, linear } from '../../dist/autodiff/operators/matrix-product.js';
import { pooledConvolution } from '../../dist/autodiff/operators/pooled-convolution.js';
import { reshape, transpose } from '../../dist/autodiff/operators/rearrangement.js';
import { takeExamples } from '../../dist/datasets/take-examples.js';
import { createModel } from '../../dist/models/create-model.js';

/** The networks: an MLP of the shape of the shared runs, and a CNN small enough to train many of. */
const networks = {
  mlp: {
    architecture: { family: 'mlp', hidden: [128, 64] },
    second: ['network.2.weight', 'network.2.bias'],
    first: ['network.0.weight', 'network.0.bias'],
  },
  cnn: {
    architecture: { family: 'cnn', channels: [8, 16] },
    second: ['conv_layers.3.weight', 'conv_layers.3.bias'],
    first: ['conv_layers.0.weight', 'conv_layers.0.bias'],
  },
};

/**
 * What changes: options `before` (only where they differ from those of every run) and `after`, parameters that get new initial
 * values, and parameters that are not trained from then on.
 */
export const conditions = {
  a: { title: 'learning rate × 0.1', after: { learningRate: 1e-4 } },
  b: { title: 'learning rate × 10', after: { learningRate: 1e-2 } },
  c: { title: 'labels permuted', after: { labels: (label) => (label + 3) % 10 } },
  d: { title: 'digits 0-4, then all', before: { digits: 5 } },
  e: { title: 'second layer re-initialized', renewed: (network) => networks[network].second },
  f: { title: 'first layer frozen', frozen: (network) => networks[network].first },
  g: { title: 'dropout 0.5', after: { dropout: 0.5 } },
  h: { title: 'inputs inverted', after: { inverted: true } },
  i: { title: 'weight decay 0.03', after: { weightDecay: 0.03 } },
  j: { title: 'batches of 4', after: { batchSize: 4 } },
  z: { title: 'batch order drawn anew', after: { batches: 'drawn anew' } },
  none: { title: 'nothing' },
};

/** The examples that a training with these options sees. */
export function datasetFor(data, { digits = 10, labels, inverted = false }) {
  const kept = Uint32Array.from(data.labels.keys()).filter((i) => data.labels[i] < digits);
  const chosen = digits === 10 ? data : takeExamples(data, kept);
  return {
    ...chosen,
    labels: labels === undefined ? chosen.labels : chosen.labels.map(labels),
    inputs: inverted ? chosen.inputs.map((ink) => -ink) : chosen.inputs,
  };
}

/** A network, with dropout before every layer but the first (MLP) or before the classifier (CNN). */
export function modelFor(network, { exampleShape, classes }, rate) {
  const { architecture } = networks[network];
  const model = createModel(architecture, { exampleShape, classes, name: network });
  if (rate === 0) return model;
  const forward = { mlp: mlpWithDropout, cnn: cnnWithDropout }[network];
  return { ...model, forward: (x, context) => forward(model, x, context, rate) };
}

function mlpWithDropout({ layers }, x, { parameter, dropout }, rate) {
  const [outputs, activated] = [new Map(), new Map()];
  let rows = reshape(x, [x.shape[0], x.shape.slice(1).reduce((a, b) => a * b)]);
  layers.forEach(({ name, nonlinearity }) => {
    rows = linear(rows, parameter(`${name}.weight`), parameter(`${name}.bias`));
    outputs.set(name, rows);
    if (nonlinearity === null) return;
    rows = relu(rows);
    activated.set(name, rows);
    rows = dropout(rows, rate);
  });
  return { logits: rows, outputs, activated, attention: new Map() };
}

function cnnWithDropout({ layers }, x, { parameter, dropout }, rate) {
  const [outputs, positionMeans] = [new Map(), new Map()];
  const [batch, , ...size] = x.shape;
  let [height, width] = size;
  let maps = reshape(transpose(reshape(x, [batch, height * width]), [1, 0]), [1, height * width, batch]);
  for (const { name } of layers.slice(0, -1)) {
    const weights = [parameter(`${name}.weight`), parameter(`${name}.bias`)];
    positionMeans.set(name, convolutionMean(maps, ...weights, { height, width }));
    maps = relu(pooledConvolution(maps, ...weights, { height, width }));
    [height, width] = [height >> 1, width >> 1];
  }
  const columns = dropout(reshape(maps, [maps.shape[0] * height * width, batch]), rate);
  const bias = parameter('fc.bias');
  const logits = gemm(columns, parameter('fc.weight'), { transposeA: true, transposeB: true, bias });
  outputs.set('fc', logits);
  return { logits, outputs, activated: new Map(), positionMeans, attention: new Map() };
}
