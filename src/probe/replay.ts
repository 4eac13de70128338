import { InputError } from '../errors/input-error.ts';
import { type ModelTensor, type Optimization, openModel } from '../training/session-model.ts';
import { type ModelTemplate, modelTemplate } from './model-template.ts';
import type { OnnxGraph } from './onnx-graph.ts';
import type { ProbeInputs } from './probe-inputs.ts';
import type { ReadBeside } from './tensor-values.ts';

/** Whether a model with the exported weights written into it is the model that was exported. */
export type Replay =
  | {
      readonly checked: true /** To the last bit; otherwise the largest difference. */;
      readonly equal: boolean;
      readonly largest: number;
    }
  | { readonly checked: false; readonly reason: string };

/** Levels above `disabled` fuse otherwise when outputs are added, and bits change. */
const tolerance = 1e-4;

/**
 * Runs the model as it was exported, and with the same weights written into it, on the first examples.
 *
 * @throws InputError where the outputs differ: in one bit without optimization, in more than 1e-4 with it; or where the
 *   model does not repeat itself.
 */
export async function replay(
  {
    graph,
    template,
    readBeside,
    inputs,
    own,
  }: {
    readonly graph: OnnxGraph;
    readonly template: ModelTemplate;
    readonly readBeside: ReadBeside;
    readonly inputs: ProbeInputs;
    readonly own: readonly string[];
  },
  options: { readonly optimization: Optimization; readonly threads: number },
): Promise<Replay> {
  // Data beside the file are taken in: bytes with references read whatever lies in the working directory.
  const untouched = modelTemplate(graph, [], [], readBeside);
  const feeds = inputs.slice(0, Math.min(inputs.batch, inputs.isFixed ? inputs.batch : 4));
  const outputsOf = async (bytes: Uint8Array, times: number) => {
    const session = await openModel(bytes, options);
    const found = [];
    for (let i = 0; i < times; i++) found.push(await session.run(feeds, own));
    await session.close();
    return found;
  };
  const [once, again] = await outputsOf(untouched.bytes, 2);
  const itself = largestDifference(once, again);
  if (itself > 0) {
    throw new InputError({
      file: graph.file,
      field: 'outputs of two runs',
      value: `apart by ${itself}`,
      allowed: 'a model that repeats itself: export it in evaluation mode, without dropout',
    });
  }
  const [written] = await outputsOf(template.bytes, 1);
  const largest = largestDifference(once, written);
  const limit = options.optimization === 'disabled' ? 0 : tolerance;
  if (!(largest <= limit)) {
    throw new InputError({
      file: graph.file,
      field: 'outputs at the exported checkpoint',
      value: `apart by ${largest} from those of the model as exported`,
      allowed: `a difference of at most ${limit}: a weight is not where its name says`,
    });
  }
  return { checked: true, equal: largest === 0, largest };
}

export function describeReplay(replayed: Replay | null): string {
  if (replayed === null || !replayed.checked) {
    return 'not checked by replay: no checkpoint given is the one that the model was exported from';
  }
  return replayed.equal
    ? 'replay: outputs at the exported checkpoint equal those of the model to the bit'
    : `replay: outputs at the exported checkpoint are within ${replayed.largest.toPrecision(2)} of those of the model`;
}

function largestDifference(a: ReadonlyMap<string, ModelTensor>, b: ReadonlyMap<string, ModelTensor>): number {
  let largest = 0;
  for (const [name, { data }] of a) {
    const others = b.get(name)!.data as ArrayLike<unknown>;
    const own = data as ArrayLike<unknown>;
    for (let i = 0; i < own.length; i++) {
      if (Object.is(own[i], others[i])) continue;
      const difference = Math.abs(Number(own[i]) - Number(others[i]));
      largest = Math.max(largest, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
    }
  }
  return largest;
}
