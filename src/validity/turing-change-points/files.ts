import { z } from 'zod';
import { InputError } from '../../errors/input-error.ts';

/** A series of the Turing Change Point Dataset; a null is a missing observation. */
export interface AnnotatedSeries {
  readonly name: string;
  readonly n: number;
  /** Values of each dimension. */
  readonly dimensions: readonly Float64Array[];
}

/** Of each data set by name, each annotator's changes: index of the first observation of the new segment. */
export type Annotations = ReadonlyMap<string, readonly (readonly number[])[]>;

const number = z.number().nullable();
const seriesFile = z.object({
  name: z.string(),
  n_obs: z.int().min(1),
  n_dim: z.int().min(1),
  series: z.array(z.object({ raw: z.array(number) })).min(1),
});
const annotationFile = z.record(z.string(), z.record(z.string(), z.array(z.int().min(0))));

/**
 * Reads a series in the data set's JSON format: `{name, n_obs, n_dim, time, series: [{label, type, raw}]}`.
 *
 * @throws InputError where the text is something else.
 */
export function parseAnnotatedSeries(text: string, file: string): AnnotatedSeries {
  const { name, n_obs, n_dim, series } = parse(seriesFile, text, file);
  if (series.length !== n_dim) {
    throw new InputError({ file, field: 'n_dim', value: n_dim, allowed: `${series.length}, as in series` });
  }
  return {
    name,
    n: n_obs,
    dimensions: series.map(({ raw }, d) => {
      if (raw.length !== n_obs) {
        const field = `series[${d}].raw`;
        throw new InputError({ file, field, value: `${raw.length} values`, allowed: `n_obs, ${n_obs}` });
      }
      return Float64Array.from(raw, (value) => value ?? NaN);
    }),
  };
}

/**
 * Reads `annotations.json`: `{dataset: {annotator: [indices]}}`.
 *
 * @throws InputError where the text is something else.
 */
export function parseAnnotations(text: string, file: string): Annotations {
  const content = parse(annotationFile, text, file);
  return new Map(Object.entries(content).map(([name, byAnnotator]) => [name, Object.values(byAnnotator)]));
}

function parse<T>(schema: z.ZodType<T>, text: string, file: string): T {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new InputError({ file, allowed: `JSON (${(error as Error).message})` });
  }
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  const [{ path, message }] = result.error.issues;
  throw new InputError({
    file,
    field: path.join('.') || undefined,
    allowed: `the data set's format (${message})`,
  });
}
