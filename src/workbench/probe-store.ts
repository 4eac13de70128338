import { openRun } from '../measurements/log-store.ts';
import { clearStudy, createStudy, existsStudy, noteEndedLogs } from '../measurements/study-store.ts';
import { probeExports } from '../probe/probe-exports.ts';
import { type Probed, probeModel } from '../probe/probe-model.ts';
import { type ProbeChoice, probeMaterial } from './probe-material-store.ts';
import { tool } from './provenance.ts';

export interface ProbeCheckpointsOptions extends ProbeChoice {
  /** Replace a study that is already in the directory. */
  readonly overwrite?: boolean;
}

/**
 * Measures the layers of a network at its saved checkpoints through an ONNX file, into a study. All or nothing: it is
 * written once everything has been measured.
 *
 * @param model the network as `.onnx`.
 * @param checkpoints a folder of weights, or of one `.onnx` per step; or one of them.
 * @param inputs the examples: `.npy`, `.npz`, `.safetensors` or IDX.
 * @param directory where the study goes.
 * @returns what matched how, what was measured, and what was not.
 * @throws InputError where a weight is not accounted for, a file cannot be used, or the replay fails.
 * @example
 * const { replay } = await probeCheckpoints('model.onnx', 'checkpoints', 'inputs.npy', 'probed-study');
 * replay; // { checked: true, equal: true, largest: 0 }
 */
export async function probeCheckpoints(
  model: string,
  checkpoints: string,
  inputs: string,
  directory: string,
  options: ProbeCheckpointsOptions = {},
): Promise<Probed> {
  if (existsStudy(directory) && !options.overwrite) clearStudy(directory, options);
  const { material, settings } = probeMaterial(model, checkpoints, inputs, options);
  const probed = await ('exports' in material
    ? probeExports(material, settings)
    : probeModel(material, settings));
  const { header, records, evaluations, notes } = probed;
  const { optimization = 'disabled', nodes = null } = options;
  createStudy(
    directory,
    {
      schemaVersion: 2,
      tool,
      title: `Probe of ${model}`,
      origin: 'probed',
      source: probed.matching === null ? 'ONNX models' : 'ONNX model and checkpoints',
      settings: { optimization, nodes },
      machine: {},
      runs: [header.id],
      notes,
    },
    options,
  );
  const log = openRun(directory, header, options);
  for (const record of records) log.writeStep(record);
  for (const evaluation of evaluations) log.writeEvaluation(evaluation);
  log.end('complete');
  noteEndedLogs(directory);
  return probed;
}
