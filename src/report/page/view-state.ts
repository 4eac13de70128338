/*
 * What a reader has chosen to see, as it stands in the page's address: `#run-3&metric=stable_rank&layer=all` is the place `run-3` of the page
 * and two choices. Runs, layers and levels stand in it by their names.
 */

/** Which layers: of each run all, its first or last one, or those with given names. */
export type LayerChoice = 'all' | 'first' | 'last' | readonly string[];

/** What is drawn as one line: a run, the seeds of a condition, or all runs of a color. */
export type Pooling = 'none' | 'seeds' | 'color';

export interface ViewState {
  /** Id of a series, or of the loss. */
  readonly metric: string;
  /** What the runs' names have in them. */
  readonly search: string;
  /** Levels that runs must have, by what they are levels of: `architecture`, `dataset`, `seed`, or a factor. */
  readonly where: ReadonlyMap<string, string>;
  /** Ids of the runs shown; null for the first of those that search and levels leave. */
  readonly runs: readonly string[] | null;
  readonly layers: LayerChoice;
  /** What is told by color: `run`, `layer`, or what runs have levels of. */
  readonly color: string;
  readonly pool: Pooling;
  readonly steps: 'log' | 'linear';
  readonly values: 'log' | 'linear';
  /** Measurements that are averaged, odd; 1 for none. */
  readonly smoothing: number;
  /** Training steps between which curves are shown; null for all. */
  readonly range: readonly [number, number] | null;
}

/** Widths of smoothing that the page offers. */
export const SMOOTHINGS = [1, 3, 5, 9, 15, 25, 51];

/** Names of choices of layers, which a layer's own name is told from by its `=`. */
const LAYER_CHOICES = ['all', 'first', 'last'] as const;

/** The address's part after `#`: a place of the page, and what differs from the view that the page opens with. */
export function addressOf(place: string, view: ViewState, opening: ViewState): string {
  const choices = new URLSearchParams();
  const put = (name: string, value: string, before: string): void => {
    if (value !== before) choices.append(name, value);
  };
  put('metric', view.metric, opening.metric);
  put('search', view.search, opening.search);
  for (const [name, level] of view.where) choices.append(`where.${name}`, level);
  if (view.runs !== null) {
    for (const id of view.runs) choices.append('run', id);
    if (view.runs.length === 0) choices.append('runs', 'none');
  }
  if (typeof view.layers === 'string') {
    put('layers', view.layers, typeof opening.layers === 'string' ? opening.layers : '');
  } else {
    for (const name of view.layers) choices.append('layer', name);
    if (view.layers.length === 0) choices.append('layers', 'none');
  }
  put('color', view.color, opening.color);
  put('pool', view.pool, opening.pool);
  put('steps', view.steps, opening.steps);
  put('values', view.values, opening.values);
  put('smooth', String(view.smoothing), String(opening.smoothing));
  if (view.range !== null) {
    choices.append('from', String(view.range[0]));
    choices.append('to', String(view.range[1]));
  }
  return [encodeURIComponent(place), choices.toString()].filter((part) => part !== '').join('&');
}

/** What an address says; what it does not say, or says wrongly, is as in the view that the page opens with. */
export function readAddress(
  fragment: string,
  opening: ViewState,
): { readonly place: string; readonly view: ViewState | null } {
  const [first, ...rest] = fragment.split('&');
  const hasPlace = !first.includes('=');
  const place = hasPlace ? decoded(first) : '';
  const text = (hasPlace ? rest : [first, ...rest]).join('&');
  // A link to a place alone says nothing of what is shown there.
  if (text === '') return { place, view: null };
  const choices = new URLSearchParams(text);
  const oneOf = <T extends string>(name: string, allowed: readonly T[], otherwise: T): T =>
    allowed.find((value) => value === choices.get(name)) ?? otherwise;
  const [runs, layers] = [choices.getAll('run'), choices.getAll('layer')];
  const smoothing = Number(choices.get('smooth') ?? opening.smoothing);
  const isNone = (name: string): boolean => choices.get(name) === 'none';
  return {
    place,
    view: {
      metric: choices.get('metric') ?? opening.metric,
      search: choices.get('search') ?? opening.search,
      where: new Map(
        [...choices].flatMap(([name, level]) =>
          name.startsWith('where.') ? [[name.slice('where.'.length), level] as const] : [],
        ),
      ),
      runs: runs.length > 0 || isNone('runs') ? runs : null,
      layers:
        layers.length > 0 || isNone('layers')
          ? layers
          : oneOf('layers', LAYER_CHOICES, typeof opening.layers === 'string' ? opening.layers : 'last'),
      color: choices.get('color') ?? opening.color,
      pool: oneOf('pool', ['none', 'seeds', 'color'], opening.pool),
      steps: oneOf('steps', ['log', 'linear'], opening.steps),
      values: oneOf('values', ['log', 'linear'], opening.values),
      smoothing: SMOOTHINGS.includes(smoothing) ? smoothing : opening.smoothing,
      range: rangeOf(choices.get('from'), choices.get('to')),
    },
  };
}

function rangeOf(from: string | null, to: string | null): readonly [number, number] | null {
  if (from === null || to === null) return null;
  const [low, high] = [from, to].map(Number);
  return low < high && Number.isFinite(low) && Number.isFinite(high) ? [low, high] : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
