import type { RunDynamics } from '../dynamics/analyze-run.ts';
import { base64 } from '../figures/base64.ts';
import type { LayerEvent } from '../figures/layer-events.ts';
import { layerEvents } from '../figures/layer-events.ts';
import type { Run } from '../measurements/types.ts';

/** One run's series as the page holds them: base64 of little-endian float32, seven significant digits. */
export interface EmbeddedRun {
  readonly id: string;
  readonly steps: string;
  readonly loss: string;
  readonly layers: readonly { readonly name: string; readonly series: Readonly<Record<string, string>> }[];
  readonly events: readonly LayerEvent[];
}

/** The series of one run for the page's charts, restricted to the given ids. */
export function embeddedRun(
  run: Run,
  series: readonly string[],
  dynamics: RunDynamics | undefined,
): EmbeddedRun {
  return {
    id: run.id,
    steps: float32Base64(run.steps),
    loss: float32Base64(run.loss),
    layers: run.layers.map((layer) => ({
      name: layer.name,
      series: Object.fromEntries(
        series.flatMap((id) => {
          const found = layer.series.get(id);
          return found === undefined ? [] : [[id, float32Base64(found.values)]];
        }),
      ),
    })),
    events: layerEvents(dynamics?.layers ?? []),
  };
}

/**
 * The series ids that the page offers: those wanted, in order, as long as all runs' values fit the bound. The first
 * is always taken.
 */
export function embeddableSeries(
  runs: readonly Run[],
  wanted: readonly string[],
  maxBytes: number,
): string[] {
  let bytes = 0;
  const chosen: string[] = [];
  for (const id of wanted) {
    let size = 0;
    for (const { layers, steps } of runs) {
      for (const { series } of layers) if (series.has(id)) size += Math.ceil((4 * steps.length) / 3) * 4;
    }
    if (chosen.length > 0 && bytes + size > maxBytes) continue;
    bytes += size;
    chosen.push(id);
  }
  return chosen;
}

function float32Base64(values: Float64Array): string {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  for (let i = 0; i < values.length; i++) view.setFloat32(4 * i, values[i], true);
  return base64(new Uint8Array(view.buffer));
}
