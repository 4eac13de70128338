import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type * as Runtime from 'onnxruntime-common';

/**
 * ONNX Runtime for the processor. The installed package carries a copy beside its compiled files, since the runtime's own
 * package fetches graphics libraries when it is installed; in a working tree that package is there.
 */
const carried = fileURLToPath(new URL('../onnxruntime/', import.meta.url));
const load = createRequire(import.meta.url);
const runtime: typeof Runtime = load(existsSync(carried) ? carried : 'onnxruntime-node');

export const { InferenceSession, Tensor } = runtime;
