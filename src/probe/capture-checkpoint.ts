import type { ModelSession, ModelTensor } from '../training/session-model.ts';
import type { LaidOutCapture } from './capture-layouts.ts';
import { type CapturedLayer, type LayerOutputs, pooledLayers } from './pooled-layers.ts';
import type { ProbeInputs } from './probe-inputs.ts';

/** The model's own outputs, one entry for each run. */
export type OwnOutputs = readonly ReadonlyMap<string, ModelTensor>[];

export interface Captured {
  readonly layers: readonly CapturedLayer[];
  readonly outputs: OwnOutputs;
}

/** Runs a model over all examples, and pools what its layers put out as it comes. */
export async function captureCheckpoint(
  session: ModelSession,
  layers: readonly LaidOutCapture[],
  inputs: ProbeInputs,
  own: readonly string[],
): Promise<Captured> {
  const pooled = pooledLayers(
    layers.map(({ layout }) => layout),
    inputs.examples,
  );
  const outputs = await runExamples(session, layers, inputs, own, pooled.add);
  return { layers: pooled.layers, outputs };
}

/**
 * Runs a model over all examples.
 *
 * @param onRun given what the layers put out in each run, before the next one begins.
 */
export async function runExamples(
  session: ModelSession,
  layers: readonly LaidOutCapture[],
  { examples, batch, slice }: ProbeInputs,
  own: readonly string[],
  onRun: (outputs: LayerOutputs) => Promise<void> | void,
): Promise<OwnOutputs> {
  const wanted = [...new Set([...layers.map(({ output }) => output), ...own])];
  const outputs: ReadonlyMap<string, ModelTensor>[] = [];
  for (let from = 0; from < examples; from += batch) {
    const count = Math.min(batch, examples - from);
    const found = await session.run(slice(from, count), wanted);
    // Before the layers' own are given away: of an output that is both, this one stays.
    outputs.push(new Map(own.map((name) => [name, found.get(name)!])));
    await onRun({ from, count, tensors: layers.map(({ output }) => found.get(output)!) });
  }
  return outputs;
}
