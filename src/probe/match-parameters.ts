import type { ModelParameter } from './model-parameters.ts';
import type { RealValues } from './tensor-values.ts';

/** A weight of a checkpoint, by its name there. */
export interface NamedWeight {
  readonly name: string;
  readonly shape: readonly number[];
  /** Whether it holds real numbers; others are counters. */
  readonly isReal: boolean;
  /** Equal for weights that are the same elements of the same file. */
  readonly place: string;
  values(): RealValues;
}

export type MatchKind = 'name' | 'prefix' | 'suffix' | 'value';

/** A weight of the checkpoints and the parameter of the model that it is. */
export interface ParameterMatch {
  readonly weight: string;
  readonly parameter: ModelParameter;
  readonly how: MatchKind;
  /** Whether the model holds it transposed. */
  readonly transposed: boolean;
}

/** What became of every name on both sides. */
export interface ParameterMatching {
  readonly matches: readonly ParameterMatch[];
  /** Weights that are no real numbers, such as a BatchNorm's count of batches: an evaluation does not read them. */
  readonly counters: readonly string[];
  /** Weights that share their elements with one that was matched, under another name. */
  readonly tied: readonly { readonly weight: string; readonly to: string }[];
  /** Weights that no parameter of the model is. */
  readonly missing: readonly string[];
  /** Weights that several parameters could be, or that share one. */
  readonly ambiguous: readonly { readonly weight: string; readonly candidates: readonly string[] }[];
  /** Parameters that no weight is: they keep the values they were exported with. */
  readonly kept: readonly ModelParameter[];
}

/** What wrappers of networks put before a name. */
const prefixes = /^(?:_orig_mod\.|module\.|model\.|net\.)+/;

/**
 * Matches the weights of a checkpoint with the parameters of a model: by name; by name without the prefixes of wrappers; by
 * the end of the name; and, for parameters that an exporter renamed, by shape and value in the checkpoint that was
 * exported.
 *
 * @param exported whether the values of the weights are those that were exported.
 */
export function matchParameters(
  weights: readonly NamedWeight[],
  parameters: readonly ModelParameter[],
  exported: boolean,
): ParameterMatching {
  const taken = new Map<ModelParameter, ParameterMatch>();
  const matched = new Set<string>();
  const ambiguous: { weight: string; candidates: string[] }[] = [];
  const real = weights.filter(({ isReal }) => isReal);
  const take = (how: MatchKind, candidatesOf: (weight: NamedWeight) => ModelParameter[]): void => {
    const open = real.filter(({ name }) => !matched.has(name));
    const wanted = open.map((weight) => ({
      weight,
      candidates: candidatesOf(weight).filter((p) => !taken.has(p)),
    }));
    for (const { weight, candidates } of wanted) {
      const [parameter] = candidates;
      const rivals = wanted.filter((other) => other.candidates.includes(parameter));
      if (candidates.length !== 1 || rivals.length !== 1) continue;
      const transposed =
        !sameShape(weight.shape, parameter.shape) ||
        (how === 'value' && !equal(weight.values(), parameter.values()));
      taken.set(parameter, { weight: weight.name, parameter, how, transposed });
      matched.add(weight.name);
    }
    for (const { weight, candidates } of wanted) {
      if (matched.has(weight.name) || candidates.length === 0) continue;
      ambiguous.push({ weight: weight.name, candidates: candidates.map(({ name }) => name) });
      matched.add(weight.name);
    }
  };
  const fits = (weight: NamedWeight, parameter: ModelParameter): boolean =>
    sameShape(weight.shape, parameter.shape) || sameShape([...weight.shape].reverse(), parameter.shape);
  const byName = (same: (weight: string, parameter: string) => boolean) => (weight: NamedWeight) =>
    parameters.filter((parameter) => same(weight.name, parameter.name) && fits(weight, parameter));

  take(
    'name',
    byName((weight, parameter) => weight === parameter),
  );
  take(
    'prefix',
    byName((weight, parameter) => bare(weight) === bare(parameter)),
  );
  take(
    'suffix',
    byName(
      (weight, parameter) => parameter.endsWith(`.${bare(weight)}`) || weight.endsWith(`.${bare(parameter)}`),
    ),
  );
  if (exported) {
    take('value', (weight) =>
      parameters.filter((parameter) => fits(weight, parameter) && isValueOf(weight, parameter)),
    );
  }
  const unaccounted = ambiguous.map(({ weight }) => weight);
  const unmatched = real.filter(({ name }) => !matched.has(name) && !unaccounted.includes(name));
  const found = real.filter(({ name }) => matched.has(name) && !unaccounted.includes(name));
  const tied = unmatched.flatMap(({ name, place }) => {
    const other = found.find((weight) => weight.place === place);
    return other === undefined ? [] : [{ weight: name, to: other.name }];
  });
  return {
    matches: [...taken.values()],
    counters: weights.filter(({ isReal }) => !isReal).map(({ name }) => name),
    tied,
    missing: unmatched.map(({ name }) => name).filter((name) => !tied.some(({ weight }) => weight === name)),
    ambiguous,
    kept: parameters.filter((parameter) => !taken.has(parameter)),
  };
}

const bare = (name: string): string => name.replace(prefixes, '');

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((extent, i) => extent === b[i]);
}

function isValueOf(weight: NamedWeight, parameter: ModelParameter): boolean {
  const values = weight.values();
  const exported = parameter.values();
  if (sameShape(weight.shape, parameter.shape) && equal(values, exported)) return true;
  return weight.shape.length === 2 && equal(transposed(values, weight.shape), exported);
}

/** Equal to the last bit of the model's precision. */
export function equal(values: RealValues, exported: RealValues): boolean {
  const rounded = exported instanceof Float32Array && values instanceof Float64Array;
  return (
    values.length === exported.length &&
    exported.every((value, i) => value === (rounded ? Math.fround(values[i]) : values[i]))
  );
}

/** A matrix with its axes exchanged. */
export function transposed(values: RealValues, [rows, columns]: readonly number[]): RealValues {
  const turned = new (values.constructor as Float32ArrayConstructor)(values.length);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) turned[c * rows + r] = values[r * columns + c];
  return turned;
}
