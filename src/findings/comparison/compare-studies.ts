import { withSeries } from '../../derived/derive-series.ts';
import { InputError } from '../../errors/input-error.ts';
import type { Run, StudyFactors } from '../../measurements/types.ts';
import { benjaminiHochberg } from '../../numerics/multiple-testing.ts';
import { counted } from '../../wording/sentences.ts';
import { chooseSeries } from '../choose-series.ts';
import { nameOfGroup, runsByCondition, type SeedGroupRuns } from '../seed-groups.ts';
import { compareLayer } from './compare-layer.ts';
import type { TestedQuantity } from './compare-values.ts';
import { type MatchedGroups, matchGroups } from './match-groups.ts';
import { type QuantityOptions, runQuantities } from './run-quantities.ts';
import type { ComparedPair, ComparedQuantity, ComparedSetting, StudyComparison } from './types.ts';

/** One of two studies, or of two groups of runs. */
export interface ComparedSide {
  readonly title: string;
  readonly runs: readonly Run[];
  /** What is varied between the runs on purpose; see `studyFactors`. */
  readonly factors?: StudyFactors;
}

export interface CompareOptions {
  /** The series to compare; by default the best that all runs have. */
  readonly seriesId?: string;
  /** False discovery rate over all that is tested, and error rate of intervals and curves. From 0.0001 to 0.2; default 0.05. */
  readonly rate?: number;
  /** Called after each pair of groups. */
  readonly onPair?: (done: number, total: number, title: string) => void;
}

type RawPair = Omit<ComparedPair, 'quantities'> & { readonly quantities: readonly TestedQuantity[] };

/**
 * Holds two studies against each other: runs that differ in the seed alone are a group, groups of the same network, data and
 * conditions are compared. Of each pair: accuracy, losses and how often layers jump, and of every layer that both have the value
 * it ends with, and of each rise and fall that both show its amplitude and its half-way step. Spread is that between seeds
 * (Welch), and the false discovery rate is held over everything that is tested.
 *
 * Runs of equal seeds are not paired: they share their first weights, but a change of code or network may part them at once.
 *
 * @throws InputError where a side has no runs, all runs share no series, or the rate is not allowed.
 * @example
 * const runs = (await readStudy('my-study')).runs;
 * compareStudies({ title: 'before', runs }, { title: 'after', runs }).same; // true
 */
export function compareStudies(
  a: ComparedSide,
  b: ComparedSide,
  { seriesId: wanted, rate = 0.05, onPair }: CompareOptions = {},
): StudyComparison {
  if (!(rate >= 1e-4 && rate <= 0.2)) {
    throw new InputError({ field: 'rate', value: rate, allowed: 'from 0.0001 to 0.2' });
  }
  for (const { title, runs } of [a, b]) {
    if (runs.length === 0) throw new InputError({ field: title, allowed: 'at least one run' });
  }
  const seriesId = chooseSeries([...a.runs, ...b.runs], wanted);
  const [groupsA, groupsB] = [a, b].map(({ runs, factors }) =>
    runsByCondition(
      runs.map((run) => withSeries(run, seriesId)),
      factors,
    ),
  );
  const { matched, onlyIn } = matchGroups(groupsA, groupsB);
  const raw = matched.map((pair, i) => {
    const compared = comparePair(pair, { seriesId, alpha: rate });
    onPair?.(i + 1, matched.length, pair.title);
    return compared;
  });
  const pairs = withVerdicts(raw, rate);
  const all = pairs.flatMap(({ quantities }) => quantities);
  const tested = all.filter(({ pValue }) => pValue !== null);
  return {
    titles: { a: a.title, b: b.title },
    ...{ seriesId, rate, pairs },
    onlyIn: { a: onlyIn.a.map(inWords), b: onlyIn.b.map(inWords) },
    tested: tested.length,
    differing: tested.filter(({ verdict }) => verdict === 'differs').length,
    differingAlone: tested.filter(({ pValue }) => (pValue ?? 1) <= rate).length,
    same:
      onlyIn.a.length + onlyIn.b.length === 0 &&
      all.every(({ verdict }) => verdict === 'same') &&
      matched.every((pair) => isSame(pair, seriesId)),
  };
}

function comparePair({ title, a, b }: MatchedGroups, options: QuantityOptions): RawPair {
  const [namesA, namesB] = [a, b].map(({ members }) => members[0].layers.map(({ name }) => name));
  const shared = namesA.filter((name) => namesB.includes(name));
  const layers = shared.map((name) => compareLayer(name, a.members, b.members, options));
  return {
    title,
    runs: { a: a.members.map(({ id }) => id), b: b.members.map(({ id }) => id) },
    settings: differingSettings(a.members[0], b.members[0]),
    quantities: [
      ...runQuantities(a.members, b.members, shared, options),
      ...layers.flatMap(({ quantities }) => quantities),
    ],
    layers: layers.map(({ layer }) => layer),
    layersOnlyIn: {
      a: namesA.filter((name) => !namesB.includes(name)),
      b: namesB.filter((name) => !namesA.includes(name)),
    },
  };
}

function withVerdicts(pairs: readonly RawPair[], rate: number): ComparedPair[] {
  const tested = pairs.flatMap(({ quantities }) => quantities.filter(({ pValue }) => pValue !== null));
  const adjusted = benjaminiHochberg(tested.map(({ pValue }) => pValue!));
  const among = new Map(tested.map((quantity, i) => [quantity, adjusted[i]]));
  return pairs.map((pair) => ({
    ...pair,
    quantities: pair.quantities.map((quantity): ComparedQuantity => {
      const own = among.get(quantity) ?? null;
      return { ...quantity, adjusted: own, verdict: verdictOf(quantity, own, rate) };
    }),
  }));
}

function verdictOf(
  { a, b, pValue }: TestedQuantity,
  adjusted: number | null,
  rate: number,
): ComparedQuantity['verdict'] {
  if (JSON.stringify(a.perRun) === JSON.stringify(b.perRun)) return 'same';
  if (pValue === null || adjusted === null) return 'not tested';
  if (adjusted <= rate) return 'differs';
  return pValue <= rate ? 'differs by itself' : 'not told apart';
}

/** Whether the runs of two groups are the same, number for number. */
function isSame({ a, b }: MatchedGroups, seriesId: string): boolean {
  const numbers = ({ members }: SeedGroupRuns): string =>
    JSON.stringify(
      members.map(({ steps, loss, layers }) => [
        ...[[...steps], [...loss]],
        layers.map(({ name, series }) => [name, [...series.get(seriesId)!.values]]),
      ]),
    );
  return numbers(a) === numbers(b);
}

function differingSettings(a: Run, b: Run): ComparedSetting[] {
  const facts = ({ architecture, dataset, parameterCount, plannedSteps, hyperparameters }: Run) => ({
    ...{ network: architecture, data: dataset, parameters: parameterCount ?? 'unknown' },
    ...{ 'planned steps': plannedSteps, ...hyperparameters },
  });
  const [settingsA, settingsB] = [a, b].map((run): Record<string, unknown> => facts(run));
  const names = [...new Set([...Object.keys(settingsA), ...Object.keys(settingsB)])];
  const said = (settings: Record<string, unknown>, name: string): string =>
    Object.hasOwn(settings, name) ? String(settings[name]) : 'not set';
  return names
    .map((name) => ({ name, a: said(settingsA, name), b: said(settingsB, name) }))
    .filter((setting) => setting.a !== setting.b);
}

function inWords(group: SeedGroupRuns): string {
  return `${nameOfGroup(group)} (${counted(group.members.length, 'run')})`;
}
