import { InputError } from '../errors/input-error.ts';
import type { Layer, MetricSeries, Run } from '../measurements/types.ts';
import { seriesId } from '../measurements/types.ts';
import { unknownFacts } from '../measurements/unknown-facts.ts';
import { metricNames, metrics } from '../spectra/metrics.ts';
import type { Determined, Spectrum } from '../spectra/types.ts';
import type { MeasuredMatrix } from './measure-checkpoint.ts';
import type { ExaminedCheckpoint } from './weights-table.ts';

const determined = (value: number): Determined => ({ determined: true, value });
const none = (reason: string): Determined => ({ determined: false, reason });

/** Series of a weight matrix beside the metrics of its spectrum. */
const weightSeries: Readonly<Record<string, (matrix: MeasuredMatrix) => Determined>> = {
  spectral_norm: ({ spectralNorm }) => determined(spectralNorm),
  frobenius_norm: ({ frobeniusNorm }) => determined(frobeniusNorm),
  tail_exponent: ({ tail }) => (tail.determined ? determined(tail.exponent) : tail),
  spikes: ({ bulk }) => (bulk === null ? none('there are no singular values') : determined(bulk.spikes)),
};

/**
 * Several checkpoints of one training as a run: every weight matrix is a layer, its uncentered spectrum is measured at the
 * step of each checkpoint, and `analyze`, `show` and `report` say how it moves.
 *
 * @throws InputError where a step is not known or comes twice, or the checkpoints do not hold the same matrices.
 */
export function weightsRun(id: string, checkpoints: readonly ExaminedCheckpoint[]): Run {
  const ordered = inOrder(checkpoints);
  const [first] = ordered;
  const steps = Float64Array.from(ordered, ({ step }) => step!);
  const layers = first.matrices.map((matrix, depth): Layer => {
    const overTime = ordered.map((examined) => matching(matrix, examined, first));
    const spectra = overTime.map(({ spectrum }) => (spectrum.undetermined === undefined ? spectrum : null));
    return {
      name: matrix.name,
      kind: 'unknown',
      depth,
      samples: matrix.rows,
      features: matrix.columns,
      pooling: 'weights, first axis × later axes',
      series: new Map(seriesOf(overTime)),
      spectra: {
        centered: null,
        raw: spectra.map((spectrum) => spectrum?.singularValues ?? new Float64Array(0)),
        complete: { centered: null, raw: spectra },
      },
    };
  });
  return {
    id,
    ...unknownFacts,
    plannedSteps: steps[steps.length - 1] + 1,
    probe: null,
    layers,
    steps,
    loss: new Float64Array(steps.length).fill(Number.NaN),
    gradientNorm: new Float64Array(steps.length).fill(Number.NaN),
    evaluations: [],
    complete: true,
    stopped: null,
  };
}

function inOrder(checkpoints: readonly ExaminedCheckpoint[]): ExaminedCheckpoint[] {
  for (const { checkpoint, step } of checkpoints) {
    if (step === null) {
      throw new InputError({
        file: checkpoint,
        allowed: 'a name that says the training step (checkpoint-500, model_step_500.pt), or --steps',
      });
    }
  }
  const ordered = [...checkpoints].sort((a, b) => a.step! - b.step!);
  ordered.forEach(({ checkpoint, step }, i) => {
    if (i > 0 && step === ordered[i - 1].step) {
      throw new InputError({
        file: checkpoint,
        field: 'step',
        value: step,
        allowed: `another step than that of ${ordered[i - 1].checkpoint}`,
      });
    }
  });
  return ordered;
}

function matching(
  matrix: MeasuredMatrix,
  examined: ExaminedCheckpoint,
  first: ExaminedCheckpoint,
): MeasuredMatrix {
  const { name, rows, columns } = matrix;
  // What is tied in one checkpoint may be apart in another.
  const sameAs = examined.tied.find((tied) => tied.name === name)?.sameAs ?? name;
  const found = examined.matrices.find((other) => other.name === sameAs);
  if (found === undefined || found.rows !== rows || found.columns !== columns) {
    throw new InputError({
      file: examined.checkpoint,
      field: name,
      value: found === undefined ? 'missing' : `${found.rows} × ${found.columns}`,
      allowed: `${rows} × ${columns}, as in ${first.checkpoint}`,
    });
  }
  return found;
}

function* seriesOf(overTime: readonly MeasuredMatrix[]): Generator<[string, MetricSeries]> {
  for (const metric of metricNames) {
    if (metric === 'participation_ratio_corrected') continue;
    const of = (spectrum: Spectrum): Determined => metrics[metric](spectrum);
    yield series(
      metric,
      overTime.map(({ spectrum }) => of(spectrum)),
    );
  }
  for (const [metric, of] of Object.entries(weightSeries)) yield series(metric, overTime.map(of));
}

function series(metric: string, values: readonly Determined[]): [string, MetricSeries] {
  return [
    seriesId(metric, 'raw'),
    {
      metric,
      centering: 'none',
      origin: 'measured',
      values: Float64Array.from(values, (value) => (value.determined ? value.value : Number.NaN)),
      undetermined: values.flatMap((value, index) =>
        value.determined ? [] : [{ index, reason: value.reason }],
      ),
    },
  ];
}
