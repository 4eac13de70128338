import type { Change } from '../detectors/types.ts';
import { type GapOptions, gapStatistic, referenceInertias } from '../numerics/gap-statistic.ts';
import { mean, standardDeviation } from '../numerics/moments.ts';
import { NearestCenters } from '../numerics/nearest-centers.ts';
import type { Points } from '../numerics/points.ts';
import type { Random } from '../numerics/random.ts';
import { meanSilhouettes } from '../numerics/silhouette.ts';
import type { Stretch } from './stretches/types.ts';

/** What jumps are told apart by. */
export interface JumpFeatures {
  readonly kind: Change['kind'];
  /** Training step over planned steps, 0 to 1. */
  readonly relativeStep: number;
  /** log₁₀ of the size in the series' unit; null where the size is 0 or unknown. */
  readonly logMagnitude: number | null;
  /** Size in units of the noise; null where the detector estimates none. */
  readonly effect: number | null;
}

export const jumpFeatureNames = ['relativeStep', 'logMagnitude', 'effect'] as const;
export type JumpFeatureName = (typeof jumpFeatureNames)[number];

export interface JumpType {
  readonly jumps: number;
  /** Mean of each feature used, in its own unit. */
  readonly center: Readonly<Partial<Record<JumpFeatureName, number>>>;
}

/** Whether jumps fall into types, and into how many. */
export type JumpTypes =
  | {
      readonly determined: true;
      /** How many types the gap statistic finds; 1 means that the jumps do not fall into types. */
      readonly types: number;
      /** How many jumps, evenly chosen among them, the number and the centers of the types were found with; absent for all. */
      readonly foundWith?: number;
      /** Features that all jumps have and that differ between jumps. */
      readonly features: readonly JumpFeatureName[];
      /** For each number of types tried, from 1. */
      readonly curve: readonly {
        readonly types: number;
        readonly inertia: number;
        readonly gap: number;
        readonly standardError: number;
        /** Mean silhouette width, −1 to 1; null for one type. */
        readonly silhouette: number | null;
      }[];
      readonly centers: readonly JumpType[];
      /** Type of each jump as given; null for changes that are no level jumps. */
      readonly labels: readonly (number | null)[];
      readonly excluded: number;
    }
  | { readonly determined: false; readonly reason: string; readonly excluded: number };

export interface JumpTypesOptions {
  /** Default 8. */
  readonly maxTypes?: number;
  /** Reference data sets of the gap statistic. Default 20. */
  readonly references?: number;
  /** k-means starts. Default 3. */
  readonly restarts?: number;
  /** What `jumpTypeReferences` found of each reference data set, where that was done before. */
  readonly known?: GapOptions['known'];
}

export const jumpTypesDefaults = { maxTypes: 8, references: 20, restarts: 3 } as const;

const FEWEST_JUMPS = 20;
/** More add nothing to the number of types, and a silhouette takes time with their square. */
const MOST_DECIDING = 2000;

/** The features of one detected change. */
export function jumpFeatures(change: Change, plannedSteps: number): JumpFeatures {
  const { kind, step, magnitude, effect } = change;
  return {
    kind,
    relativeStep: step / plannedSteps,
    logMagnitude: magnitude > 0 && Number.isFinite(magnitude) ? Math.log10(magnitude) : null,
    effect: Number.isFinite(effect) ? effect : null,
  };
}

/** The features of a jump or a fast rise or fall, as a step in level half-way through it. */
export function stretchFeatures(
  { from, half, amplitude, amplitudeInNoise }: Stretch,
  plannedSteps: number,
): JumpFeatures {
  const size = Math.abs(amplitude.value);
  return {
    kind: 'level',
    relativeStep: (half ?? from).step / plannedSteps,
    logMagnitude: size > 0 ? Math.log10(size) : null,
    effect: amplitudeInNoise === null ? null : Math.abs(amplitudeInNoise),
  };
}

/**
 * Clusters level jumps by k-means on standardized features and lets the gap statistic say how many clusters there are,
 * if more than one. k-means with a fixed k finds k "types" in anything. Kinks and changes in variance are left out:
 * their sizes have other units. Of very many jumps the types are found with 2,000, evenly chosen in the order given, and the others go to
 * the nearest center.
 *
 * @example
 * jumpTypes(changes.map((change) => jumpFeatures(change, 2000)), createRandom(1));
 */
