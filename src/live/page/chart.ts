import uPlot from 'uplot';
import { logTicks, roundNumbers } from '../../figures/log-steps.ts';
import { CANVAS_FONT } from '../../figures/page/face.ts';
import { pageColor } from '../../figures/page/page-color.ts';
import { shortNumber } from '../../figures/page/short-number.ts';
import type { Known } from '../messages.ts';

export interface ChartLine {
  readonly label: string;
  readonly color: string;
  readonly values: readonly Known[];
  /** Points with gaps between them, rather than a line through all. */
  readonly isSparse?: boolean;
  /** On an axis from 0 to 1 at the right. */
  readonly isShare?: boolean;
}

export interface ChartData {
  readonly steps: readonly number[];
  readonly lines: readonly ChartLine[];
}

export interface ChartOptions {
  readonly height: number;
  readonly yTitle: string;
  /** `Training step` if absent. */
  readonly xTitle?: string;
  readonly hasShare?: boolean;
  /** Draws over the lines. */
  readonly overlay?: (plot: uPlot) => void;
  /** Called with the place of the measurement under the pointer; null where there is none. */
  readonly onHover?: (index: number | null) => void;
}

/** Steps of the axis: logarithmic from the first one above 0, or even. */
export type StepScale = 'log' | 'linear';

/** Width of the axis of shares, at the right. */
const SHARE_AXIS = 38;

/** A chart over training steps that grows; made anew only where its lines or colors change. */
export class Chart {
  readonly element: HTMLElement;
  readonly #options: ChartOptions;
  readonly #resizes: ResizeObserver;
  #plot: uPlot | null = null;
  #shape = '';

  constructor(element: HTMLElement, options: ChartOptions) {
    this.element = element;
    this.#options = options;
    this.#resizes = new ResizeObserver(() => this.#plot?.setSize(this.#size()));
    this.#resizes.observe(element);
  }

  /** Leaves nothing behind. */
  close(): void {
    this.#resizes.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
  }

  draw({ steps, lines }: ChartData, scale: StepScale): void {
    const data = [steps, ...lines.map(({ values }) => values)] as uPlot.AlignedData;
    const known = lines.flatMap(({ values, isShare = false }) =>
      isShare ? [] : values.filter((value) => value !== null),
    );
    // Of nothing known there is no range, which a logarithmic axis has to have.
    const isLog = known.length > 0 && known.every((value) => value > 0);
    const shape = JSON.stringify([
      lines.map(({ label, color, isSparse, isShare }) => [label, color, isSparse, isShare]),
      ...[scale, isLog, this.#options.yTitle, firstAboveZero(steps), pageColor('ink')],
    ]);
    if (this.#plot !== null && shape === this.#shape) {
      this.#plot.setData(data);
      return;
    }
    this.#plot?.destroy();
    this.#shape = shape;
    this.#plot = new uPlot(this.#settings(steps, lines, scale, isLog), data, this.element);
  }

  #size(): { width: number; height: number } {
    return { width: Math.max(200, this.element.clientWidth), height: this.#options.height };
  }

  #settings(
    steps: readonly number[],
    lines: readonly ChartLine[],
    scale: StepScale,
    isLog: boolean,
  ): uPlot.Options {
    const { xTitle = 'Training step', yTitle, hasShare = false, overlay, onHover } = this.#options;
    const first = firstAboveZero(steps);
    const axis = {
      stroke: pageColor('ink'),
      font: CANVAS_FONT,
      labelFont: CANVAS_FONT,
      ticks: { show: false },
    };
    const grid = { stroke: pageColor('line'), width: 1 };
    const logSteps = scale === 'log';
    return {
      ...this.#size(),
      legend: { show: false },
      // Charts of one run stand below each other on one axis.
      padding: [10, hasShare ? null : SHARE_AXIS, null, null],
      cursor: { y: false, drag: { x: true, y: false } },
      scales: {
        x: {
          time: false,
          ...(logSteps && { distr: 4, asinh: first }),
          range: (_, low, high) => [logSteps ? 0 : low, Math.max(high, first)],
        },
        y: isLog
          ? { distr: 3, range: (_, low, high) => [low / 1.08, high * 1.08] }
          : {
              range: (_, low, high) => {
                const margin = (high - low || Math.abs(high) || 1) * 0.05;
                return [low - margin, high + margin];
              },
            },
        ...(hasShare && { share: { range: [0, 1] as uPlot.Range.MinMax } }),
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          label: xTitle,
          labelSize: 18,
          size: 26,
          values: (_, ticks) => ticks.map(shortNumber),
          ...(logSteps && {
            splits: (plot: uPlot) => logTicks(first, plot.scales.x.max ?? first),
            filter: (_: uPlot, ticks: number[]) => ticks,
          }),
        },
        {
          ...axis,
          grid,
          label: yTitle,
          labelSize: 18,
          size: 44,
          values: (_, ticks) => ticks.map(shortNumber),
          ...(isLog && {
            splits: (_plot: uPlot, _axis: number, low: number, high: number) => roundNumbers([low, high]),
            filter: (_: uPlot, ticks: number[]) => ticks,
          }),
        },
        ...(hasShare
          ? [
              {
                ...axis,
                scale: 'share',
                side: 1 as const,
                grid: { show: false },
                size: SHARE_AXIS,
              },
            ]
          : []),
      ],
      series: [
        {},
        ...lines.map(({ label, color, isSparse = false, isShare = false }) => ({
          label,
          ...{ stroke: color, width: 1.3, spanGaps: isSparse },
          scale: isShare ? 'share' : 'y',
          points: { show: isSparse, size: 4, fill: color },
        })),
      ],
      hooks: {
        ...(overlay !== undefined && { draw: [overlay] }),
        ...(onHover !== undefined && { setCursor: [(plot: uPlot) => onHover(plot.cursor.idx ?? null)] }),
      },
    };
  }
}

function firstAboveZero(steps: readonly number[]): number {
  return steps.find((step) => step > 0) ?? 1;
}
