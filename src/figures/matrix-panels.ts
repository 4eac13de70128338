import { heatmapImage } from './heatmap-image.ts';
import { INK, SMALL } from './theme.ts';
import type { FigureSpec } from './types.ts';

/** A matrix as colored cells. */
export interface MatrixPanel {
  readonly title: string;
  /** Row-major `[rows, columns]`; NaN is left blank. */
  readonly values: ArrayLike<number>;
  readonly rows: number;
  readonly columns: number;
}

export interface MatrixPanelsInput {
  readonly title: string;
  readonly subtitle?: string;
  /** Panels side by side, one row of them below the other, each row with its title at the left. */
  readonly rows: readonly { readonly title: string; readonly panels: readonly MatrixPanel[] }[];
  /** What columns and rows of every matrix are; none where they are places in a picture. */
  readonly x?: MatrixAxis;
  readonly y?: MatrixAxis;
  /** One scale for all panels. */
  readonly color: {
    readonly title: string;
    readonly domain: readonly [number, number];
    readonly scheme: string;
  };
  /** Width and height of a cell in CSS pixels. */
  readonly cell: readonly [number, number];
}

export interface MatrixAxis {
  readonly title: string;
  /** Of each column or row; numbers from 0 if absent. */
  readonly labels?: readonly string[];
}

/** Width of a character of a label, in CSS pixels; which labels are shown. */
const LABEL_CHARACTER = 6;
const LABEL_STRIDES = [1, 2, 5, 10, 20, 50, 100];

/** Steps of the color bar. */
const BAR = 128;

/**
 * Matrices beside one another on one color scale: attention maps of heads, filters, units by classes, similarities.
 *
 * @example
 * const panel = { title: 'head 0', values: [1, 0, 0.5, 0.5], rows: 2, columns: 2 };
 * matrixPanelsSpec({ title: 'Attention', rows: [{ title: 'step 0', panels: [panel] }], color: { title: 'Probability', domain: [0, 1], scheme: 'viridis' }, cell: [12, 12] });
 */
export function matrixPanelsSpec(input: MatrixPanelsInput): FigureSpec {
  const { title, subtitle, rows, color } = input;
  return {
    title: subtitle === undefined ? title : { text: title, subtitle },
    vconcat: [
      ...rows.map((row, r) => ({
        hconcat: row.panels.map((panel, c) =>
          panelSpec(panel, input, c === 0 ? row.title : null, r === rows.length - 1),
        ),
        spacing: 14,
      })),
      colorBar(color),
    ],
    spacing: 16,
  } as FigureSpec;
}

function panelSpec(
  { title, values, rows, columns }: MatrixPanel,
  { x, y, color, cell: [cellWidth, cellHeight] }: MatrixPanelsInput,
  rowTitle: string | null,
  isLast: boolean,
) {
  const lines = Array.from({ length: rows }, (_, row) =>
    Float64Array.from({ length: columns }, (_, column) => values[row * columns + column]),
  );
  const image = heatmapImage(
    lines,
    lines.map(() => color.domain),
    color.scheme,
  );
  const labels = (axis: MatrixAxis | undefined, count: number): readonly string[] =>
    axis?.labels ?? Array.from({ length: count }, (_, i) => String(i));
  const [xLabels, yLabels] = [labels(x, columns), labels(y, rows)];
  const positions = Array.from({ length: Math.max(rows, columns) }, (_, i) => ({
    ...{ x: xLabels[Math.min(i, columns - 1)], y: yLabels[Math.min(i, rows - 1)] },
  }));
  const channel = (
    field: 'x' | 'y',
    domain: readonly string[],
    titles: readonly string[],
    labels: boolean,
  ) => ({
    field,
    type: 'ordinal',
    // A label stands at the middle of its column or row.
    scale: { type: 'point', domain: [...domain], padding: 0.5 },
    axis:
      titles.length === 0 && !labels
        ? null
        : {
            title: titles.length === 0 ? null : [...titles],
            ...{ labels, ticks: false, grid: false, domain: false, labelAngle: 0, titleFontSize: SMALL },
            ...labelsThatFit(field, domain, field === 'x' ? cellWidth : cellHeight),
          },
  });
  const isFirst = rowTitle !== null;
  const xTitles = x === undefined || !isLast ? [] : [x.title];
  const yTitles = isFirst ? [rowTitle, ...(y === undefined ? [] : [y.title])] : [];
  return {
    title: { text: title, fontSize: SMALL, fontWeight: 'normal', offset: 5 },
    width: columns * cellWidth,
    height: rows * cellHeight,
    view: { stroke: INK, strokeOpacity: 0.25 },
    data: { values: positions },
    layer: [
      filling(image),
      {
        mark: { type: 'point', opacity: 0, size: 0 },
        encoding: {
          x: channel('x', xLabels, xTitles, x !== undefined && isLast),
          y: channel('y', yLabels, yTitles, y !== undefined && isFirst),
        },
      },
    ],
  };
}

/** Every label, or every second, fifth, tenth …, such that none touches the next or reaches far beyond its panel. */
function labelsThatFit(field: 'x' | 'y', domain: readonly string[], cell: number) {
  const width = Math.max(...domain.map(({ length }) => length)) * LABEL_CHARACTER;
  const room = field === 'x' ? width + LABEL_CHARACTER : 11;
  const stride = LABEL_STRIDES.find((every) => every * cell >= room) ?? domain.length;
  return {
    values: domain.filter((_, i) => i % stride === 0),
    labelOverlap: false,
    // A label that reached beyond its panel would push the next one aside.
    ...(field === 'x' && width > cell && { labelFlush: cell, labelFlushOffset: cell / 2 }),
  };
}

/** An image over the whole of its panel. */
function filling(image: string) {
  return {
    data: { values: [{ image }] },
    mark: { type: 'image' as const, aspect: false, smooth: false },
    encoding: {
      x: { value: 0 },
      x2: { value: 'width' as const },
      y: { value: 0 },
      y2: { value: 'height' as const },
      url: { field: 'image' },
    },
  };
}

/** The scale of all panels, below them. */
function colorBar({ title, domain, scheme }: MatrixPanelsInput['color']) {
  const [low, high] = domain;
  const values = Float64Array.from({ length: BAR }, (_, i) => low + ((high - low) * i) / (BAR - 1));
  return {
    width: 260,
    height: 10,
    layer: [
      filling(heatmapImage([values], [domain], scheme)),
      {
        data: { values: domain.map((value) => ({ value })) },
        mark: { type: 'point', opacity: 0, size: 0 },
        encoding: {
          x: {
            field: 'value',
            type: 'quantitative',
            scale: { domain: [...domain], nice: false, zero: false },
            axis: { title, grid: false, tickCount: 5, titleFontSize: SMALL },
          },
        },
      },
    ],
  };
}
