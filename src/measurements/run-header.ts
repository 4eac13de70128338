import { z } from 'zod';
import { inPresentSpelling } from '../formats/former-spelling.ts';
import type { Centering } from '../spectra/types.ts';
import { knownVersions, writtenVersion } from './format-version.ts';
import { checkShape, parseUntrustedJson } from './parse-json.ts';
import { runIdPattern, runIdRule } from './run-id.ts';
import type { LayerKind, MetricSeries, NetworkFamily, ProbeBatch, Run } from './types.ts';

/** One of the two spectra a measurement may log. */
export type SpectrumVariant = 'centered' | 'raw';

/** What a log says of one layer before the first measurement; see `Layer` for the fields. */
export interface LayerHeader {
  readonly name: string;
  readonly kind: LayerKind;
  readonly depth: number;
  readonly samples: number | null;
  readonly features: number | null;
  readonly pooling: string | null;
}

/** What a log says of one metric series; every layer has every series. */
export interface SeriesHeader {
  /** As `seriesId` makes it, unique in the run. */
  readonly id: string;
  readonly metric: string;
  readonly centering: Centering | null;
  readonly origin: MetricSeries['origin'];
}

/** What a log says of one track before the first measurement; see `Track` for the fields. */
export interface TrackHeader {
  readonly id: string;
  /** Metric names; every subject has every one. */
  readonly series: readonly string[];
  readonly subjects: readonly {
    readonly name: string;
    readonly rows: number | null;
    readonly columns: number | null;
  }[];
  /** Whether every record holds the subjects' singular values. */
  readonly spectra: boolean;
}

/** First line of a run's log: everything known before training starts; see `Run` for the fields. */
export interface RunHeader {
  readonly id: string;
  readonly architecture: string;
  readonly family: NetworkFamily;
  readonly dataset: string;
  readonly classes: number | null;
  readonly seed: number | null;
  readonly hyperparameters: Run['hyperparameters'];
  readonly parameterCount: number | null;
  /** Null where it is not known: a reader takes what was reached. */
  readonly plannedSteps: number | null;
  readonly probe: ProbeBatch | null;
  /** Layers in network order; every step lists them in this order. */
  readonly layers: readonly LayerHeader[];
  /** Which spectra every step logs; empty for none. */
  readonly spectra: readonly SpectrumVariant[];
  readonly series: readonly SeriesHeader[];
  /** Absent for none. */
  readonly tracks?: readonly TrackHeader[];
}

const count = (most: number) =>
  z
    .int({ error: `a whole number from 0 to ${most}` })
    .min(0)
    .max(most, `at most ${most}`);
const text = (most: number) =>
  z.string({ error: 'a text' }).max(most, `a text of at most ${most} characters`);
const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `one of ${values.join(', ')}` });
const list = <T extends z.ZodType>(entry: T, most: number) =>
  z.array(entry, { error: 'a list' }).max(most, `a list of at most ${most} entries`);

/** A kind of layer or a family of networks: one that is known here, or another in its own words. */
const words = text(100).min(1, 'a text that is not empty');

const layerSchema = z.object({
  name: text(500).min(1, 'a name'),
  kind: words,
  depth: count(1e6),
  samples: count(1e9).nullable(),
  features: count(1e9).nullable(),
  pooling: text(500).nullable(),
});

const seriesSchema = z.object({
  id: z
    .string()
    .regex(
      /^[a-z][a-z0-9_.-]{0,99}$/,
      'a series id: a lower-case letter, then letters, digits, "_", ".", "-"',
    ),
  metric: text(100),
  centering: oneOf(['columns', 'none']).nullable(),
  origin: oneOf(['measured', 'logged', 'recovered']),
});

