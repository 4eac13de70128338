import { InputError } from '../../errors/input-error.ts';
import { parseJson } from '../../formats/json.ts';

/** A series of the Turing Change Point Dataset; a null is a missing observation. */
export interface AnnotatedSeries {
  readonly name: string;
  readonly n: number;
  /** Values of each dimension. */
  readonly dimensions: readonly Float64Array[];
}

/** Of each data set by name, each annotator's changes: index of the first observation of the new segment. */
export type Annotations = ReadonlyMap<string, readonly (readonly number[])[]>;

const format = "JSON in the data set's format";
/** Longest name of a series. */
const longestName = 200;

/**
 * Reads a series in the data set's JSON format: `{name, n_obs, n_dim, time, series: [{label, type, raw}]}`.
 *
 * @throws InputError where the text is something else.
 */
export function parseAnnotatedSeries(text: string, file: string): AnnotatedSeries {
  const {
    name,
    n_obs: n,
    n_dim: dimensions,
    series,
  } = fieldsOf(parseJson(text, { file, allowed: format }), file);
  if (typeof name !== 'string' || name.length > longestName) {
    throw new InputError({
      file,
      field: 'name',
      value: name,
      allowed: `a text of at most ${longestName} characters`,
    });
  }
  if (!isCount(n) || n === 0)
    throw new InputError({ file, field: 'n_obs', value: n, allowed: 'a whole number from 1' });
  if (!Array.isArray(series) || series.length === 0) {
    throw new InputError({
      file,
      field: 'series',
      value: series,
      allowed: 'a list with at least one dimension',
    });
  }
  if (series.length !== dimensions) {
    throw new InputError({
      file,
      field: 'n_dim',
      value: dimensions,
      allowed: `${series.length}, as in series`,
    });
  }
  return {
    name,
    n,
    dimensions: series.map((entry, d) => {
      const field = `series[${d}].raw`;
      const { raw } = fieldsOf(entry, file, `series[${d}]`);
      if (!Array.isArray(raw))
        throw new InputError({ file, field, value: raw, allowed: 'a list of numbers' });
      if (raw.length !== n) {
        throw new InputError({ file, field, value: `${raw.length} values`, allowed: `n_obs, ${n}` });
      }
      return Float64Array.from(raw, (value, i) => {
        if (value === null) return NaN;
        if (typeof value === 'number' && Number.isFinite(value)) return value;
        throw new InputError({
          file,
          field: `${field}[${i}]`,
          value,
          allowed: 'a finite number, or null for a gap',
        });
      });
    }),
  };
}

/**
 * Reads `annotations.json`: `{dataset: {annotator: [indices]}}`.
 *
 * @throws InputError where the text is something else.
 */
export function parseAnnotations(text: string, file: string): Annotations {
  const content = fieldsOf(parseJson(text, { file, allowed: format }), file);
  return new Map(
    Object.entries(content).map(([name, annotators]) => {
      const changes = Object.entries(fieldsOf(annotators, file, name)).map(([annotator, indices]) => {
        if (Array.isArray(indices) && indices.every(isCount)) return indices;
        const field = `${name}.${annotator}`;
        throw new InputError({ file, field, value: indices, allowed: 'a list of whole numbers from 0' });
      });
      return [name, changes];
    }),
  );
}

function fieldsOf(value: unknown, file: string, field?: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new InputError({ file, field, value, allowed: `an object, in ${format}` });
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