export function jumpTypes(
  jumps: readonly JumpFeatures[],
  rng: Random,
  options: JumpTypesOptions = {},
): JumpTypes {
  const level = levelJumps(jumps);
  const excluded = jumps.length - level.length;
  if (level.length < FEWEST_JUMPS) {
    const reason = `${level.length} found; at least ${FEWEST_JUMPS} are needed to look for types`;
    return { determined: false, reason, excluded };
  }
  const columns = columnsOf(level);
  const points = standardized([...columns.values()], level.length);
  const deciding = evenlyChosen(points, MOST_DECIDING);
  if (distinct(deciding) < 3) return { determined: false, reason: 'fewer than three jumps differ', excluded };
  const { clusters, curve, labels: labelings } = gapStatistic(deciding, rng, gapOptions(options));
  const labels = labelsOfAll(points, deciding, labelings[clusters - 1], clusters);
  const silhouettes = meanSilhouettes(deciding, labelings);
  let next = 0;
  return {
    determined: true,
    types: clusters,
    ...(deciding.count < points.count && { foundWith: deciding.count }),
    features: [...columns.keys()],
    curve: curve.map(({ clusters: types, ...rest }, i) => {
      const silhouette = silhouettes[i];
      return { types, ...rest, silhouette: silhouette.determined ? silhouette.value : null };
    }),
    centers: Array.from({ length: clusters }, (_, type) => centerOf(columns, labels, type)),
    labels: jumps.map(({ kind }) => (kind === 'level' ? labels[next++] : null)),
    excluded,
  };
}

/**
 * What `jumpTypes` compares the jumps with, for several threads to find: each reference data set by its number, from 0.
 *
 * @param deciding see `decidingJumps`. @param rng, options the same as of `jumpTypes`.
 */
export function jumpTypeReferences(
  deciding: Points,
  rng: Random,
  options: JumpTypesOptions = {},
): (reference: number) => number[] {
  return referenceInertias(deciding, rng, gapOptions(options));
}

/** The jumps that decide on types, as points; null where none can be found. */
export function decidingJumps(jumps: readonly JumpFeatures[]): Points | null {
  const level = levelJumps(jumps);
  if (level.length < FEWEST_JUMPS) return null;
  const deciding = evenlyChosen(standardized([...columnsOf(level).values()], level.length), MOST_DECIDING);
  return distinct(deciding) < 3 ? null : deciding;
}

function gapOptions(options: JumpTypesOptions): GapOptions {
  const { maxTypes: maxClusters, ...others } = { ...jumpTypesDefaults, ...options };
  return { maxClusters, ...others };
}

function levelJumps(jumps: readonly JumpFeatures[]): JumpFeatures[] {
  return jumps.filter(({ kind }) => kind === 'level');
}

/** The features that all jumps have and that differ between jumps. */
function columnsOf(jumps: readonly JumpFeatures[]): Map<JumpFeatureName, Float64Array> {
  const columns = new Map<JumpFeatureName, Float64Array>();
  for (const name of jumpFeatureNames) {
    const column = Float64Array.from(jumps, (jump) => jump[name] ?? Number.NaN);
    if (column.every(Number.isFinite) && column.some((value) => value !== column[0]))
      columns.set(name, column);
  }
  return columns;
}

/** Columns as points, each with mean 0 and standard deviation 1. */
function standardized(columns: readonly Float64Array[], count: number): Points {
  const dimensions = columns.length;
  const data = new Float64Array(count * dimensions);
  columns.forEach((column, j) => {
    const [center, sd] = [mean(column), standardDeviation(column)];
    for (let i = 0; i < count; i++) data[i * dimensions + j] = (column[i] - center) / sd;
  });
  return { data, count, dimensions };
}

/** The points themselves, where they are few enough. */
function evenlyChosen(points: Points, most: number): Points {
  const { data, count, dimensions } = points;
  if (count <= most) return points;
  const chosen = new Float64Array(most * dimensions);
  for (let i = 0; i < most; i++) {
    const from = dimensions * Math.floor((i * count) / most);
    chosen.set(data.subarray(from, from + dimensions), i * dimensions);
  }
  return { data: chosen, count: most, dimensions };
}

/** Labels of all points: those of the deciding ones, where these are all, else of the nearest center of theirs. */
function labelsOfAll(points: Points, deciding: Points, labels: Uint32Array, types: number): Uint32Array {
  if (deciding === points) return labels;
  const { data, count, dimensions } = deciding;
  const centers: Points = { data: new Float64Array(types * dimensions), count: types, dimensions };
  const sizes = new Uint32Array(types);
  for (const label of labels) sizes[label]++;
  for (let i = 0; i < count; i++) {
    const at = labels[i] * dimensions;
    for (let j = 0; j < dimensions; j++) centers.data[at + j] += data[i * dimensions + j] / sizes[labels[i]];
  }
  const nearest = new NearestCenters(points, centers);
  nearest.assign();
  return nearest.labels;
}

function distinct({ data, count, dimensions }: Points): number {
  return new Set(
    Array.from({ length: count }, (_, i) => data.subarray(i * dimensions, (i + 1) * dimensions).join()),
  ).size;
}

function centerOf(
  columns: ReadonlyMap<JumpFeatureName, Float64Array>,
  labels: Uint32Array,
  type: number,
): JumpType {
  const members = Array.from(labels.keys()).filter((i) => labels[i] === type);
  return {
    jumps: members.length,
    center: Object.fromEntries(
      [...columns].map(([name, column]) => [name, mean(members.map((i) => column[i]))]),
    ),
  };
}
