import type { StudyData } from '../study-data.ts';
import { facetsOf } from './compare/run-filter.ts';
import type { ViewState } from './view-state.ts';

/** What the page shows before the reader has chosen anything. */
export function openingView({ analyzed, runs }: StudyData): ViewState {
  const isOne = runs.length === 1;
  return {
    metric: analyzed,
    search: '',
    where: new Map(),
    runs: null,
    layers: isOne ? 'all' : 'last',
    color: isOne ? 'layer' : 'run',
    pool: 'none',
    steps: 'log',
    values: 'linear',
    smoothing: 1,
    range: null,
  };
}

/** A view as far as the study has what it names; what it has not, in words. */
export function knownView(
  view: ViewState,
  study: StudyData,
): { readonly view: ViewState; readonly unknown: string[] } {
  const opening = openingView(study);
  const facets = facetsOf(study);
  const ids = new Set(study.runs.map(({ id }) => id));
  const names = new Set(study.networks.flat());
  const unknown: string[] = [];
  const known = (isKnown: boolean, what: string): boolean => {
    if (!isKnown) unknown.push(what);
    return isKnown;
  };
  const { metric, where, runs, layers, color } = view;
  const some = <T>(wanted: readonly T[], found: readonly T[]): readonly T[] | null =>
    wanted.length > 0 && found.length === 0 ? null : found;
  const knownRuns =
    runs === null
      ? null
      : some(
          runs,
          runs.filter((id) => known(ids.has(id), `run ${id}`)),
        );
  const knownLayers =
    typeof layers === 'string'
      ? layers
      : some(
          layers,
          layers.filter((name) => known(names.has(name), `layer ${name}`)),
        );
  return {
    view: {
      ...view,
      metric: known(Object.hasOwn(study.metrics, metric), `metric ${metric}`) ? metric : opening.metric,
      where: new Map(
        [...where].filter(([name, level]) =>
          known(
            study.runs.some((run) => facets.get(name)?.(run) === level),
            `${name} ${level}`,
          ),
        ),
      ),
      runs: knownRuns,
      layers: knownLayers ?? opening.layers,
      color:
        color === 'run' || color === 'layer' || known(facets.has(color), `color by ${color}`)
          ? color
          : opening.color,
    },
    unknown,
  };
}
