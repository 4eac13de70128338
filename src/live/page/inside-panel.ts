import { layerColors } from '../../figures/page/colors.ts';
import { element, setText } from '../../figures/page/elements.ts';
import type { InsideMessage } from '../messages.ts';
import { Chart, type StepScale } from './chart.ts';

/** Milliseconds between two looks, while somebody looks. */
const LOOK = 2000;

/** So many checkpoints are named one by one. */
const MOST_NAMED = 12;

/** What a run has inside: spectra, weights, heads; asked for while it is open. */
export class InsidePanel {
  readonly element = element('details', { className: 'inside' });
  readonly #run: string;
  readonly #choice = element('select');
  readonly #checkpoints = element('p', { className: 'muted' });
  readonly #box = element('div', { className: 'chart' });
  readonly #key = element('p', { className: 'key' });
  #chart: { readonly titles: string; readonly chart: Chart } | null = null;
  #shown: InsideMessage | null = null;
  #scale: StepScale = 'log';
  #isDark = false;
  #asking = false;
  #timer = 0;

  constructor(run: string) {
    this.#run = run;
    this.#choice.setAttribute('aria-label', `What is inside ${run}`);
    this.#box.setAttribute('role', 'img');
    this.element.append(
      element('summary', {}, 'Inside: spectra, weights, checkpoints'),
      element('p', {}, this.#choice),
      ...[this.#box, this.#key, this.#checkpoints],
    );
    this.element.addEventListener('toggle', () => this.#follow());
    this.#choice.addEventListener('change', () => void this.#ask());
  }

  /** Draws anew where the page looks otherwise than before. */
  restyle(scale: StepScale, isDark: boolean): void {
    if (scale === this.#scale && isDark === this.#isDark) return;
    [this.#scale, this.#isDark] = [scale, isDark];
    this.#draw();
  }

  #follow(): void {
    clearInterval(this.#timer);
    if (!this.element.open) return;
    void this.#ask();
    this.#timer = setInterval(() => {
      if (!this.element.isConnected) clearInterval(this.#timer);
      else if (!document.hidden) void this.#ask();
    }, LOOK);
  }

  async #ask(): Promise<void> {
    // Asked once more when the answer is there, if something else was chosen meanwhile.
    if (this.#asking) return;
    this.#asking = true;
    const wanted = this.#choice.value;
    try {
      const answer = await fetch(`/inside?${new URLSearchParams({ run: this.#run, show: wanted })}`);
      const inside = answer.ok ? ((await answer.json()) as InsideMessage) : null;
      if (inside !== null && this.#choice.value === wanted) {
        this.#shown = inside;
        this.#draw();
      }
    } catch {
      // The server is gone, which the page says above; what was seen last stays.
    } finally {
      this.#asking = false;
    }
    if (this.#choice.value !== wanted && this.#shown?.chosen !== this.#choice.value) void this.#ask();
  }

  #draw(): void {
    const inside = this.#shown;
    if (inside === null) return;
    this.#offer(inside);
    setText(this.#checkpoints, inWords(inside));
    this.#box.hidden = inside.chosen === null;
    const colors = layerColors(inside.lines.length, this.#isDark);
    this.#key.replaceChildren(
      ...inside.lines.flatMap(({ label }, l) => {
        const swatch = element('span', { className: 'swatch' });
        swatch.style.background = colors[l];
        return [swatch, `${label} `];
      }),
    );
    if (inside.chosen === null) return;
    this.#box.setAttribute('aria-label', `${inside.yTitle} of ${inside.lines.length} parts of ${inside.run}`);
    const titles = `${inside.xTitle}|${inside.yTitle}`;
    if (this.#chart?.titles !== titles) {
      this.#chart?.chart.close();
      this.#box.replaceChildren();
      const { xTitle, yTitle } = inside;
      this.#chart = { titles, chart: new Chart(this.#box, { height: 200, xTitle, yTitle }) };
    }
    const lines = inside.lines.map(({ label, values }, l) => ({ label, values, color: colors[l] }));
    this.#chart.chart.draw({ steps: inside.x, lines }, this.#scale);
  }

  #offer({ choices, chosen }: InsideMessage): void {
    const offered = [...this.#choice.options].map(({ value }) => value);
    if (offered.join('\n') !== choices.map(({ id }) => id).join('\n')) {
      this.#choice.replaceChildren(
        ...choices.map(({ id, title }) => element('option', { value: id, textContent: title })),
      );
    }
    if (chosen !== null) this.#choice.value = chosen;
    this.#choice.hidden = choices.length === 0;
  }
}

function inWords({ step, more, checkpoints }: InsideMessage): string {
  const sentences = [
    ...(step === null ? [] : [`As of step ${step}.`]),
    ...(more === 0 ? [] : [`${more} more are left out.`]),
    checkpointsInWords(checkpoints),
  ];
  return sentences.join(' ');
}

function checkpointsInWords(steps: readonly number[]): string {
  if (steps.length === 0) return 'No checkpoints.';
  const named = steps.slice(-MOST_NAMED).join(', ');
  const count = steps.length === 1 ? '1 checkpoint' : `${steps.length} checkpoints`;
  return steps.length > MOST_NAMED ? `${count}, the last at steps ${named}.` : `${count}, at steps ${named}.`;
}
