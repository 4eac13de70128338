import { element, setText } from '../../../figures/page/elements.ts';
import { pageColor } from '../../../figures/page/page-color.ts';
import { brief } from '../../../wording/sentences.ts';
import { canvasPen } from './canvas-pen.ts';
import { ChartLegend } from './chart-legend.ts';
import { chartMenu } from './chart-menu.ts';
import type { ChartContent } from './curve.ts';
import { curvesInWords } from './curves-in-words.ts';
import { drawCurves, MANY, mappings, type PageColors } from './draw-curves.ts';
import { panWith } from './pan-gestures.ts';
import { PlotFrame } from './plot-frame.ts';
import { type Plotted, plotted, type View, viewOf } from './plotted.ts';
import { besides, nearestIndex, nearestTo, type Reading } from './reading.ts';
import { ValueTable } from './value-table.ts';

export const darkScheme = matchMedia('(prefers-color-scheme: dark)');

/** A chart is moved by a quarter of what it shows, and made larger or smaller by half. */
const [PAN, ZOOM] = [0.25, 0.5];
/** What is shown is said once it has stood still for so many milliseconds. */
const SETTLED = 120;
/** While many curves move their extremes are those of columns so many pixels wide. */
const COARSE = 6;
/** No less of the whole axis is ever shown. */
const LEAST_SHARE = 1 / 2000;

export interface CurveChartOptions {
  readonly height: number;
  /** Whether there are buttons below it; keys and pointer do the same. */
  readonly hasMenu?: boolean;
  /** Called when the reader has chosen a range of steps; null for all. */
  readonly onRange?: (range: readonly [number, number] | null) => void;
}

const KEYS =
  'Arrow keys left and right read the values, up and down change the line; plus and minus zoom, shift with an arrow moves, 0 shows all.';

let count = 0;

/**
 * Curves over training steps: read with pointer or keys, enlarged by dragging, keys or buttons, described in words and in a table, and saved
 * as SVG, PNG or CSV.
 */
