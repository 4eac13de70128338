import { ACCENT, LINE, NULL_LINE, PANEL_WIDTH } from './theme.ts';
import type { FigureSpec } from './types.ts';

/** A time during which one run knows one class. */
export interface ClassTime {
  readonly name: string;
  readonly run: string;
  readonly acquired: number;
  /** Null for a class that is known to the end. */
  readonly forgotten: number | null;
}

export interface ClassTimesInput {
  readonly title: string;
  readonly subtitle?: string;
  /** Every class, those that are never acquired too. */
  readonly classes: readonly string[];
  readonly times: readonly ClassTime[];
  readonly lastStep: number;
}

/**
 * When each class is acquired and forgotten: a dot where a run acquires it, a cross where it forgets it, a line while it is known.
 * Classes stand in the order of their median acquisition.
 *
 * @example
 * classTimesSpec({ title: 'Classes', classes: ['0'], times: [{ name: '0', run: 'a', acquired: 40, forgotten: null }], lastStep: 100 });
 */
export function classTimesSpec({ title, subtitle, classes, times, lastStep }: ClassTimesInput): FigureSpec {
  const firstOf = (name: string): number => {
    const steps = [...new Set(times.map(({ run }) => run))]
      .map((run) => times.find((time) => time.run === run && time.name === name)?.acquired ?? Infinity)
      .sort((a, b) => a - b);
    return steps[Math.floor((steps.length - 1) / 2)] ?? Infinity;
  };
  const order = [...classes].sort(
    (a, b) => firstOf(a) - firstOf(b) || classes.indexOf(a) - classes.indexOf(b),
  );
  const runs = [...new Set(times.map(({ run }) => run))];
  const rows = times.map(({ name, run, acquired, forgotten }) => ({
    ...{ name, run, acquired, end: forgotten ?? lastStep },
  }));
  const y = {
    field: 'name',
    type: 'ordinal',
    scale: { domain: order },
    axis: { title: 'Class', grid: false },
  };
  const yOffset =
    runs.length > 1
      ? { yOffset: { field: 'run', type: 'nominal', scale: { domain: runs, paddingInner: 0.4 } } }
      : {};
  const x = (field: string) => ({
    field,
    type: 'quantitative',
    scale: { domain: [0, lastStep], nice: false },
    axis: { title: 'Training step' },
  });
  const lost = times.filter(({ forgotten }) => forgotten !== null);
  return {
    title: subtitle === undefined ? title : { text: title, subtitle },
    width: PANEL_WIDTH,
    height: runs.length > 1 ? { step: Math.max(5, 26 / runs.length), for: 'offset' } : { step: 24 },
    layer: [
      {
        data: { values: rows },
        mark: { type: 'rule', strokeWidth: 1.4, color: NULL_LINE },
        encoding: { x: x('acquired'), x2: { field: 'end' }, y, ...yOffset },
      },
      {
        data: { values: rows },
        mark: { type: 'point', filled: true, size: 42, color: LINE, opacity: 1 },
        encoding: { x: x('acquired'), y, ...yOffset },
      },
      ...(lost.length === 0
        ? []
        : [
            {
              data: { values: lost.map(({ name, run, forgotten }) => ({ name, run, forgotten })) },
              mark: {
                type: 'point',
                shape: 'cross',
                filled: true,
                size: 60,
                color: ACCENT,
                angle: 45,
                opacity: 1,
              },
              encoding: { x: x('forgotten'), y, ...yOffset },
            },
          ]),
    ],
  } as FigureSpec;
}
