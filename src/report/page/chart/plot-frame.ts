import uPlot from 'uplot';
import { CANVAS_FONT } from '../../../figures/page/face.ts';
import { pageColor } from '../../../figures/page/page-color.ts';
import { axisTicks, type Tick } from './axis-scale.ts';
import type { Frame } from './draw-curves.ts';
import type { Plotted, View } from './plotted.ts';

/** Distances between the texts of ticks, and what stands beside the plot, in pixels. */
export const [X_APART, Y_APART] = [36, 22];
export interface FrameEvents {
  /** Draws over the frame; called whenever it has been drawn. */
  readonly draw: (ctx: CanvasRenderingContext2D, ratio: number, frame: Frame) => void;
  /** The pointer is at this place of the plot, in pixels; null where it has left. */
  readonly point: (at: { readonly left: number; readonly top: number } | null) => void;
  /** A part of the axis was dragged over. */
  readonly select: (range: readonly [number, number]) => void;
}

/** Axes, grid, pointer and dragging, by uPlot; curves are drawn over it. Its scales count places along the axes. */
export class PlotFrame {
  readonly #plot: uPlot;

  constructor(
    box: HTMLElement,
    all: Plotted,
    title: string,
    size: { readonly width: number; readonly height: number },
    events: FrameEvents,
  ) {
    const axis = {
      stroke: pageColor('ink'),
      font: CANVAS_FONT,
      labelFont: CANVAS_FONT,
      ticks: { show: false },
    };
    const grid = { stroke: pageColor('line'), width: 1 };
    // Places and texts come together, and uPlot asks for one after the other.
    const asked = (scale: Plotted['steps'], isAcross: boolean) => {
      let found: Tick[] = [];
      return {
        splits: ({ bbox }: uPlot, _: number, low: number, high: number): number[] => {
          const length = (isAcross ? bbox.width : bbox.height) / uPlot.pxRatio;
          found = axisTicks(scale, [low, high], length, isAcross ? X_APART : Y_APART);
          return found.map(({ place }) => place);
        },
        values: (): string[] => found.map(({ text }) => text),
      };
    };
    const asGiven = {
      auto: false,
      range: (_: uPlot, low: number, high: number) => [low, high] as uPlot.Range.MinMax,
    };
    this.#plot = new uPlot(
      {
        ...size,
        legend: { show: false },
        padding: [10, 14, null, null],
        cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
        scales: { x: { time: false, ...asGiven }, y: asGiven },
        axes: [
          {
            ...axis,
            ...asked(all.steps, true),
            ...{ grid: { show: false }, label: 'Training step', labelSize: 18, size: 26 },
          },
          { ...axis, ...asked(all.values, false), ...{ grid, label: title, labelSize: 18, size: 46 } },
        ],
        series: [{}, { paths: () => null, points: { show: false } }],
        hooks: {
          draw: [(plot) => events.draw(plot.ctx, uPlot.pxRatio, frameOf(plot))],
          setCursor: [({ cursor: { left = -1, top = -1 } }) => events.point(left < 0 ? null : { left, top })],
          setSelect: [
            (plot) => {
              const { left, width } = plot.select;
              if (width < 4) return;
              const range = [left, left + width].map((at) => plot.posToVal(at, 'x')) as [number, number];
              plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
              events.select(range);
            },
          ],
        },
      },
      // uPlot asks for data before it has scales; what is drawn is not among them.
      [
        [0, 1],
        [0, 1],
      ],
      box,
    );
  }

  /** What stands over the plot and takes the pointer's events. */
  get over(): HTMLElement {
    return this.#plot.over;
  }

  get frame(): Frame {
    return frameOf(this.#plot);
  }

  move({ x, y }: Pick<View, 'x' | 'y'>): void {
    this.#plot.batch(() => {
      this.#plot.setScale('x', { min: x[0], max: x[1] });
      this.#plot.setScale('y', { min: y[0], max: y[1] });
    });
  }

  redraw(): void {
    this.#plot.redraw(false, false);
  }

  resize(size: { readonly width: number; readonly height: number }): void {
    this.#plot.setSize(size);
  }

  remove(): void {
    this.#plot.destroy();
  }
}

function frameOf({ bbox }: uPlot): Frame {
  const [left, top, width, height] = [bbox.left, bbox.top, bbox.width, bbox.height].map(
    (length) => length / uPlot.pxRatio,
  );
  return { left, top, width, height };
}
