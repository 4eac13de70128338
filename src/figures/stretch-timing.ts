import type { TimedLayer, TimedMove } from '../findings/timing/first-moves.ts';
import { logStepScale, logTicks } from './log-steps.ts';
import { shortNames } from './short-names.ts';
import { CATEGORY_COLORS, INK } from './theme.ts';
import type { FigureSpec } from './types.ts';

export interface StretchTimingInput {
  readonly title: string;
  /** First measured step above 0, and the last of all. */
  readonly steps: readonly [first: number, last: number];
  readonly panels: readonly { readonly title: string; readonly layers: readonly TimedLayer[] }[];
}

/** Beyond so many panels they stand side by side. */
const MOST_ROWS = 3;
const HALF_HEIGHT = 3.5;
const DIRECTIONS = { domain: ['rise', 'fall'], range: [CATEGORY_COLORS[1], CATEGORY_COLORS[0]] };

/**
 * When layers rise and fall, on a logarithmic step axis: a bar from the beginning of each movement to its end, pale where it does not
 * hold over all curves of the study, with a ring where it is half-way and a line for the interval of that. Layers in network order.
 */
export function stretchTimingSpec({ title, steps: [first, last], panels }: StretchTimingInput): FigureSpec {
  const columns = panels.length > MOST_ROWS ? 2 : 1;
  const isBanded = panels.some(({ layers }) =>
    layers.some(({ moves }) => moves.some(({ overSeeds }) => overSeeds !== null)),
  );
  return {
    title: {
      text: title,
      subtitle: `Bars: from beginning to end, pale where it does not hold; rings: half-way, with ${isBanded ? 'the 95 % interval over seeds' : 'the steps between which that lies'}`,
    },
    columns,
    spacing: { row: 26, column: 24 },
    concat: panels.map(({ title: name, layers }, p) => {
      const names = shortNames(layers.map(({ layer }) => layer));
      const labels = layers.map(({ depth }, l) => `${depth} · ${names[l]}`);
      const rows = layers.flatMap(({ moves }, l) => moves.map((move) => rowOf(move, labels[l])));
      const x = {
        type: 'quantitative',
        scale: logStepScale(first, [0, last]),
        axis: {
          title: p + columns >= panels.length ? 'Training step' : null,
          values: logTicks(first, last),
          grid: false,
        },
      };
      return {
        // From the names on: a title over the plot alone would push its neighbor away.
        title: { text: name, fontWeight: 'normal', offset: 4, frame: 'bounds' },
        width: columns === 1 ? 440 : 180,
        height: { step: 19 },
        data: { values: rows },
        encoding: {
          y: {
            field: 'layer',
            type: 'nominal',
            scale: { domain: labels },
            axis: { title: null, grid: true, labelOverlap: false },
          },
        },
        layer: [
          {
            mark: { type: 'rule', strokeWidth: 2 * HALF_HEIGHT, clip: true },
            encoding: {
              ...{ x: { ...x, field: 'from' }, x2: { field: 'to' } },
              color: {
                field: 'kind',
                type: 'nominal',
                scale: DIRECTIONS,
                legend: { title: null, orient: 'bottom', direction: 'horizontal', symbolOpacity: 1 },
              },
              opacity: { field: 'opacity', type: 'quantitative', scale: null },
            },
          },
          {
            mark: { type: 'rule', color: INK, strokeWidth: 1.2, clip: true },
            encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } },
          },
          {
            mark: {
              type: 'point',
              filled: true,
              fill: 'white',
              stroke: INK,
              strokeWidth: 1.2,
              size: 30,
              opacity: 1,
            },
            encoding: { x: { ...x, field: 'half' } },
          },
        ],
      };
    }),
  } as unknown as FigureSpec;
}

function rowOf({ kind, from, to, half, interval, holds }: TimedMove, layer: string) {
  const [low, high] = interval ?? [half, half];
  // An interval over seeds may reach below step 0.
  return { layer, kind, from, to, half, low: Math.max(0, low), high, opacity: holds ? 0.9 : 0.3 };
}