/** A thousand matrices with a thousand series each. */
const mostTrackSeries = 1_000_000;
const trackName = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,99}$/, 'a name: a lower-case letter, then letters, digits, "_", "-"');
const trackSchema = z
  .object({
    id: trackName,
    series: list(trackName, 1000),
    subjects: list(
      z.object({
        name: text(500).min(1, 'a name'),
        rows: count(1e9).nullable(),
        columns: count(1e9).nullable(),
      }),
      100_000,
    ).min(1, 'at least one subject'),
    spectra: z.boolean({ error: 'true or false' }),
  })
  .check(({ value: { series, subjects, spectra }, issues }) => {
    const complain = (path: PropertyKey[], message: string) =>
      issues.push({ code: 'custom', path, message, input: subjects });
    refuseRepeats(subjects, 'name', (index) => complain(['subjects', index, 'name'], 'a name used once'));
    if (new Set(series).size < series.length) complain(['series'], 'each name once');
    subjects.forEach(({ rows, columns }, index) => {
      if (spectra && (rows === null || columns === null)) {
        complain(['subjects', index], 'rows and columns, since the track logs spectra');
      }
    });
  });

/** Bounds are far above any real run; they keep a hostile header from asking for absurd amounts of memory. */
export const headerSchema = z
  .object({
    format: z.literal('rankscope-run', { error: 'rankscope-run, the first line of a run log' }),
    schemaVersion: z.literal([1, 2], { error: knownVersions('log') }),
    id: z.string().regex(runIdPattern, runIdRule),
    architecture: text(200),
    family: words,
    dataset: text(200),
    classes: count(1e6).nullable(),
    seed: count(Number.MAX_SAFE_INTEGER).nullable(),
    hyperparameters: z.record(
      z.string().max(100),
      z.union([text(1000), z.number(), z.boolean()], { error: 'a text, a number, true or false' }),
    ),
    parameterCount: count(Number.MAX_SAFE_INTEGER).nullable(),
    plannedSteps: count(1e12).nullable(),
    probe: z
      .object({
        examples: list(count(Number.MAX_SAFE_INTEGER), 1e6),
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits, or null')
          .nullable(),
      })
      .nullable(),
    layers: list(layerSchema, 10_000).min(1, 'at least one layer'),
    spectra: list(oneOf(['centered', 'raw']), 2),
    series: list(seriesSchema, 1000),
    tracks: list(trackSchema, 100).optional(),
  })
  .check(({ value, issues }) => {
    const complain = (path: PropertyKey[], message: string) =>
      issues.push({ code: 'custom', path, message, input: value });
    value.layers.forEach(({ samples, features }, index) => {
      if (value.spectra.length > 0 && (samples === null || features === null)) {
        complain(['layers', index], 'samples and features, since the run logs spectra');
      }
    });
    refuseRepeats(value.layers, 'name', (index) => complain(['layers', index, 'name'], 'a name used once'));
    refuseRepeats(value.series, 'id', (index) => complain(['series', index, 'id'], 'an id used once'));
    const tracked = (value.tracks ?? []).reduce(
      (sum, { series, subjects }) => sum + series.length * subjects.length,
      0,
    );
    if (tracked > mostTrackSeries) complain(['tracks'], `at most ${mostTrackSeries} series in all`);
    refuseRepeats(value.tracks ?? [], 'id', (index) => complain(['tracks', index, 'id'], 'an id used once'));
    if (new Set(value.spectra).size < value.spectra.length) complain(['spectra'], 'each spectrum once');
  });

function refuseRepeats<K extends string>(
  entries: readonly Readonly<Record<K, string>>[],
  key: K,
  complain: (index: number) => void,
): void {
  const seen = new Set<string>();
  entries.forEach((entry, index) => {
    if (seen.has(entry[key])) complain(index);
    seen.add(entry[key]);
  });
}

/**
 * The header's record, JSON of a line. The same header gives the same bytes.
 *
 * @throws InputError if the header breaks the format's rules.
 */
export function formatHeader(header: RunHeader): string {
  return JSON.stringify(
    checkShape(
      headerSchema,
      { ...header, format: 'rankscope-run', schemaVersion: writtenVersion },
      header.id,
    ),
  );
}

/**
 * The header that a line holds, and the version of its log's format: 1 without checksums, 2 with them.
 *
 * @throws InputError if the line is not the header of a run log of a version that is known.
 */
export function parseHeader(
  line: string,
  file: string,
): { readonly header: RunHeader; readonly version: 1 | 2 } {
  const { format, schemaVersion, ...header } = checkShape(
    headerSchema,
    inPresentSpelling(parseUntrustedJson(line, file, 'line 1')),
    file,
  );
  return { header, version: schemaVersion };
}