export class CurveChart {
  readonly element: HTMLElement;
  readonly #options: CurveChartOptions;
  readonly #plotBox = element('div', { className: 'plot', tabIndex: 0 });
  readonly #tip = element('div', { className: 'tip', hidden: true });
  readonly #dot = element('div', { className: 'dot', hidden: true });
  readonly #spoken = element('p', { className: 'reading' });
  readonly #words = element('p', { className: 'says' });
  readonly #legend = new ChartLegend();
  readonly #table = new ValueTable();
  #content: ChartContent | null = null;
  #all: Plotted | null = null;
  #view: View | null = null;
  #frame: PlotFrame | null = null;
  #colors: PageColors = { scheme: 'light', paper: 'white' };
  #reading: Reading | null = null;
  #isMoving = false;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(options: CurveChartOptions) {
    this.#options = options;
    const keys = element('p', { className: 'keys', id: `chart-keys-${++count}`, textContent: KEYS });
    this.#plotBox.setAttribute('role', 'application');
    this.#plotBox.setAttribute('aria-roledescription', 'chart');
    this.#plotBox.setAttribute('aria-describedby', keys.id);
    this.#plotBox.addEventListener('keydown', (event) => this.#press(event));
    this.#plotBox.addEventListener('blur', () => this.#read(null));
    this.#spoken.setAttribute('aria-live', 'polite');
    this.#words.setAttribute('aria-live', 'polite');
    const menu = chartMenu({
      zoom: (factor) => this.#zoom(factor),
      pan: (share) => this.#pan(share),
      reset: () => this.#choose(null),
      shown: () =>
        this.#content === null || this.#all === null
          ? null
          : { content: this.#content, all: this.#all, range: this.#range() },
    });
    this.element = element(
      'div',
      { className: 'curve-chart' },
      ...[
        this.#plotBox,
        this.#spoken,
        ...(options.hasMenu === false ? [] : [menu]),
        this.#legend.element,
        this.#words,
        this.#table.element,
        keys,
      ],
    );
    new ResizeObserver(() => this.#fit()).observe(this.#plotBox);
    darkScheme.addEventListener('change', () => {
      if (this.#content !== null) this.show(this.#content);
    });
  }

  show(content: ChartContent): void {
    this.#content = content;
    const all = plotted(content);
    this.#all = all;
    this.#colors = { scheme: darkScheme.matches ? 'dark' : 'light', paper: pageColor('paper') };
    this.#legend.show(content, all.unplaced, this.#colors.scheme);
    this.#frame?.remove();
    this.#read(null);
    this.#plotBox.replaceChildren();
    this.#frame = new PlotFrame(this.#plotBox, all, content.title, this.#size(), {
      draw: (ctx, ratio, frame) => {
        if (this.#view === null) return;
        ctx.save();
        ctx.beginPath();
        ctx.rect(
          ...([frame.left, frame.top, frame.width, frame.height].map((length) => length * ratio) as [
            number,
            number,
            number,
            number,
          ]),
        );
        ctx.clip();
        // So many curves move smoothly without their marks.
        const hasMarks = !this.#isMoving || content.curves.length <= MANY;
        drawCurves(canvasPen(ctx, ratio), content, all, this.#view, frame, this.#colors, hasMarks);
        ctx.restore();
      },
      point: (at) => this.#point(at),
      select: ([from, to]) => this.#choose([from, to]),
    });
    this.#frame.over.append(this.#dot, this.#tip);
    panWith(this.#frame.over, (pixels) => this.#pan(-pixels / (this.#frame?.frame.width ?? 1)));
    this.#frame.over.addEventListener('dblclick', () => this.#choose(null));
    this.moveTo(content.range);
  }

  /** Shows the curves between two training steps, or all of them. */
  moveTo(range: readonly [number, number] | null): void {
    if (this.#all === null) return;
    this.#move(range === null ? this.#all.whole : (range.map(this.#all.steps.along) as [number, number]));
    this.#say();
  }

  /** Moves what is shown by a share of its width. */
  #pan(share: number): void {
    if (this.#view === null) return;
    const [low, high] = this.#view.x;
    const by = share * (high - low);
    this.#choose([low + by, high + by]);
  }

  #zoom(factor: number): void {
    const { all, view } = { all: this.#all, view: this.#view };
    if (all === null || view === null) return;
    const [low, high] = view.x;
    const middle =
      this.#reading === null ? (low + high) / 2 : all.curves[this.#reading.curve].x[this.#reading.index];
    const share = (middle - low) / (high - low);
    const length = (high - low) * factor;
    this.#choose([middle - share * length, middle + (1 - share) * length]);
  }

  /** Shows a part of the axis, as far as there is one; null for all. */
  #choose(range: readonly [number, number] | null): void {
    const all = this.#all;
    if (all === null) return;
    const [first, last] = all.whole;
    const whole = last - first;
    const [low, high] = range ?? all.whole;
    const length = Math.min(whole, Math.max(high - low, whole * LEAST_SHARE));
    const start = Math.min(Math.max(low, first), last - length);
    this.#isMoving = true;
    this.#move([start, start + length]);
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      this.#isMoving = false;
      if (this.#view !== null) this.#move(this.#view.x);
      this.#frame?.redraw();
      this.#say();
      const isWhole = length >= whole * (1 - 1e-9);
      this.#options.onRange?.(isWhole ? null : this.#range());
    }, SETTLED);
  }

  #move(x: readonly [number, number]): void {
    const { all, frame } = { all: this.#all, frame: this.#frame };
    if (all === null || frame === null) return;
    const column = this.#isMoving && all.curves.length > MANY ? COARSE : 1;
    this.#view = viewOf(all, x, Math.max(1, Math.round(frame.frame.width / column)));
    frame.move(this.#view);
    if (this.#reading !== null) this.#read(this.#reading);
  }

  /** The training steps between which the chart shows curves. */
  #range(): [number, number] {
    const { all, view } = { all: this.#all, view: this.#view };
    if (all === null || view === null) return [0, 0];
    return view.x.map((place) => Number(all.steps.back(place).toPrecision(7))) as [number, number];
  }

  #say(): void {
    if (this.#content === null) return;
    const words = curvesInWords(this.#content, this.#range());
    setText(this.#words, words);
    this.#plotBox.setAttribute('aria-label', words);
    this.#table.show(this.#content, this.#range());
  }

  #press(event: KeyboardEvent): void {
    const { key, shiftKey } = event;
    const actions: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => (shiftKey ? this.#pan(-PAN) : this.#step(-1)),
      ArrowRight: () => (shiftKey ? this.#pan(PAN) : this.#step(1)),
      ArrowUp: () => this.#change(-1),
      ArrowDown: () => this.#change(1),
      '+': () => this.#zoom(ZOOM),
      '=': () => this.#zoom(ZOOM),
      '-': () => this.#zoom(1 / ZOOM),
      '0': () => this.#choose(null),
      Escape: () => (this.#reading === null ? this.#choose(null) : this.#read(null)),
    };
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(actions, key)) return;
    event.preventDefault();
    actions[key]();
  }

  /** To the next measurement of the line that is read. */
  #step(by: 1 | -1): void {
    const { all, view, reading } = { all: this.#all, view: this.#view, reading: this.#reading };
    if (all === null || view === null || all.curves.length === 0) return;
    if (reading === null) {
      const place = view.x[by > 0 ? 0 : 1];
      const curve = all.curves.findIndex((one) => nearestIndex(one, place, view.x) !== null);
      if (curve >= 0)
        this.#read({ curve, index: nearestIndex(all.curves[curve], place, view.x) as number }, true);
      return;
    }
    const index = besides(all.curves[reading.curve], reading.index, by, view.x);
    if (index !== null) this.#read({ ...reading, index }, true);
  }

  /** To the same step of the next line that has a value near it. */
  #change(by: 1 | -1): void {
    const { all, view, reading } = { all: this.#all, view: this.#view, reading: this.#reading };
    if (all === null || view === null) return;
    if (reading === null) {
      this.#step(1);
      return;
    }
    const place = all.curves[reading.curve].x[reading.index];
    const n = all.curves.length;
    for (let k = 1; k < n; k++) {
      const curve = (reading.curve + by * k + n * k) % n;
      const index = nearestIndex(all.curves[curve], place, view.x);
      if (index === null) continue;
      this.#read({ curve, index }, true);
      return;
    }
  }

  #point(at: { readonly left: number; readonly top: number } | null): void {
    if (this.#all === null || this.#view === null || this.#frame === null) return;
    this.#read(at === null ? null : nearestTo(this.#all, this.#view, this.#frame.frame, at));
  }

  /** Shows a measurement's numbers beside it, and the values of all lines there in the legend. */
  #read(reading: Reading | null, isSpoken = false): void {
    this.#reading = reading;
    this.#tip.hidden = reading === null;
    this.#dot.hidden = reading === null;
    const { all, view, frame } = { all: this.#all, view: this.#view, frame: this.#frame };
    if (reading === null || all === null || view === null || frame === null) {
      this.#legend.read(null);
      if (isSpoken) setText(this.#spoken, '');
      return;
    }
    const { curve, x, y } = all.curves[reading.curve];
    const step = curve.steps[reading.index];
    const { width, height } = frame.frame;
    const at = mappings(view, { left: 0, top: 0, width, height });
    const [left, top] = [at.x(x[reading.index]), at.y(y[reading.index])];
    this.#dot.style.transform = `translate(${left}px, ${top}px)`;
    const band =
      curve.band === null
        ? ''
        : `, range ${brief(curve.band.low[reading.index])} to ${brief(curve.band.high[reading.index])}`;
    const value = brief(curve.values[reading.index]);
    this.#tip.replaceChildren(
      element('b', { textContent: curve.label }),
      element('span', { textContent: `step ${brief(step)}: ${value}${band}` }),
    );
    this.#tip.style.left = left < width / 2 ? `${left + 12}px` : '';
    this.#tip.style.right = left < width / 2 ? '' : `${width - left + 12}px`;
    this.#tip.style.top = `${Math.min(Math.max(0, top - 20), Math.max(0, height - 48))}px`;
    this.#legend.read({ step, group: curve.group });
    if (isSpoken) setText(this.#spoken, `${curve.label}, step ${brief(step)}: ${value}${band}`);
  }

  #size(): { readonly width: number; readonly height: number } {
    return { width: Math.max(200, this.#plotBox.clientWidth), height: this.#options.height };
  }

  #fit(): void {
    if (this.#frame === null || this.#view === null || this.#plotBox.clientWidth === 0) return;
    this.#frame.resize(this.#size());
    this.#move(this.#view.x);
  }
}
