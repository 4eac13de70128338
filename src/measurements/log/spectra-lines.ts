import type { Spectrum } from '../../spectra/types.ts';
import type { LayerHeader, RunHeader, SpectrumVariant } from '../run-header.ts';
import type { LayerSpectra } from '../types.ts';
import type { LineRange } from './line-splitter.ts';
import type { LogContent } from './log-content.ts';
import { type Complaint, complaintAbout, isFields, parseLine } from './log-lines.ts';
import { readSeal } from './record-seal.ts';

/** What is to be known of a log for its spectra. */
export type SpectraSource = Pick<LogContent, 'header' | 'spectraLines'>;

/**
 * Spectra of every layer of a run, read from the log's spectra lines at the first call and kept.
 *
 * @param seed the header's checksum, from which those of the records start; null where there are none.
 * @param reread gives the whole log.
 * @returns a function giving the layers' spectra in header order; it throws an InputError for a damaged line.
 */
export function lazySpectra(
  { header, spectraLines }: SpectraSource,
  file: string,
  seed: number | null,
  reread: () => Uint8Array,
): () => LayerSpectra[] {
  // As many as there are now: the log may grow before they are asked for.
  const lines = spectraLines.slice();
  let spectra: LayerSpectra[] | null = null;
  return () => {
    spectra ??= readSpectra({ header, spectraLines: lines }, file, seed, reread());
    return spectra;
  };
}

function readSpectra(
  { header, spectraLines }: SpectraSource,
  file: string,
  seed: number | null,
  log: Uint8Array,
): LayerSpectra[] {
  const perLine = spectraLines.map((line) =>
    line === null ? null : readSpectraLine(line, log.subarray(line.start, line.end), header, file, seed),
  );
  return header.layers.map((_, index) => {
    const variant = (name: SpectrumVariant): (Spectrum | null)[] | null =>
      header.spectra.includes(name) ? perLine.map((layers) => layers?.[index][name] ?? null) : null;
    const complete = { centered: variant('centered'), raw: variant('raw') };
    const values = (entries: readonly (Spectrum | null)[] | null) =>
      entries?.map((spectrum) => spectrum?.singularValues ?? new Float64Array(0)) ?? null;
    return { centered: values(complete.centered), raw: values(complete.raw), complete };
  });
}

/**
 * The spectra of one measurement, by layer, from its line.
 *
 * @param bytes of the line.
 * @throws InputError if they are not what was there when the log was read.
 */
export function readSpectraLine(
  { number }: LineRange,
  bytes: Uint8Array,
  header: RunHeader,
  file: string,
  seed: number | null,
): MeasurementSpectra {
  const complain = complaintAbout(file, number);
  if (seed !== null && !readSeal(bytes, seed)?.holds) {
    throw complain('the record that it was when the log was read');
  }
  return readSpectraRecord(parseLine({ bytes, number }, file)?.spectra, header, complain);
}

/** Of each layer; null where a spectrum could not be taken, or is not announced. */
export type MeasurementSpectra = readonly Readonly<Record<SpectrumVariant, Spectrum | null>>[];

/**
 * The spectra of one measurement, by layer; null where they could not be taken, or are not announced.
 *
 * @throws what `complain` returns, for a record that does not fit the header.
 */
export function readSpectraRecord(
  record: unknown,
  header: RunHeader,
  complain: Complaint,
): MeasurementSpectra {
  const layers: unknown = isFields(record) ? record.layers : undefined;
  if (!Array.isArray(layers) || layers.length !== header.layers.length) {
    throw complain(`a list of the header's ${header.layers.length} layers`, 'spectra');
  }
  return header.layers.map((layer, index) => {
    const variant = (name: SpectrumVariant): Spectrum | null => {
      if (!header.spectra.includes(name)) return null;
      const spectra = layers[index];
      const fields = isFields(spectra) ? spectra[name in spectra ? name : formerNames[name]] : undefined;
      return checkSpectrum(fields, layer, name, (allowed) => complain(allowed, `layers[${index}].${name}`));
    };
    return { centered: variant('centered'), raw: variant('raw') };
  });
}

/** What logs called the spectra before. */
const formerNames: Readonly<Record<SpectrumVariant, string>> = { centered: 'centred', raw: 'raw' };

function checkSpectrum(
  fields: unknown,
  { samples, features }: LayerHeader,
  variant: SpectrumVariant,
  fail: (allowed: string) => Error,
): Spectrum | null {
  if (fields === null) return null;
  if (!isFields(fields)) throw fail('an object or null');
  const { singularValues, rowFourthMoment } = fields;
  const length = Math.min(samples!, features!);
  if (!Array.isArray(singularValues) || singularValues.length !== length) {
    throw fail(`singularValues, a list of min(samples, features) = ${length} numbers`);
  }
  singularValues.forEach((value, i) => {
    const bound = i === 0 ? Number.MAX_VALUE : singularValues[i - 1];
    if (typeof value !== 'number' || value < 0 || value > bound) {
      throw fail('singularValues, finite, from 0, in descending order');
    }
  });
  const reliable = fields.reliable === null ? reliableOf(singularValues) : fields.reliable;
  if (!Number.isInteger(reliable) || reliable < 0 || reliable > length) {
    throw fail(`reliable, a whole number from 0 to ${length}, or null`);
  }
  const isMoment = typeof rowFourthMoment === 'number' && rowFourthMoment >= 0 && rowFourthMoment < Infinity;
  if (!isMoment && rowFourthMoment !== null) throw fail('rowFourthMoment, a finite number from 0, or null');
  return {
    singularValues: Float64Array.from(singularValues),
    samples: samples!,
    features: features!,
    centering: variant === 'centered' ? 'columns' : 'none',
    reliable,
    rowFourthMoment: rowFourthMoment ?? Number.NaN,
  };
}

/** For logs that do not say: values from 1e-6·σ₁ on, as `Spectrum` has it. */
function reliableOf(descending: readonly number[]): number {
  const limit = descending[0] * 1e-6;
  return limit > 0 ? descending.filter((value) => value >= limit).length : 0;
}
