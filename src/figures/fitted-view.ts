import * as vega from 'vega';
import { linesWithin } from './lines-within.ts';
import type { FigureStyle } from './styles.ts';

/** What a chart in the page may tell its makers; a warning here is a fault in a specification. */
export const silent = vega.logger(vega.Error);

/** Plots narrower than this share of what was asked for would show nothing. */
const NARROWEST = 0.3;
const MOST_LOOKS = 3;

type Plots = readonly (readonly [signal: string, width: number])[];

/** Vega's own words for a title, as far as they are read here. */
interface Title {
  readonly text?: string | readonly string[];
  readonly subtitle?: string | readonly string[];
}

/**
 * A chart laid out within its style's width: its title in as many lines as it takes, its plots as wide as axes, labels and legends
 * leave room for. A chart that sets its own outer size stays as it is.
 */
export async function fittedView(compiled: vega.Spec, style: FigureStyle): Promise<vega.View> {
  const isSized = (compiled.autosize as { readonly type?: string } | undefined)?.type === 'fit';
  const title = compiled.title as Title | undefined;
  const isTitled = !isSized && title !== undefined;
  const view = new vega.View(vega.parse(isTitled ? withOpenTitle(compiled, title) : compiled), {
    renderer: 'none',
    logger: silent,
  });
  await view.runAsync();
  if (isSized) return view;
  const padding = 2 * Number(compiled.padding ?? 0);
  if (isTitled) {
    const room = style.width - padding - extentOf(view).left;
    view.signal(TITLE, linesOf(title.text, room, style, { bold: true, named: true, fontSize: style.body }));
    if (title.subtitle !== undefined) view.signal(SUBTITLE, linesOf(title.subtitle, room, style));
  }
  // What was laid out around the empty title is laid out anew.
  const draw = (): Promise<vega.View> => view.resize().runAsync();
  if (isTitled) await draw();
  let plots = plotsOf(compiled);
  // Labels and legends take another width beside narrower plots; a second look is enough.
  for (let look = 0; look < MOST_LOOKS && plots.length > 0; look++) {
    const excess = extentOf(view).width + padding - style.width;
    const share = 1 - excess / acrossOf(compiled, plots);
    if (excess <= 0 || share < NARROWEST) break;
    plots = plots.map(([signal, plot]) => [signal, Math.floor(plot * share)]);
    for (const [signal, plot] of plots) view.signal(signal, plot);
    await draw();
  }
  return view;
}

const TITLE = 'figureTitle';
const SUBTITLE = 'figureSubtitle';

/** The chart with an empty title that can be filled when it is known where it begins. */
function withOpenTitle(compiled: vega.Spec, title: Title): vega.Spec {
  const open = { ...title, text: { signal: TITLE } };
  const subtitle = title.subtitle === undefined ? {} : { subtitle: { signal: SUBTITLE } };
  return {
    ...compiled,
    title: { ...open, ...subtitle } as vega.Title,
    signals: [...(compiled.signals ?? []), { name: TITLE, value: '' }, { name: SUBTITLE, value: '' }],
  };
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
