import { linesWithin } from './lines-within.ts';
import type { FigureStyle } from './styles.ts';
import { FONT_SIZE, SMALL } from './theme.ts';
import type { FigureSpec } from './types.ts';

/** Sizes that a specification may state for a text of its own. */
const SIZES = new Set(['fontSize', 'titleFontSize', 'labelFontSize', 'subtitleFontSize']);

/**
 * A figure's specification as a style draws it: sizes that are stated for single texts become the style's, and titles of legends
 * are parted into lines. What stands in the data stays as it is.
 */
export function inStyle(spec: FigureSpec, style: FigureStyle): FigureSpec {
  const drawn = withPanelTitles(rewritten(spec, style) as FigureSpec, style);
  return isPanel(drawn) ? ({ ...drawn, ...panelIn(drawn, style) } as FigureSpec) : drawn;
}

/** Panels that stand side by side under titles of their own. */
interface SideBySide {
  readonly columns?: number;
  readonly bounds?: 'full' | 'flush';
  readonly spacing?: { readonly row?: number; readonly column?: number };
  readonly concat?: readonly { readonly title?: { readonly text?: unknown; readonly fontSize?: number } }[];
}

/**
 * Titles of panels that stand side by side, in lines that do not reach the next panel's; rows stand as far apart as the longest title
 * takes above the axis of the row before.
 */
function withPanelTitles(spec: FigureSpec, style: FigureStyle): FigureSpec {
  const { concat, columns = 1, spacing, bounds } = spec as SideBySide;
  if (concat === undefined) return spec;
  const between = spacing?.column ?? DEFAULT_SPACING;
  const room = (style.width - AXIS_WIDTH - (columns - 1) * between) / columns;
  const panels = concat.map((panel) => {
    const { text, fontSize = style.body } = panel.title ?? {};
    if (typeof text !== 'string') return panel;
    return {
      ...panel,
      title: { ...panel.title, text: linesWithin(text, room, style, { fontSize, named: true }) },
    };
  });
  const lines = Math.max(...panels.map(({ title }) => (Array.isArray(title?.text) ? title.text.length : 1)));
  if (bounds !== 'flush' || spacing?.row === undefined) return { ...spec, concat: panels } as FigureSpec;
  // Laid out by their plots alone, panels leave their titles the room that they are given.
  const row = spacing.row + (lines - 1) * (style.body + LEADING);
  return { ...spec, concat: panels, spacing: { ...spacing, row } } as unknown as FigureSpec;
}

/** Between the lines of a title; Vega's own, in CSS pixels. */
const LEADING = 2;

/** Of Vega-Lite, between parts of a figure. */
const DEFAULT_SPACING = 20;
/** What an axis at the left takes, with its title, and the padding around a figure. */
const AXIS_WIDTH = 76;

/** Whether a figure sets its own outer size: then it is one of the panels that stand in a line. */
function isPanel({ autosize }: FigureSpec): boolean {
  return typeof autosize === 'object' && 'type' in autosize && autosize.type === 'fit';
}

function panelIn({ title }: FigureSpec, style: FigureStyle) {
  const { text, fontSize, ...rest } = title as unknown as {
    readonly text: string;
    readonly fontSize: number;
  };
  const lines = linesWithin(text, style.panel.width - PANEL_PADDING, style, {
    bold: true,
    named: true,
    fontSize,
  });
  return { ...style.panel, title: { ...rest, text: lines, fontSize } };
}

function rewritten(part: unknown, style: FigureStyle): unknown {
  if (Array.isArray(part)) return part.map((one) => rewritten(one, style));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => {
      if (key === 'data') return [key, value];
      if (SIZES.has(key) && typeof value === 'number') return [key, sizeIn(style, value)];
      if (key === 'legend' && typeof value?.title === 'string') {
        const title = linesWithin(value.title, LEGEND_WIDTH, style);
        return [key, { ...(rewritten(value, style) as object), title, titleLimit: style.width }];
      }
      return [key, rewritten(value, style)];
    }),
  );
}

/** On both sides of a panel together. */
const PANEL_PADDING = 16;

/** Of a legend's title: as wide as a scale of colors. */
const LEGEND_WIDTH = 300;

function sizeIn({ body, small }: FigureStyle, size: number): number {
  return size < FONT_SIZE ? (size * small) / SMALL : (size * body) / FONT_SIZE;
}
