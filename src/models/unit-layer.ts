import type { LayerKind, ModelLayer } from './layer.ts';

/** A layer with one output per unit and example. */
export function unitLayer(name: string, kind: LayerKind, depth: number, units: number): ModelLayer {
  return {
    name,
    kind,
    depth,
    outputShape: [units],
    standard: true,
    publishedPooling: 'none',
    features: units,
    pooling: 'batch × units',
  };
}
