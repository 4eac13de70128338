import type { InputProblem } from '../../errors/input-error.ts';
import type { Fields } from '../log/log-lines.ts';
import type { LayerHeader, RunHeader, SpectrumVariant, TrackHeader } from '../run-header.ts';
import type { RecordKind } from './record-schemas.ts';

/** What is wrong with a record: in which field, what stands there, what is allowed. */
export type RecordProblem = Omit<InputProblem, 'file'>;

/**
 * What of a record does not fit the header: layers and subjects that are missing, series without a value or a reason,
 * spectra of another length. The record has the shape that its schema asks for.
 *
 * @param needsReasons whether null alone will not do: in version 2.
 */
export function headerMisfits(
  kind: RecordKind,
  record: Fields,
  header: RunHeader,
  needsReasons: boolean,
): RecordProblem[] {
  switch (kind) {
    case 'step':
      return [
        ...unexplained(record, ['loss', 'gradientNorm'], record.undetermined, '', needsReasons),
        ...metricMisfits(record, header, needsReasons),
      ];
    case 'spectra':
      return spectraMisfits(record.spectra.layers, header);
    case 'track':
      return trackMisfits(record.track, header, needsReasons);
    default:
      return [];
  }
}

function metricMisfits({ layers }: Fields, { layers: expected, series }: RunHeader, needsReasons: boolean) {
  if (layers === undefined && series.length === 0) return [];
  if (layers?.length !== expected.length) return [countProblem('layers', layers, expected.length, 'layers')];
  const ids = series.map(({ id }) => id);
  return layers.flatMap(({ metrics, undetermined }: Fields, l: number) =>
    unexplained(metrics, ids, undetermined, `layers[${l}].metrics.`, needsReasons),
  );
}

function trackMisfits(
  { id, subjects }: Fields,
  { tracks = [] }: RunHeader,
  needsReasons: boolean,
): RecordProblem[] {
  const track = tracks.find((entry) => entry.id === id);
  if (track === undefined) {
    const known = tracks.map((entry) => entry.id).join(', ') || 'none';
    return [{ field: 'track.id', value: id, allowed: `a track of the header: ${known}` }];
  }
  const expected = track.subjects.length;
  if (subjects.length !== expected) return [countProblem('track.subjects', subjects, expected, 'subjects')];
  return subjects.flatMap((subject: Fields, s: number) => [
    ...unexplained(
      subject.values,
      track.series,
      subject.undetermined,
      `track.subjects[${s}].values.`,
      needsReasons,
    ),
    ...(track.spectra
      ? singularValueMisfits(subject.singularValues, track.subjects[s], `track.subjects[${s}]`)
      : []),
  ]);
}

function singularValueMisfits(
  values: unknown,
  { rows, columns }: TrackHeader['subjects'][number],
  place: string,
): RecordProblem[] {
  if (values === null) return [];
  const length = Math.min(rows!, columns!);
  return orderMisfits(values, length, `${place}.singularValues`, 'min(rows, columns)');
}

function spectraMisfits(
  layers: readonly Fields[],
  { layers: expected, spectra }: RunHeader,
): RecordProblem[] {
  if (spectra.length === 0) return [{ allowed: 'no spectra, since the header announces none' }];
  if (layers.length !== expected.length) {
    return [countProblem('spectra.layers', layers, expected.length, 'layers')];
  }
  return expected.flatMap((layer, l) =>
    spectra.flatMap((variant) =>
      spectrumMisfits(layers[l], variant, layer, `spectra.layers[${l}].${variant}`),
    ),
  );
}

function spectrumMisfits(
  layer: Fields,
  variant: SpectrumVariant,
  { samples, features }: LayerHeader,
  place: string,
): RecordProblem[] {
  const spectrum = layer[variant];
  if (spectrum === undefined) return [{ field: place, value: 'missing', allowed: 'an object, or null' }];
  if (spectrum === null) return [];
  const length = Math.min(samples!, features!);
  const { singularValues, reliable } = spectrum;
  const most =
    reliable !== null && reliable > length
      ? [{ field: `${place}.reliable`, value: reliable, allowed: `at most ${length}` }]
      : [];
  return [
    ...orderMisfits(singularValues, length, `${place}.singularValues`, 'min(samples, features)'),
    ...most,
  ];
}

function orderMisfits(values: unknown, length: number, field: string, of: string): RecordProblem[] {
  if (!Array.isArray(values) || values.length !== length) {
    const value = Array.isArray(values) ? `${values.length} numbers` : 'missing';
    return [{ field, value, allowed: `${of} = ${length} numbers` }];
  }
  const odd = values.findIndex((value, i) => i > 0 && value > values[i - 1]);
  return odd === -1
    ? []
    : [
        {
          field: `${field}[${odd}]`,
          value: values[odd],
          allowed: `descending order: at most ${values[odd - 1]}`,
        },
      ];
}

/** Numbers that are neither there nor explained, or both. */
function unexplained(
  numbers: Fields,
  names: readonly string[],
  reasons: Fields | undefined,
  place: string,
  needsReasons: boolean,
): RecordProblem[] {
  return names.flatMap((name): RecordProblem[] => {
    const field = `${place}${name}`;
    if (!Object.hasOwn(numbers, name))
      return [{ field, value: 'missing', allowed: 'a finite number, or null' }];
    const isExplained = reasons !== undefined && Object.hasOwn(reasons, name);
    if (numbers[name] !== null && isExplained) {
      return [
        { field, value: numbers[name], allowed: 'null, since a reason is given why there is no value' },
      ];
    }
    return numbers[name] === null && needsReasons && !isExplained
      ? [{ field, value: null, allowed: 'a number, or null with its reason under undetermined' }]
      : [];
  });
}

function countProblem(field: string, found: unknown, expected: number, what: string): RecordProblem {
  const value = Array.isArray(found) ? `a list of ${found.length}` : 'missing';
  return { field, value, allowed: `a list of the header's ${expected} ${what}` };
}
