import type { ModelSession } from '../training/session-model.ts';
import type { Capture } from './captures.ts';
import { layoutFrom, type OutputLayout } from './pool-activations.ts';
import type { ProbeInputs } from './probe-inputs.ts';

/** A layer that can be measured. */
export interface LaidOutCapture extends Capture {
  readonly layout: OutputLayout;
}

/**
 * Which layers have their examples on an axis of their own, found by running the model on two small numbers of examples; of
 * a model that fixes the number, the first axis of that extent.
 */
export async function layOut(
  session: ModelSession,
  layers: readonly Capture[],
  inputs: ProbeInputs,
): Promise<{ readonly layers: LaidOutCapture[]; readonly skipped: { name: string; reason: string }[] }> {
  const names = layers.map(({ output }) => output);
  const [few, more] = inputs.isFixed
    ? [inputs.batch, inputs.batch]
    : [Math.min(2, inputs.batch), Math.min(3, inputs.batch)];
  const one = await session.run(inputs.slice(0, few), names);
  const other = more === few ? one : await session.run(inputs.slice(0, more), names);
  const found: LaidOutCapture[] = [];
  const skipped: { name: string; reason: string }[] = [];
  for (const layer of layers) {
    const { shape, data } = one.get(layer.output)!;
    const isConvolution = layer.kind === 'convolution';
    const layout =
      more === few
        ? fixedLayout(shape, few, isConvolution)
        : layoutFrom(
            { examples: few, shape },
            { examples: more, shape: other.get(layer.output)!.shape },
            isConvolution,
          );
    if (!(data instanceof Float32Array || data instanceof Float64Array)) {
      skipped.push({ name: layer.name, reason: 'not of real numbers' });
    } else if (layout === null) {
      skipped.push({ name: layer.name, reason: `no axis of [${shape}] follows the ${few} examples` });
    } else found.push({ ...layer, layout });
  }
  return { layers: found, skipped };
}

function fixedLayout(
  shape: readonly number[],
  examples: number,
  isConvolution: boolean,
): OutputLayout | null {
  const axis = shape.slice(0, -1).indexOf(examples);
  if (axis >= 0 && !(isConvolution && axis !== 0)) return { axis, perExample: 1, isConvolution };
  const perExample = shape[0] / examples;
  return shape.length > 1 && Number.isInteger(perExample) ? { axis: 0, perExample, isConvolution } : null;
}
