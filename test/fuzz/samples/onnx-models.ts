import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Models as exporters write them. */
export function onnxModels(): Uint8Array[] {
  return ['merged.onnx', 'renamed.onnx', 'inside-if.onnx'].map((name) =>
    readFileSync(resolve('test/probe/fixtures', name)),
  );
}
