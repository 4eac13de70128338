import { button, element } from '../../../figures/page/elements.ts';
import { chartSvg } from './chart-svg.ts';
import type { ChartContent } from './curve.ts';
import { curvesCsv } from './curves-csv.ts';
import type { Plotted } from './plotted.ts';
import { pngOf, saveFile } from './save-file.ts';

export interface ChartActions {
  readonly zoom: (factor: number) => void;
  readonly pan: (share: number) => void;
  readonly reset: () => void;
  /** What the chart shows, between which training steps. */
  readonly shown: () => {
    readonly content: ChartContent;
    readonly all: Plotted;
    readonly range: readonly [number, number];
  } | null;
}

/** A picture's pixels per pixel of its SVG: 300 dpi at ten inches. */
const PNG_RATIO = 3;

/** The buttons of a chart: what a pointer or keys do over it, and files of what it shows. */
export function chartMenu(actions: ChartActions): HTMLElement {
  const save =
    (ending: string, contentOf: (svg: () => string, csv: () => string) => Promise<Blob> | Blob) =>
    async () => {
      const shown = actions.shown();
      if (shown === null) return;
      const { content, all, range } = shown;
      const [from, to] = range.map(all.steps.along);
      const file = await contentOf(
        () => chartSvg(content, all, [from, to]),
        () => curvesCsv(content, range),
      );
      saveFile(`${fileName(content.subject)}.${ending}`, file);
    };
  return element(
    'div',
    { className: 'controls chart-menu' },
    button('Zoom in', () => actions.zoom(0.5)),
    button('Zoom out', () => actions.zoom(2)),
    button('Earlier', () => actions.pan(-0.25)),
    button('Later', () => actions.pan(0.25)),
    button('Show all steps', actions.reset),
    button(
      'Save SVG',
      save('svg', (svg) => new Blob([svg()], { type: 'image/svg+xml' })),
    ),
    button(
      'Save PNG',
      save('png', (svg) => pngOf(svg(), PNG_RATIO)),
    ),
    button(
      'Save CSV',
      save('csv', (_, csv) => new Blob([csv()], { type: 'text/csv' })),
    ),
  );
}

function fileName(subject: string): string {
  return subject.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80);
}
