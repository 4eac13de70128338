/** Body size of every figure as its specification states it: 11 pt in CSS pixels. */
export const FONT_SIZE = 14.7;
/** Tick labels and legends: 9.5 pt. */
export const SMALL = 12.7;

/** Width of a single panel in CSS pixels, at most: a figure with its axes is fitted to its style's width. */
export const PANEL_WIDTH = 560;

export const INK = '#1d1d1f';
export const MUTED = '#55585d';

/**
 * Of groups, told apart under every common color-vision deficiency and seen on white: the first four are Okabe and Ito's (2008), whose
 * others are too light for lines on paper; in their place are dark ones of the same hues.
 */
export const CATEGORY_COLORS = [
  '#0072B2',
  '#D55E00',
  '#009E73',
  '#CC79A7',
  '#79543F',
  '#2119A8',
  '#000000',
  '#473D13',
];

export const PAPER = '#ffffff';
/** The dark page's paper; see `page.css`. */
export const DARK_PAPER = '#17181a';
/** What is written and drawn on it. */
export const DARK_INK = '#e8e8e6';

/** What stands for a color on a dark page; for the others nothing does. There Okabe and Ito's light ones are seen. */
export const ON_DARK: Readonly<Record<string, string>> = {
  '#79543F': '#E69F00',
  '#2119A8': '#56B4E9',
  '#000000': DARK_INK,
  '#473D13': '#F0E442',
};

/** One accent for what exceeds its null, one quiet tone for the null itself. */
export const ACCENT = '#D55E00';
export const NULL_BAND = '#c9ccd1';
/** The same as a line, which has to be seen alone. */
export const NULL_LINE = '#84888f';
export const LINE = '#0072B2';

/** Perceptually uniform and safe for color-blind readers; monotone in print. */
export const SEQUENTIAL_SCHEME = 'viridis';

/** Of values around 0: blue below, red above, near white between; told apart under the common color-vision deficiencies. */
export const DIVERGING_SCHEME = 'blueorange';
