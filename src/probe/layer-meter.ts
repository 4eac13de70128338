import type { LayerRecord } from '../measurements/step-record.ts';
import { measuredSeries, measureLayer } from '../study/measure-layer.ts';
import type { OutputLayout } from './pool-activations.ts';
import { type LayerOutputs, pooledLayers } from './pooled-layers.ts';

/** Both spectra of every layer are measured. */
export const spectraMeasured = ['centered', 'raw'] as const;

/** What was measured at a checkpoint, in the layers' order. */
export interface MeteredLayers {
  readonly records: readonly LayerRecord[];
  readonly shapes: readonly { readonly rows: number; readonly columns: number; readonly pooling: string }[];
}

/** Pools and measures what layers put out, one checkpoint after another. */
export interface LayerMeter {
  /** Takes what a run put out; resolves when the next run may begin. */
  take(outputs: LayerOutputs): Promise<void>;
  /** Measures what was taken since the last time. */
  measure(): Promise<MeteredLayers>;
  close(): Promise<void>;
}

/** Measures on the caller's own thread. */
export function layerMeter(layouts: readonly OutputLayout[], examples: number): LayerMeter {
  const series = measuredSeries(spectraMeasured);
  let pooled = pooledLayers(layouts, examples);
  return {
    take: async (outputs) => pooled.add(outputs),
    measure: async () => {
      const { layers } = pooled;
      pooled = pooledLayers(layouts, examples);
      return {
        records: layers.map(({ data, rows, columns }) =>
          measureLayer({ data, shape: [rows, columns] }, spectraMeasured, series),
        ),
        shapes: layers.map(({ rows, columns, pooling }) => ({ rows, columns, pooling })),
      };
    },
    close: async () => {},
  };
}
