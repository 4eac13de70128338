import type { Config } from 'vega-lite';
import { CATEGORY_COLORS, FONT_SIZE, INK, MUTED, SMALL } from './theme.ts';

/** What tells one style from another. */
interface Look {
  /** Families in the order they are looked for; the first is the shipped one that text is laid out for. */
  readonly font: string;
  /** Files of that family in the shipped package, without ending. */
  readonly files: readonly string[];
  /** Width of the family's letters over those of DejaVu Serif Condensed. */
  readonly widening: number;
  /** Sizes of titles and of labels, in CSS pixels. */
  readonly body: number;
  readonly small: number;
  /** Width of a figure with all its axes, titles and legends, in CSS pixels, at most. */
  readonly width: number;
  /** Outer size of the panels that stand in a line. */
  readonly panel: { readonly width: number; readonly height: number };
  /** Whether plots stand in a box, with ticks on both axes. */
  readonly box: boolean;
  /** Color of lines behind a plot; null for none. */
  readonly grid: string | null;
}

/** How a figure is drawn. */
export interface FigureStyle extends Look {
  readonly config: Config;
}

/** 11 pt in CSS pixels. */
const ELEVEN_POINTS = 14.67;

/** Legends under a figure start at its left edge, one below the other. Vega knows `layout`; Vega-Lite's types do not. */
const BOTTOM_LEGENDS = {
  bottom: { anchor: 'start', direction: 'vertical', margin: 6 },
} as unknown as never;

const looks = {
  default: {
    font: "'DejaVu Serif Condensed', 'DejaVu Serif', Georgia, 'Times New Roman', serif",
    files: ['DejaVuSerifCondensed', 'DejaVuSerifCondensed-Bold', 'DejaVuSerifCondensed-Italic'],
    widening: 1,
    body: FONT_SIZE,
    small: SMALL,
    width: 600,
    panel: { width: 350, height: 250 },
    box: false,
    grid: '#e6e6e3',
  },
  // As printed studies draw: one size of 11 pt in a face of full width, plots in a box without lines behind them.
  academic: {
    font: "'DejaVu Serif', 'Times New Roman', Georgia, serif",
    files: ['DejaVuSerif', 'DejaVuSerif-Bold', 'DejaVuSerif-Italic'],
    widening: 1 / 0.9,
    body: ELEVEN_POINTS,
    small: ELEVEN_POINTS,
    width: 580,
    panel: { width: 440, height: 315 },
    box: true,
    grid: null,
  },
} as const satisfies Readonly<Record<string, Look>>;

export type StyleName = keyof typeof looks;

/** Every style by its name. */
export const styles: Readonly<Record<StyleName, FigureStyle>> = {
  default: { ...looks.default, config: configOf(looks.default) },
  academic: { ...looks.academic, config: configOf(looks.academic) },
};

export const styleNames = Object.keys(styles) as readonly StyleName[];

/** What Vega-Lite is told of a style. */
function configOf({ font, body, small, box, grid }: Look): Config {
  return {
    background: 'white',
    padding: 8,
    // Roles and labels on every mark would triple the file; the page describes each figure in words instead.
    aria: false,
    font,
    view: { stroke: box ? INK : null },
    title: {
      font,
      anchor: 'start',
      frame: 'group',
      fontSize: body,
      fontWeight: 'bold',
      color: INK,
      subtitleFont: font,
      subtitleFontSize: small,
      subtitleColor: MUTED,
      subtitleLineHeight: small + 4.3,
      subtitlePadding: 5,
      offset: 12,
    },
    axis: {
      labelFont: font,
      titleFont: font,
      labelFontSize: small,
      titleFontSize: body,
      titleFontWeight: 'normal',
      titleColor: INK,
      labelColor: INK,
      titlePadding: 9,
      labelPadding: 4,
      ...(grid === null ? { grid: false } : { gridColor: grid }),
      domainColor: MUTED,
      tickColor: MUTED,
      tickSize: 4,
      labelLimit: 240,
      labelOverlap: 'greedy',
      labelFlush: false,
    },
    axisX: { labelSeparation: 4 },
    axisQuantitative: { tickCount: 6 },
    axisY: { domain: box, ticks: box },
    legend: {
      labelFont: font,
      titleFont: font,
      labelFontSize: small,
      titleFontSize: small,
      titleFontWeight: 'normal',
      titleColor: INK,
      labelColor: INK,
      titleLimit: 360,
      labelLimit: 260,
      rowPadding: 4,
      layout: BOTTOM_LEGENDS,
    },
    header: {
      labelFont: font,
      titleFont: font,
      labelFontSize: small,
      titleFontSize: body,
      titleFontWeight: 'normal',
      labelColor: INK,
      titleColor: INK,
    },
    range: { category: [...CATEGORY_COLORS] },
    text: { font, fontSize: small, color: INK },
    line: { strokeWidth: 1.5, strokeJoin: 'round' },
  };
}
