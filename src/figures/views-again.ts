import * as vega from 'vega';
import { chartExpressions } from './chart-expressions.ts';
import { type CompiledFigure, silent } from './compiled-figure.ts';

type Charted = Pick<CompiledFigure, 'chart' | 'dataflow'>;

/** Views that have drawn what they were taken for, by what they draw: they go with it. */
const atRest = new WeakMap<vega.Runtime, vega.View>();
/** What was drawn at least once: most figures are drawn once only, and a view of them would hold their rows for nothing. */
const drawn = new WeakSet<vega.Runtime>();

/**
 * A view of a chart, and whether it has drawn another figure before: its rows and signals are that figure's until they are set. Views take as long to be made
 * as to draw. Nobody else has it until it is given back.
 */
export function takeView({ dataflow }: Charted): { readonly view: vega.View; readonly isUsed: boolean } {
  const rested = atRest.get(dataflow);
  atRest.delete(dataflow);
  if (rested !== undefined) {
    putBackSubtitle(rested);
    return { view: rested, isUsed: true };
  }
  return {
    view: new vega.View(dataflow, { renderer: 'none', logger: silent, expr: chartExpressions }),
    isUsed: false,
  };
}

/** Leaves a view that has drawn its figure to the next one. One that has failed is not given back. */
export function giveBackView(view: vega.View, { chart, dataflow }: Charted): void {
  if (drawn.has(dataflow) && forgetsRows(chart)) atRest.set(dataflow, view);
  else view.finalize();
  drawn.add(dataflow);
}

/** What is drawn, as far as it is looked at here: groups of marks, and the items of each. */
interface Item {
  readonly role?: string;
  readonly items?: readonly Item[];
  x?: number;
  y?: number;
}

/** Vega moves a subtitle from where it stood to where it will stand, and what is added up so depends in its last digit on the figure before. */
function putBackSubtitle(view: vega.View): void {
  const { root } = view.scenegraph() as unknown as { readonly root: Item };
  const titles = (root.items ?? []).flatMap(({ items = [] }) => items.filter(({ role }) => role === 'title'));
  const subtitles = titles.flatMap(({ items = [] }) =>
    items.flatMap((group) => group.items?.[1]?.items ?? []),
  );
  for (const subtitle of subtitles) [subtitle.x, subtitle.y] = [undefined, undefined];
}

/** What makes rows of rows one by one. */
const OF_SINGLE_ROWS = new Set(['filter', 'formula']);

/**
 * Whether nothing in a chart depends on the rows that it had before. Sums, the order of groups and names, and ticks of an axis that its rows lengthen would: Vega
 * keeps them up to date instead of working them out anew.
 */
export function forgetsRows({ data = [], scales = [], marks = [] }: vega.Scope): boolean {
  return (
    data.every(({ transform = [] }) => transform.every(({ type }) => OF_SINGLE_ROWS.has(type))) &&
    scales.every(({ domain }) => Array.isArray(domain)) &&
    marks.every((mark) => (mark.type === 'group' ? mark.from === undefined && forgetsRows(mark) : true))
  );
}
