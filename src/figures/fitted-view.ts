import type * as vega from 'vega';
import { type CompiledFigure, SUBTITLE, TITLE } from './compiled-figure.ts';
import { linesWithin } from './lines-within.ts';
import type { FigureStyle } from './styles.ts';
import { takeView } from './views-again.ts';

/** Plots narrower than this share of what was asked for would show nothing. */
const NARROWEST = 0.3;
const MOST_LOOKS = 3;

type Plots = readonly (readonly [signal: string, width: number])[];

/**
 * A chart laid out within its style's width: its title in as many lines as it takes, its plots as wide as axes, labels and legends
 * leave room for. A chart that sets its own outer size stays as it is. To be given back when it is drawn: `giveBackView`.
 */
export async function fittedView(figure: CompiledFigure, style: FigureStyle): Promise<vega.View> {
  const { chart, rows, title } = figure;
  const { view, isUsed } = takeView(figure);
  // Vega numbers the rows that it is given; those of the specification stay as they are.
  for (const [name, values] of rows) {
    view.data(
      name,
      values.map((row) => ({ ...row })),
    );
  }
  if (isUsed) {
    for (const [signal, plot] of plotsOf(chart)) view.signal(signal, plot);
    if (title !== null) view.signal(TITLE, '').signal(SUBTITLE, '');
    view.resize();
  }
  await view.runAsync();
  const isSized = (chart.autosize as { readonly type?: string } | undefined)?.type === 'fit';
  if (isSized) return view;
  const padding = 2 * Number(chart.padding ?? 0);
  if (title !== null) {
    const room = style.width - padding - extentOf(view).left;
    view.signal(TITLE, linesOf(title.text, room, style, { bold: true, named: true, fontSize: style.body }));
    if (title.subtitle !== undefined) view.signal(SUBTITLE, linesOf(title.subtitle, room, style));
  }
  // What was laid out around the empty title is laid out anew.
  const draw = (): Promise<vega.View> => view.resize().runAsync();
  if (title !== null) await draw();
  let plots = plotsOf(chart);
  // Labels and legends take another width beside narrower plots; a second look is enough.
  for (let look = 0; look < MOST_LOOKS && plots.length > 0; look++) {
    const excess = extentOf(view).width + padding - style.width;
    const share = 1 - excess / acrossOf(chart, plots);
    if (excess <= 0 || share < NARROWEST) break;
    plots = plots.map(([signal, plot]) => [signal, Math.floor(plot * share)]);
    for (const [signal, plot] of plots) view.signal(signal, plot);
    await draw();
  }
  return view;
}

function linesOf(
  text: string | readonly string[] | undefined,
  width: number,
  style: FigureStyle,
  setting: Parameters<typeof linesWithin>[3] = {},
): string | string[] {
  if (text === undefined) return '';
  if (typeof text === 'string') return linesWithin(text, width, style, setting);
  return text.flatMap((line) => linesWithin(line, width, style, setting));
}

/** Signals that hold widths of plots: of the chart's own, of all its parts, or of single ones. */
function plotsOf({ width, signals = [] }: vega.Spec): Plots {
  const own: Plots = typeof width === 'number' ? [['width', width]] : [];
  const ofParts = signals.flatMap((signal): Plots => {
    const { name, value } = signal as { readonly name: string; readonly value?: unknown };
    return typeof value === 'number' && /^(childWidth|concat_\d+_width)$/.test(name) ? [[name, value]] : [];
  });
  return [...own, ...ofParts];
}

/** What the plots that stand side by side take together. */
function acrossOf({ layout }: vega.Spec, plots: Plots): number {
  const widths = plots.map(([, width]) => width);
  const columns = (layout as { readonly columns?: number } | undefined)?.columns;
  if (layout === undefined || columns === 1) return Math.max(...widths);
  const sum = widths.reduce((a, b) => a + b, 0);
  return columns === undefined || widths.length > 1 ? sum : columns * sum;
}

/** Width of all that is drawn, without padding, and of what stands left of the plots. Vega has no other word for them. */
function extentOf(view: vega.View): { readonly width: number; readonly left: number } {
  const { _viewWidth, _origin } = view as unknown as {
    readonly _viewWidth: number;
    readonly _origin: readonly [number, number];
  };
  return { width: _viewWidth, left: _origin[0] };
}
