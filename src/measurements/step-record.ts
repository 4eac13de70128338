import type { Determined, Spectrum } from '../spectra/types.ts';
import { finiteOrReason, finiteOrReasonOf } from './finite-or-reason.ts';
import type { RunHeader, SpectrumVariant } from './run-header.ts';
import type { Evaluation, RunEvent } from './types.ts';

/** One layer at one measurement. */
export interface LayerRecord {
  /** Null where the spectrum could not be taken; ignored if the header does not announce it. */
  readonly centered: Spectrum | null;
  readonly raw: Spectrum | null;
  /** One entry for every series id of the header. */
  readonly metrics: Readonly<Record<string, Determined>>;
}

/** One measurement of a run. */
export interface StepRecord {
  /** Training step, above the previous record's. */
  readonly step: number;
  /** NaN where there is none. */
  readonly loss: number;
  /** L2 norm of the gradient; NaN where there is none. */
  readonly gradientNorm: number;
  /** In the header's order. */
  readonly layers: readonly LayerRecord[];
}

/**
 * The records of one measurement, JSON of a line each: the metrics and, if the header announces spectra, the spectra
 * on a line of their own, so that a reader can pass over them. JSON has no NaN: what is not a finite number becomes
 * null with its reason under `undetermined`.
 *
 * @throws RangeError if the record does not fit the header.
 */
export function formatStep(record: StepRecord, header: RunHeader): string[] {
  const { step, loss, gradientNorm, layers } = record;
  if (layers.length !== header.layers.length) {
    throw new RangeError(`step ${step} has ${layers.length} layers, the run has ${header.layers.length}`);
  }
  const top = finiteOrReason({ loss: numberOf(loss), gradientNorm: numberOf(gradientNorm) });
  const ids = header.series.map(({ id }) => id);
  const metrics = layers.map((layer, index) => {
    const { values: numbers, ...rest } = finiteOrReasonOf(ids, (id) => {
      if (Object.hasOwn(layer.metrics, id)) return layer.metrics[id];
      throw new RangeError(`step ${step}, layer ${header.layers[index].name} has no ${id}`);
    });
    return { metrics: numbers, ...rest };
  });
  const { values, ...rest } = top;
  const lines = [JSON.stringify({ step, ...values, ...rest, layers: metrics })];
  if (header.spectra.length > 0) {
    lines.push(
      formatSpectra(
        step,
        layers.map((layer) =>
          Object.fromEntries(
            header.spectra.map((variant) => [variant, spectrumFields(layer[variant], variant)]),
          ),
        ),
      ),
    );
  }
  return lines;
}

/** The record of a measurement's spectra; null for those that could not be taken. */
export function formatSpectra(
  step: number,
  layers: readonly Readonly<Partial<Record<SpectrumVariant, SpectrumFields | null>>>[],
): string {
  return JSON.stringify({ spectra: { step, layers } });
}

/**
 * The record of an evaluation.
 *
 * @throws RangeError if the accuracy is no share: a reader would refuse the log.
 */
export function formatEvaluation({ step, accuracy, examples, loss, perClass }: Evaluation): string {
  if (!(accuracy >= 0 && accuracy <= 1))
    throw new RangeError(`accuracy ${accuracy} at step ${step} is no share`);
  return JSON.stringify({
    evaluation: { step, accuracy, examples, ...(Number.isFinite(loss) && { loss }), perClass },
  });
}

/** The record of an event. */
export function formatEvent({ step, name }: RunEvent): string {
  return JSON.stringify({ event: { step, name } });
}

/** The record that stands where records were lost, in a log that was repaired. */
export function formatLost(records: number): string {
  return JSON.stringify({ lost: { records } });
}

function numberOf(value: number): Determined {
  return { determined: true, value };
}

interface SpectrumFields {
  readonly singularValues: readonly number[];
  readonly reliable: number;
  readonly rowFourthMoment: number | null;
}

function spectrumFields(spectrum: Spectrum | null, variant: SpectrumVariant): SpectrumFields | null {
  if (spectrum === null) return null;
  const { singularValues, reliable, rowFourthMoment, centering } = spectrum;
  if ((variant === 'centered') !== (centering === 'columns')) {
    throw new RangeError(`a spectrum with centering ${centering} given as ${variant}`);
  }
  if (!singularValues.every(Number.isFinite)) return null;
  const moment = Number.isFinite(rowFourthMoment) ? rowFourthMoment : null;
  return { singularValues: Array.from(singularValues), reliable, rowFourthMoment: moment };
}
