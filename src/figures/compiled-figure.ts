import * as vega from 'vega';
import { compile } from 'vega-lite';
import type { FigureStyle } from './styles.ts';
import type { FigureSpec } from './types.ts';

/** What a chart in the page may tell its makers; a warning here is a fault in a specification. */
export const silent = vega.logger(vega.Error);

/** Vega's own words for a title, as far as they are read here. */
export interface Title {
  readonly text?: string | readonly string[];
  readonly subtitle?: string | readonly string[];
}

/** A chart as Vega draws it. */
export interface CompiledFigure {
  /** Vega's specification; its rows are those below. */
  readonly chart: vega.Spec;
  readonly dataflow: vega.Runtime;
  /** By the names that the specification has for them. */
  readonly rows: ReadonlyMap<string, readonly object[]>;
  /** Words for the two signals of a title that is set when it is known where it begins; null where the chart sets its own outer size, or has none. */
  readonly title: Title | null;
}

/** Signals that hold the lines of a title. */
export const [TITLE, SUBTITLE] = ['figureTitle', 'figureSubtitle'];

/**
 * A figure's specification compiled. The figures of hundreds of runs differ in rows and titles: what has the same frame is compiled once, which is half
 * of what drawing costs.
 */
export function compiledFigure(spec: FigureSpec, style: FigureStyle): CompiledFigure {
  const rows = new Map<string, readonly object[]>();
  const words = titleOf(spec);
  const parted = withoutRows(spec, rows) as FigureSpec;
  const frame = words === null ? parted : ({ ...parted, title: withoutWords(parted) } as FigureSpec);
  const { chart, dataflow } = compiledFrame(frame, style);
  const known = new Set(chart.data?.map(({ name }) => name));
  return { chart, dataflow, rows: new Map([...rows].filter(([name]) => known.has(name))), title: words };
}

type CompiledFrame = Pick<CompiledFigure, 'chart' | 'dataflow'>;

/** By style and frame, the one used last at the end. */
const frames = new Map<FigureStyle, Map<string, CompiledFrame>>();
const MOST_FRAMES = 24;

function compiledFrame(frame: FigureSpec, style: FigureStyle): CompiledFrame {
  const known = frames.get(style) ?? new Map<string, CompiledFrame>();
  frames.set(style, known);
  const key = JSON.stringify(frame, (_, value) =>
    typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value,
  );
  const found = known.get(key) ?? compiled(frame, style);
  known.delete(key);
  known.set(key, found);
  if (known.size > MOST_FRAMES) known.delete(known.keys().next().value as string);
  return found;
}

function compiled(frame: FigureSpec, style: FigureStyle): CompiledFrame {
  const { spec } = compile(frame, { config: style.config, logger: silent });
  const chart = titleOf(frame) === null ? spec : withOpenTitle(spec);
  return { chart, dataflow: vega.parse(chart) };
}

/** The words of a title that can be set later. */
function titleOf({ title, autosize }: FigureSpec): Title | null {
  const isSized = typeof autosize === 'object' && 'type' in autosize && autosize.type === 'fit';
  if (isSized || title === undefined) return null;
  const words = (typeof title === 'string' || Array.isArray(title) ? { text: title } : title) as Title;
  return words.text === undefined || words.text.length === 0 ? null : words;
}

/** Some words, so that there is a title. */
function withoutWords({ title }: FigureSpec): object {
  const isBare = typeof title === 'string' || Array.isArray(title);
  const { text: _, subtitle, ...rest } = (isBare ? {} : title) as Title;
  return { ...rest, text: TITLE, ...(subtitle === undefined ? {} : { subtitle: SUBTITLE }) };
}

/** The chart with an empty title that can be filled when it is known where it begins. */
function withOpenTitle(chart: vega.Spec): vega.Spec {
  const title = chart.title as Title;
  const subtitle = title.subtitle === undefined ? {} : { subtitle: { signal: SUBTITLE } };
  return {
    ...chart,
    title: { ...title, text: { signal: TITLE }, ...subtitle } as vega.Title,
    signals: [...(chart.signals ?? []), { name: TITLE, value: '' }, { name: SUBTITLE, value: '' }],
  };
}

/** A specification with names in place of its rows. @param rows collects them. */
function withoutRows(part: unknown, rows: Map<string, readonly object[]>): unknown {
  if (Array.isArray(part)) return part.map((one) => withoutRows(one, rows));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => {
      if (key !== 'data' || !Array.isArray(value?.values)) return [key, withoutRows(value, rows)];
      const name = `rows_${rows.size}`;
      rows.set(name, value.values);
      const { values: _, ...rest } = value;
      return [key, { ...rest, name }];
    }),
  );
}
