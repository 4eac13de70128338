import { element, setText } from '../../../figures/page/elements.ts';
import { brief, counted } from '../../../wording/sentences.ts';
import { smoothingNote } from './chart-svg.ts';
import type { ChartContent, ColorGroup } from './curve.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** What the colors mean, what is marked and how lines came about; with the values at the step that is read. */
export class ChartLegend {
  readonly element = element('div', { className: 'legend' });
  readonly #list = element('ul');
  readonly #notes = element('p', { className: 'muted' });
  #content: Pick<ChartContent, 'curves' | 'groups'> | null = null;
  #values: HTMLElement[] = [];

  constructor() {
    this.element.append(this.#list, this.#notes);
  }

  show(content: ChartContent, unplaced: number, scheme: 'light' | 'dark'): void {
    this.#content = content;
    this.#values = content.groups.map(() => element('span', { className: 'value' }));
    this.#list.replaceChildren(
      ...content.groups.map((group, g) =>
        element('li', {}, swatch(group, scheme), group.label, ' ', this.#values[g]),
      ),
    );
    const { curves, smoothing } = content;
    const notes = [
      curves.some(({ marks }) => marks !== null)
        ? 'Heavy: rises and falls; upright ticks: jumps; rings: turning points, all as the analysis tells them.'
        : '',
      curves.some(({ band }) => band !== null)
        ? 'Lines are means over runs, bands reach from the lowest to the highest.'
        : '',
      smoothing > 1 ? smoothingNote(smoothing) : '',
      unplaced > 0
        ? `${counted(unplaced, 'value')} of 0 or less ${unplaced === 1 ? 'has' : 'have'} no place on the logarithmic axis.`
        : '',
    ];
    setText(this.#notes, notes.filter((note) => note !== '').join(' '));
  }

  /** Writes the values at a step beside each color, and marks the one that is read. */
  read(at: { readonly step: number; readonly group: number } | null): void {
    const content = this.#content;
    if (content === null) return;
    for (const [g, place] of this.#values.entries()) {
      setText(place, at === null ? '' : valuesAt(content, g, at.step));
      place.parentElement?.classList.toggle('read', g === at?.group);
    }
  }
}

function valuesAt({ curves }: Pick<ChartContent, 'curves'>, group: number, step: number): string {
  const values = curves.flatMap((curve) => {
    const value = curve.group === group ? curve.values[curve.steps.indexOf(step)] : undefined;
    return value === undefined || !Number.isFinite(value) ? [] : [value];
  });
  if (values.length === 0) return '';
  const [low, high] = [Math.min(...values), Math.max(...values)].map(brief);
  return low === high ? low : `${low} to ${high}`;
}

/** A piece of the line, dashes and all. */
function swatch({ color, dash }: ColorGroup, scheme: 'light' | 'dark'): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const line = document.createElementNS(SVG, 'path');
  const set = (target: Element, values: Readonly<Record<string, string>>): void => {
    for (const [name, value] of Object.entries(values)) target.setAttribute(name, value);
  };
  set(svg, { width: '24', height: '10', viewBox: '0 0 24 10', 'aria-hidden': 'true' });
  set(line, { d: 'M0 5H24', stroke: color[scheme], 'stroke-width': '3', 'stroke-dasharray': dash.join(' ') });
  svg.append(line);
  return svg;
}
