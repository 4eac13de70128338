import type { LayerKind, ModelLayer } from './layer.ts';
import { type Nonlinearity, nonlinearities } from './nonlinearity.ts';

/** A layer with one output per unit and example; a nonlinearity follows every one but the classifier. */
export function unitLayer(
  name: string,
  kind: LayerKind,
  depth: number,
  units: number,
  nonlinearity: Nonlinearity = nonlinearities.relu,
): ModelLayer {
  return {
    name,
    kind,
    depth,
    outputShape: [units],
    nonlinearity: kind === 'classifier' || nonlinearity.name === 'linear' ? null : nonlinearity,
    standard: true,
    publishedPooling: 'none',
    features: units,
    pooling: 'batch × units',
  };
}
