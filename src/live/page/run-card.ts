import { layerColors } from '../../figures/page/colors.ts';
import { element, setText } from '../../figures/page/elements.ts';
import { pageColor } from '../../figures/page/page-color.ts';
import { Chart, type StepScale } from './chart.ts';
import { InsidePanel } from './inside-panel.ts';
import { lossData } from './loss-data.ts';
import { shown, standing, stepsDone } from './run-words.ts';
import { drawStretches } from './stretch-overlay.ts';
import type { PageRun } from './study-state.ts';

export interface CardContext {
  readonly metricTitle: string;
  readonly scale: StepScale;
  readonly isDark: boolean;
}

interface LayerRow {
  readonly swatch: HTMLElement;
  readonly value: HTMLElement;
  readonly does: HTMLElement;
}

/** One run: the metric of its layers, its loss and accuracy, and what is confirmed of it in words. */
export class RunCard {
  readonly element: HTMLElement;
  readonly #title = element('h3');
  readonly #standing = element('p', { className: 'muted' });
  readonly #layers = element('ul', { className: 'layers' });
  readonly #metricBox = element('div', { className: 'chart' });
  readonly #lossBox = element('div', { className: 'chart' });
  readonly #metric: Chart;
  readonly #loss: Chart;
  readonly #inside: InsidePanel;
  #rows: LayerRow[] = [];
  #run: PageRun | null = null;
  #hovered: number | null = null;

  constructor(id: string, context: CardContext) {
    this.#inside = new InsidePanel(id);
    this.#metric = new Chart(this.#metricBox, {
      height: 230,
      yTitle: context.metricTitle,
      overlay: (plot) => {
        if (this.#run?.curves != null) drawStretches(plot, this.#run.curves);
      },
      onHover: (index) => {
        this.#hovered = index;
        this.#showValues();
      },
    });
    this.#loss = new Chart(this.#lossBox, { height: 150, yTitle: 'Loss', hasShare: true });
    for (const box of [this.#metricBox, this.#lossBox]) box.setAttribute('role', 'img');
    this.element = element(
      'article',
      { className: 'run' },
      ...[this.#title, this.#standing, this.#metricBox, this.#lossBox, this.#layers, this.#inside.element],
    );
  }

  show(run: PageRun, { scale, isDark, metricTitle }: CardContext): void {
    this.#run = run;
    this.#inside.restyle(scale, isDark);
    const { facts } = run;
    setText(this.#title, facts.run);
    this.element.dataset.run = facts.run;
    this.element.dataset.measurements = String(run.steps.length);
    setText(this.#standing, `${stepsDone(run)}, ${standing(run, Date.now())}`);
    const colors = layerColors(facts.layers.length, isDark);
    this.#arrangeRows(facts.layers, colors);
    this.#showValues();
    this.#metric.draw(
      {
        steps: run.steps,
        lines: run.values.map((values, l) => ({ label: facts.layers[l], color: colors[l], values })),
      },
      scale,
    );
    const { steps, loss, heldOut, accuracy } = lossData(run);
    const [ink, accent, link] = ['ink', 'accent', 'link'].map(pageColor);
    const hasHeldOut = heldOut.some((value) => value !== null);
    this.#loss.draw(
      {
        steps,
        lines: [
          { label: 'training loss', color: ink, values: loss },
          ...(hasHeldOut ? [{ label: 'held-out loss', color: accent, values: heldOut, isSparse: true }] : []),
          { label: 'accuracy', color: link, values: accuracy, isSparse: true, isShare: true },
        ],
      },
      scale,
    );
    const said = this.#rows.map(({ does }, l) => `${facts.layers[l]} ${does.textContent}`).join('. ');
    this.#metricBox.setAttribute('aria-label', `${metricTitle} of every layer of ${facts.run}. ${said}`);
    this.#lossBox.setAttribute('aria-label', lossInWords(run));
  }

  #arrangeRows(layers: readonly string[], colors: readonly string[]): void {
    if (this.#rows.length !== layers.length) {
      this.#rows = layers.map(() => ({
        swatch: element('span', { className: 'swatch' }),
        value: element('span', { className: 'value' }),
        does: element('span', { className: 'does' }),
      }));
      this.#layers.replaceChildren(
        ...this.#rows.map(({ swatch, value, does }, l) =>
          element('li', {}, swatch, element('b', { textContent: layers[l] }), ' ', value, ' ', does),
        ),
      );
    }
    for (const [l, { swatch }] of this.#rows.entries()) swatch.style.background = colors[l];
  }

  #showValues(): void {
    const run = this.#run;
    if (run === null) return;
    const place = this.#hovered ?? run.steps.length - 1;
    for (const [l, { value, does }] of this.#rows.entries()) {
      const at = this.#hovered === null ? '' : ` at step ${run.steps[place]}`;
      setText(value, `${shown(run.values[l]?.[place])}${at}`);
      setText(does, run.curves?.layers[l]?.does ?? 'not described yet');
    }
  }
}

function lossInWords({ loss, facts }: PageRun): string {
  const [, accuracy] = facts.evaluations.at(-1) ?? [];
  return `Loss of ${facts.run}: ${shown(loss[0])} at the beginning, ${shown(loss.at(-1))} now; accuracy ${shown(accuracy)}.`;
}
