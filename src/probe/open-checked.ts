import { InputError } from '../errors/input-error.ts';
import { type ModelSession, type Optimization, openModel } from '../training/session-model.ts';
import { type LaidOut, layOut } from './capture-layouts.ts';
import type { Capture } from './captures.ts';
import type { ProbeInputs } from './probe-inputs.ts';

/** What so few examples put out is still in the processor's cache when it is averaged; a large batch also costs the system's memory. */
const examplesAtOnce = 16;

/** What can be measured of a model, and the inputs it is best run on: in parts, where an example's outputs do not depend on the others. */
export interface LaidOutModel extends Omit<LaidOut, 'independent'> {
  readonly inputs: ProbeInputs;
}

interface SessionOptions {
  readonly optimization: Optimization;
  readonly threads: number;
}

/** @throws InputError with what ONNX Runtime says of the model. */
export async function openChecked(
  bytes: Uint8Array,
  file: string,
  options: SessionOptions,
): Promise<ModelSession> {
  try {
    return await openModel(bytes, options);
  } catch (error) {
    throw runtimeFault(error, file);
  }
}

/**
 * The layers whose examples stand on an axis of their own.
 *
 * @throws InputError where the model cannot be run on the inputs, or no layer is left.
 */
export async function layOutModel(
  bytes: Uint8Array,
  file: string,
  layers: readonly Capture[],
  inputs: ProbeInputs,
  options: SessionOptions,
): Promise<LaidOutModel> {
  const session = await openChecked(bytes, file, options);
  let laidOut: LaidOut;
  try {
    laidOut = await layOut(session, layers, inputs);
  } catch (error) {
    throw await runFault(error, session, file, inputs);
  } finally {
    await session.close();
  }
  if (laidOut.layers.length > 0) {
    const { independent, ...known } = laidOut;
    return { ...known, inputs: independent ? inputs.inParts(examplesAtOnce) : inputs };
  }
  const [reason] = laidOut.skipped;
  throw new InputError({
    file,
    field: 'layers',
    value: `${reason?.name}: ${reason?.reason}`,
    allowed: 'layers with the examples on an axis of their own',
  });
}

/** Whether the inputs are at fault or what is captured: the model is run once more for its own first output alone. */
async function runFault(
  error: unknown,
  session: ModelSession,
  file: string,
  inputs: ProbeInputs,
): Promise<Error> {
  if (error instanceof InputError) return error;
  const feeds = inputs.slice(0, Math.min(2, inputs.batch));
  const runs = await session.run(feeds, session.outputs.slice(0, 1)).then(
    () => true,
    () => false,
  );
  const shapes = [...feeds].map(([name, { shape }]) => `${name} [${shape}]`).join(', ');
  return new InputError({
    file,
    field: `a run on ${shapes}`,
    value: saidBy(error),
    allowed: runs
      ? 'outputs that ONNX Runtime can put out: without what is captured it runs (choose with --nodes)'
      : 'inputs that the model can be run on: on these it fails even for its own output alone',
  });
}

const saidBy = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What ONNX Runtime says of a model is about the model. */
function runtimeFault(error: unknown, file: string): Error {
  if (error instanceof InputError) return error;
  return new InputError({
    file,
    value: saidBy(error),
    allowed: 'a model that ONNX Runtime can load',
  });
}
