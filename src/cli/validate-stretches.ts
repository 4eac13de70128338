import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { measureStretches, type StretchesReport } from '../validity/curves/measure-stretches.ts';
import { nullCurves } from '../validity/curves/null-curves.ts';
import { type CurvePart, curveParts } from '../validity/curves/plan-curves.ts';
import { withProgress } from './progress.ts';

/** What `rankscope validate stretches` may be told. */
export interface ValidateStretchesFlags {
  readonly quick?: boolean;
  readonly series?: number;
  readonly lengths?: readonly number[];
  readonly families?: readonly string[];
  readonly parts?: readonly string[];
  readonly power: boolean;
  readonly alpha: number;
  readonly seed: number;
  readonly workers: number;
  readonly quiet?: boolean;
}

/** Parts of the harness as the command line names them. */
const partNames: Readonly<Record<CurvePart, string>> = {
  nulls: 'nulls',
  growing: 'growing',
  power: 'power',
  seedNulls: 'seed-nulls',
  seedTimings: 'seed-timings',
};

export const stretchesPartNames = curveParts.map((part) => partNames[part]);

/** Parts in which known movements are searched for. */
const planted: readonly CurvePart[] = ['power', 'seedTimings'];

/**
 * Measures how far descriptions of curves can be trusted, with progress.
 *
 * @throws InputError where a family or part does not exist.
 */
export async function validateStretches(flags: ValidateStretchesFlags): Promise<StretchesReport> {
  const families = nullCurves.map(({ name }) => name);
  for (const name of flags.families ?? []) {
    if (!families.includes(name)) {
      throw new InputError({ field: '--families', value: name, allowed: oneOf(name, families) });
    }
  }
  for (const n of flags.lengths ?? []) {
    if (n < SHORTEST || n > LONGEST) {
      throw new InputError({ field: '--lengths', value: n, allowed: `from ${SHORTEST} to ${LONGEST}` });
    }
  }
  const { quick, series, lengths, alpha, seed, workers } = flags;
  return withProgress(flags.quiet, (onProgress) =>
    measureStretches({
      ...{ quick, series, lengths, alpha, seed, workers, parts: partsOf(flags) },
      ...(flags.families === undefined ? {} : { families: flags.families }),
      onProgress: (done, total) =>
        onProgress({ stage: 'validating', done, total, what: `${done} of ${total} conditions` }),
    }),
  );
}

/** Fewer are not described, and more take hours. */
const [SHORTEST, LONGEST] = [12, 100_000];

function partsOf({ parts, power }: ValidateStretchesFlags): CurvePart[] {
  for (const name of parts ?? []) {
    if (!stretchesPartNames.includes(name)) {
      throw new InputError({ field: '--parts', value: name, allowed: oneOf(name, stretchesPartNames) });
    }
  }
  return curveParts.filter(
    (part) => (parts?.includes(partNames[part]) ?? true) && (power || !planted.includes(part)),
  );
}
