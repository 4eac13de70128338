import { InputError } from '../errors/input-error.ts';
import { type Captures, captures } from './captures.ts';
import { inOrder, measureCheckpoints } from './measure-checkpoints.ts';
import { modelTemplate } from './model-template.ts';
import { readOnnxGraph } from './onnx-graph.ts';
import { layOutModel, openChecked } from './open-checked.ts';
import { type InputArrays, probeInputs } from './probe-inputs.ts';
import type { ChooseCaptures, ModelFile, Prepared, Probed } from './probe-model.ts';
import type { ProbeOptions } from './probe-options.ts';

/** A network that was exported once more at a training step. */
export interface ExportAtStep {
  readonly path: string;
  readonly step: number;
  /** Read when its turn comes: several models would not fit memory. */
  read(): ModelFile;
}

/** The network at each of its steps, and the examples it is run on. */
export interface ExportMaterial {
  readonly exports: readonly ExportAtStep[];
  readonly inputs: InputArrays;
}

/**
 * Measures the layers of a network that was exported at every step: each model is run as it is, so that no weight has to be
 * found in it.
 *
 * @param material the first export in the order of steps says which layers there are; the others must have the same.
 * @throws InputError where a model cannot be run on the inputs, or has other layers than the first.
 */
export async function probeExports(material: ExportMaterial, options: ProbeOptions): Promise<Probed> {
  const { measuring, ...known } = await prepareExports(material, options, (graph) =>
    captures(graph, options.nodes),
  );
  return { ...(await measureCheckpoints(measuring, options)), ...known };
}

/**
 * Finds out which nodes of the exports can be captured.
 *
 * @throws InputError as `probeExports` does.
 */
export async function prepareExports(
  { exports: given, inputs: arrays }: ExportMaterial,
  options: ProbeOptions,
  choose: ChooseCaptures,
): Promise<Prepared> {
  const exports = inOrder(given);
  const opened = ({ read }: ExportAtStep) => {
    const { model, file, readBeside } = read();
    const graph = readOnnxGraph(model, file);
    const found = choose(graph);
    // Data beside the file are taken in: bytes with references read whatever lies in the working directory.
    const outputs = [...found.layers.map(({ output }) => output), ...(found.raw ?? [])];
    return { graph, file, found, bytes: modelTemplate(graph, [], outputs, readBeside).bytes };
  };
  const first = opened(exports[0]);
  const inputs = probeInputs(first.graph, arrays, options.samples);
  const { skipped, ...laidOut } = await layOutModel(
    first.bytes,
    first.file,
    first.found.layers,
    inputs,
    options,
  );
  const models = exports.map((one) => ({
    path: one.path,
    step: one.step,
    open: () => {
      const { found, bytes, file } = opened(one);
      assertSameLayers(found, first.found, file);
      return openChecked(bytes, file, options);
    },
    weights: () => [],
  }));
  const own = first.graph.outputs.map(({ name }) => name);
  return {
    measuring: { models, ...laidOut, own, parameterCount: null },
    matching: null,
    exported: null,
    replay: { checked: false, reason: 'each step is a model of its own' },
    skipped: [...first.found.skipped, ...skipped],
    hidden: first.graph.hidden,
    notes: [...inputs.notes, 'each step is a model of its own, run as it was exported'],
  };
}

/** Other layers under the same names would be a curve of two things. */
function assertSameLayers({ layers }: Captures, { layers: first }: Captures, file: string): void {
  const said = (of: Captures['layers']): string =>
    of.map(({ output, operator }) => `${output} (${operator})`).join(', ');
  if (said(layers) === said(first)) return;
  throw new InputError({
    file,
    field: 'layers',
    value: said(layers),
    allowed: `those of the first step: ${said(first)}`,
  });
}
