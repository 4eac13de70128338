import type { Detection, Detector } from '../../detectors/types.ts';
import { determinedPoints } from '../../dynamics/determined-points.ts';
import { jumpsIn } from '../../dynamics/jumps-in.ts';
import type { LayerKind, Run } from '../../measurements/types.ts';

/** The jumps of one layer. */
export interface LayerJumps {
  readonly layer: string;
  readonly kind: LayerKind;
  /** Positions on the run's axis, ascending. */
  readonly times: readonly number[];
}

/** The jumps of one run, in the layers that could be tested, on one time axis. */
export interface RunJumps {
  readonly layers: readonly LayerJumps[];
  /** First and last measured position on the axis. */
  readonly from: number;
  readonly to: number;
  /** Planned training steps: what shares of training refer to. */
  readonly length: number;
}

/** The jumps that the analysis found, on training steps. Kinks of the slope are no jumps. */
export function jumpsFound(run: Run, layers: readonly { readonly detection: Detection }[]): RunJumps {
  return onSteps(
    run,
    layers.map(({ detection }) => detection),
  );
}

/** The jumps that a detector finds in a series of the run, on training steps. */
export function jumpsByRule(run: Run, series: string, detect: Detector): RunJumps {
  return onSteps(run, detections(run, series, detect));
}

/** The same with the index of the difference taken for the training step, up to the planned number of steps. */
export function jumpsByIndex(run: Run, series: string, detect: Detector): RunJumps {
  return {
    layers: layersOf(run, detections(run, series, detect), ({ index }) => index - 1),
    from: 0,
    to: run.steps.length - 2,
    length: run.plannedSteps,
  };
}

function onSteps(run: Run, found: readonly Detection[]): RunJumps {
  const { steps } = run;
  return {
    layers: layersOf(run, found, ({ step }) => step),
    from: steps[0] ?? 0,
    to: steps[steps.length - 1] ?? 0,
    length: run.plannedSteps,
  };
}

function detections(run: Run, id: string, detect: Detector): Detection[] {
  return run.layers.map(({ series }): Detection => {
    const found = series.get(id);
    if (found === undefined) return { testable: false, reason: `the layer has no ${id}` };
    return detect(determinedPoints({ steps: run.steps, values: found.values }).series);
  });
}

function layersOf(
  run: Run,
  detections: readonly Detection[],
  timeOf: (change: { readonly index: number; readonly step: number }) => number,
): LayerJumps[] {
  return detections.flatMap((detection, i) =>
    detection.testable
      ? [
          {
            layer: run.layers[i].name,
            kind: run.layers[i].kind,
            times: jumpsIn(detection).map(timeOf),
          },
        ]
      : [],
  );
}

/** Jumps of the run that `counts` lets through. */
export function countJumps(
  { layers }: RunJumps,
  counts: (time: number, layer: LayerJumps) => boolean = () => true,
): number {
  return layers.reduce((sum, layer) => sum + layer.times.filter((time) => counts(time, layer)).length, 0);
}

/** Layers times the axis they were watched over. */
export function exposure({ layers, from, to }: RunJumps): number {
  return layers.length * Math.max(0, to - from);
}
