import { crc32 } from '../checksums/crc.ts';
import type { Evaluation, Run } from '../measurements/types.ts';
import { known } from './known.ts';
import type { Known, RunMessage } from './messages.ts';

/** One run as its page shows it, with what tells whether a page has its beginning already. */
export interface RunView {
  readonly run: Run;
  readonly metric: string | null;
  readonly changed: number | null;
  /** Measurements. */
  readonly count: number;
  /** Whatever of the run is sent whole; another number where it has changed. */
  readonly head: number;
  /** CRC-32 of the first n measurements, of the run's name and the metric. */
  prefix(n: number): number;
}

/**
 * @param metric a series that every layer of the run has; null for none.
 */
export function viewRun(run: Run, metric: string | null, changed: number | null): RunView {
  const series = valuesOf(run, metric);
  const prefixes = new Uint32Array(run.steps.length + 1);
  prefixes[0] = crc32(JSON.stringify([run.id, metric, run.layers.map(({ name }) => name)]));
  const place = new Float64Array(2 + series.length);
  const bytes = new Uint8Array(place.buffer);
  for (let i = 0; i < run.steps.length; i++) {
    place[0] = run.steps[i];
    place[1] = run.loss[i];
    for (let l = 0; l < series.length; l++) place[2 + l] = series[l][i];
    prefixes[i + 1] = crc32(bytes, prefixes[i]);
  }
  const { evaluations, events = [], complete, stopped } = run;
  return {
    run,
    metric,
    changed,
    count: run.steps.length,
    head: crc32(
      JSON.stringify([evaluations.map(evaluationRow), events, complete, stopped, run.plannedSteps]),
    ),
    prefix: (n) => prefixes[n],
  };
}

/** The run's measurements from one on, and whatever of it is sent whole. */
export function runMessage({ run, metric, changed }: RunView, from: number): RunMessage {
  const { id, architecture, dataset, seed, plannedSteps, layers, complete, stopped } = run;
  return {
    type: 'run',
    run: id,
    ...{ architecture, dataset, seed, plannedSteps, changed, from },
    layers: layers.map(({ name }) => name),
    status: complete ? 'complete' : stopped === null ? 'open' : 'stopped',
    reason: stopped,
    steps: [...run.steps.subarray(from)],
    loss: Array.from(run.loss.subarray(from), known),
    values: valuesOf(run, metric).map((values) => Array.from(values.subarray(from), known)),
    evaluations: run.evaluations.map(evaluationRow),
    events: (run.events ?? []).map(({ step, name }) => [step, name]),
  };
}

function valuesOf({ layers }: Run, metric: string | null): Float64Array[] {
  return metric === null ? [] : layers.map(({ series }) => series.get(metric)!.values);
}

function evaluationRow({ step, accuracy, loss }: Evaluation): [number, number, Known] {
  return [step, accuracy, loss === undefined ? null : known(loss)];
}
