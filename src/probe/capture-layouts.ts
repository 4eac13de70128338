import type { ModelSession } from '../training/session-model.ts';
import type { Capture } from './captures.ts';
import { layoutFrom, type OutputLayout, pooledShape, poolInto } from './pool-activations.ts';
import type { ProbeInputs } from './probe-inputs.ts';

/** A layer that can be measured. */
export interface LaidOutCapture extends Capture {
  readonly layout: OutputLayout;
}

/** The layers that can be measured, and those that cannot for which reason. */
export interface LaidOut {
  readonly layers: readonly LaidOutCapture[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  /** Whether an example's outputs were the same, to the bit, whatever other examples were run with it. */
  readonly independent: boolean;
  /** Elements that the layers put out for one example. */
  readonly elements: number;
}

/**
 * Which layers have their examples on an axis of their own, found by running the model on two small numbers of examples; of
 * a model that fixes the number, the first axis of that extent.
 */
export async function layOut(
  session: ModelSession,
  layers: readonly Capture[],
  inputs: ProbeInputs,
): Promise<LaidOut> {
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
  const rowsOf = (outputs: typeof one, count: number) =>
    found.flatMap(({ output, layout }) => {
      const { data, shape } = outputs.get(output)!;
      const { features } = pooledShape(shape, layout);
      const rows = new Float64Array(count * features);
      poolInto(rows, data as Float32Array, shape, count, layout);
      return [rows.subarray(0, few * features)];
    });
  const [alone, together] = [rowsOf(one, few), rowsOf(other, more)];
  const independent =
    more > few && alone.every((rows, i) => rows.every((value, at) => Object.is(value, together[i][at])));
  const elements = found.reduce((sum, { output }) => sum + one.get(output)!.data.length / few, 0);
  return { layers: found, skipped, independent, elements };
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
