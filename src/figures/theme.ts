import type { Config } from 'vega-lite';

/** Condensed first: it is the face shipped for PNGs and the one text is laid out for. */
export const FONT = "'DejaVu Serif Condensed', 'DejaVu Serif', Georgia, 'Times New Roman', serif";

/** Body size of every figure: 11 pt in CSS pixels. */
export const FONT_SIZE = 14.7;
/** Tick labels and legends: 9.5 pt. */
export const SMALL = 12.7;

/** Width of a single panel in CSS pixels; with its axes a figure prints at about 7 inches. */
export const PANEL_WIDTH = 560;

export const INK = '#1d1d1f';
const MUTED = '#55585d';
const GRID = '#e6e6e3';

/** Okabe and Ito (2008): eight colors told apart under every common color-vision deficiency. */
export const CATEGORY_COLORS = [
  '#0072B2',
  '#D55E00',
  '#009E73',
  '#CC79A7',
  '#E69F00',
  '#56B4E9',
  '#000000',
  '#F0E442',
];

/** One accent for what exceeds its null, one quiet tone for the null itself. */
export const ACCENT = '#D55E00';
export const NULL_BAND = '#c9ccd1';
export const LINE = '#0072B2';

/** Perceptually uniform and safe for color-blind readers; monotone in print. */
export const SEQUENTIAL_SCHEME = 'viridis';

/** Of values around 0: blue below, red above, near white between; told apart under the common color-vision deficiencies. */
export const DIVERGING_SCHEME = 'blueorange';

/** Legends under a figure start at its left edge, one below the other. Vega knows `layout`; Vega-Lite's types do not. */
const BOTTOM_LEGENDS = {
  bottom: { anchor: 'start', direction: 'vertical', margin: 6 },
} as unknown as never;

/** The look of every figure. */
export const THEME: Config = {
  background: 'white',
  padding: 8,
  // Roles and labels on every mark would triple the file; the page describes each figure in words instead.
  aria: false,
  font: FONT,
  view: { stroke: null },
  title: {
    font: FONT,
    anchor: 'start',
    frame: 'group',
    fontSize: FONT_SIZE,
    fontWeight: 'bold',
    color: INK,
    subtitleFont: FONT,
    subtitleFontSize: SMALL,
    subtitleColor: MUTED,
    subtitleLineHeight: 17,
    subtitlePadding: 5,
    offset: 12,
  },
  axis: {
    labelFont: FONT,
    titleFont: FONT,
    labelFontSize: SMALL,
    titleFontSize: FONT_SIZE,
    titleFontWeight: 'normal',
    titleColor: INK,
    labelColor: INK,
    titlePadding: 9,
    labelPadding: 4,
    gridColor: GRID,
    domainColor: MUTED,
    tickColor: MUTED,
    tickSize: 4,
    labelLimit: 240,
    labelOverlap: 'greedy',
    labelFlush: false,
  },
  axisQuantitative: { tickCount: 6 },
  axisY: { domain: false, ticks: false },
  legend: {
    labelFont: FONT,
    titleFont: FONT,
    labelFontSize: SMALL,
    titleFontSize: SMALL,
    titleFontWeight: 'normal',
    titleColor: INK,
    labelColor: INK,
    titleLimit: 360,
    labelLimit: 260,
    rowPadding: 4,
    layout: BOTTOM_LEGENDS,
  },
  header: {
    labelFont: FONT,
    titleFont: FONT,
    labelFontSize: SMALL,
    titleFontSize: FONT_SIZE,
    titleFontWeight: 'normal',
    labelColor: INK,
    titleColor: INK,
  },
  range: { category: CATEGORY_COLORS },
  line: { strokeWidth: 1.5, strokeJoin: 'round' },
};
