import { InputError } from '../errors/input-error.ts';
import { type ModelSession, type Optimization, openModel } from '../training/session-model.ts';
import { type LaidOut, layOut } from './capture-layouts.ts';
import type { Capture } from './captures.ts';
import type { ProbeInputs } from './probe-inputs.ts';

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
): Promise<LaidOut> {
  const session = await openChecked(bytes, file, options);
  const laidOut = await layOut(session, layers, inputs).catch((error: unknown) => {
    throw runtimeFault(error, file);
  });
  await session.close();
  if (laidOut.layers.length > 0) return laidOut;
  const [reason] = laidOut.skipped;
  throw new InputError({
    file,
    field: 'layers',
    value: `${reason?.name}: ${reason?.reason}`,
    allowed: 'layers with the examples on an axis of their own',
  });
}

/** What ONNX Runtime says of a model is about the model. */
function runtimeFault(error: unknown, file: string): Error {
  if (error instanceof InputError) return error;
  const said = error instanceof Error ? error.message : String(error);
  return new InputError({
    file,
    value: said,
    allowed: 'a model that ONNX Runtime can load and run on these inputs',
  });
}
