import type { LayerKind, ModelLayer } from './layer.ts';

/** A layer with one output per unit and example; ReLU follows every one but the classifier. */
export function unitLayer(name: string, kind: LayerKind, depth: number, units: number): ModelLayer {
  return {
    name,
    kind,
    depth,
    outputShape: [units],
    nonlinearity: kind === 'classifier' ? null : 'relu',
    standard: true,
    publishedPooling: 'none',
    features: units,
    pooling: 'batch × units',
  };
}
