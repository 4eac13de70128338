import { InputError } from '../errors/input-error.ts';
import type { Spectrum } from '../spectra/types.ts';
import { isFields, type LineRange, parseLine } from './log-lines.ts';
import type { LayerHeader, RunHeader, SpectrumVariant } from './run-header.ts';
import type { LayerSpectra } from './types.ts';

/**
 * Spectra of every layer of a run, read from the log's spectra lines at the first call and kept.
 *
 * @param lines one per measurement.
 * @returns a function giving the layers' spectra in header order; it throws an InputError for a damaged line.
 */
export function lazySpectra(
  header: RunHeader,
  file: string,
  lines: readonly LineRange[],
  reread: () => Uint8Array,
): () => LayerSpectra[] {
  let spectra: LayerSpectra[] | null = null;
  return () => {
    spectra ??= readSpectra(header, file, lines, reread());
    return spectra;
  };
}

function readSpectra(
  header: RunHeader,
  file: string,
  lines: readonly LineRange[],
  bytes: Uint8Array,
): LayerSpectra[] {
  const perLine = lines.map((line) => {
    const fail = (field: string, allowed: string) =>
      new InputError({ file, field: `line ${line.number}, ${field}`, allowed });
    const layers: unknown = parseLine(bytes, line, file)?.spectra?.layers;
    if (!Array.isArray(layers) || layers.length !== header.layers.length) {
      throw fail('spectra', `a list of the header's ${header.layers.length} layers`);
    }
    return { layers, fail };
  });
  return header.layers.map((layer, index) => {
    const variant = (name: SpectrumVariant): (Spectrum | null)[] | null =>
      header.spectra.includes(name)
        ? perLine.map(({ layers, fail }) => {
            const fields = isFields(layers[index]) ? layers[index][name] : undefined;
            const place = `layers[${index}].${name}`;
            return checkSpectrum(fields, layer, name, (allowed) => fail(place, allowed));
          })
        : null;
    const complete = { centred: variant('centred'), raw: variant('raw') };
    const values = (entries: readonly (Spectrum | null)[] | null) =>
      entries?.map((spectrum) => spectrum?.singularValues ?? new Float64Array(0)) ?? null;
    return { centred: values(complete.centred), raw: values(complete.raw), complete };
  });
}

function checkSpectrum(
  fields: unknown,
  { samples, features }: LayerHeader,
  variant: SpectrumVariant,
  fail: (allowed: string) => InputError,
): Spectrum | null {
  if (fields === null) return null;
  if (!isFields(fields)) throw fail('an object or null');
  const { singularValues, reliable, rowFourthMoment } = fields;
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
  if (!Number.isInteger(reliable) || reliable < 0 || reliable > length) {
    throw fail(`reliable, a whole number from 0 to ${length}`);
  }
  if (typeof rowFourthMoment !== 'number' || !(rowFourthMoment >= 0 && rowFourthMoment < Infinity)) {
    throw fail('rowFourthMoment, a finite number from 0');
  }
  return {
    singularValues: Float64Array.from(singularValues),
    samples: samples!,
    features: features!,
    centring: variant === 'centred' ? 'columns' : 'none',
    reliable,
    rowFourthMoment,
  };
}
