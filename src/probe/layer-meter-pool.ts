import { startWorker, workerFile } from '../threads/worker-thread.ts';
import type { LayerMeter, MeteredLayers } from './layer-meter.ts';
import type { OutputLayout } from './pool-activations.ts';
import type { LayerOutputs } from './pooled-layers.ts';

/** What the thread is asked. */
export type MeterQuestion =
  | { readonly type: 'take'; readonly outputs: LayerOutputs }
  | { readonly type: 'measure' };

export interface MeterWorkerData {
  readonly layouts: readonly OutputLayout[];
  readonly examples: number;
}

/** What a model has put out and the thread has not taken in yet is memory: of more than so much the model waits. */
const mostWaiting = 2 ** 28;

/**
 * Measures on a thread of its own, while the model runs on. What was put out goes over to the thread and must not be used
 * any more.
 *
 * @param kept whether a tensor's elements are still needed here, and are copied.
 */
export function layerMeterOnThread(
  layouts: readonly OutputLayout[],
  examples: number,
  kept: (index: number) => boolean = () => false,
): LayerMeter {
  const data: MeterWorkerData = { layouts, examples };
  const worker = startWorker<MeterQuestion, MeteredLayers | null>(
    workerFile(import.meta.url, 'layer-meter-worker'),
    'the thread that measures layers',
    data,
  );
  const waiting = new Map<Promise<void>, number>();
  let takes: Promise<unknown>[] = [];
  const bytesWaiting = (): number => [...waiting.values()].reduce((sum, bytes) => sum + bytes, 0);
  return {
    take: async (outputs) => {
      const buffers = outputs.tensors.map(({ data }) => (data as Float32Array).buffer as ArrayBuffer);
      const given = [...new Set(buffers.filter((_, i) => !kept(i)))];
      const bytes = buffers.reduce((sum, { byteLength }) => sum + byteLength, 0);
      const taken = worker.ask({ type: 'take', outputs: bare(outputs) }, { given });
      // `measure` tells of a failure.
      const settled = taken.then(
        () => {},
        () => {},
      );
      waiting.set(settled, bytes);
      void settled.then(() => waiting.delete(settled));
      takes.push(taken);
      while (waiting.size > 1 && bytesWaiting() > mostWaiting) await Promise.race(waiting.keys());
    },
    measure: async () => {
      const measured = worker.ask<MeteredLayers>({ type: 'measure' });
      const taken = takes;
      takes = [];
      await Promise.all([...taken, measured]);
      return measured;
    },
    close: () => worker.close(),
  };
}

/** Without what else a runtime's tensor may carry. */
function bare({ from, count, tensors }: LayerOutputs): LayerOutputs {
  return { from, count, tensors: tensors.map(({ data, shape }) => ({ data, shape })) };
}
