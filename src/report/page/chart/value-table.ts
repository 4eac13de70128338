import { element } from '../../../figures/page/elements.ts';
import { brief } from '../../../wording/sentences.ts';
import type { Curve } from './curve.ts';
import { shownValues, type ValueAt } from './shown-values.ts';

/** Rows beyond these are in the CSV. */
const MOST_ROWS = 200;

/** The numbers of a chart as a table, made once somebody opens it. */
export class ValueTable {
  readonly element = element('details', { className: 'values' });
  readonly #place = element('div', { className: 'scroll', tabIndex: 0 });
  #shown: readonly [readonly Curve[], readonly [number, number]] | null = null;

  constructor() {
    this.#place.setAttribute('role', 'region');
    this.#place.setAttribute('aria-label', 'Values of the chart');
    this.element.append(element('summary', { textContent: 'Values as a table' }), this.#place);
    this.element.addEventListener('toggle', () => this.#fill());
  }

  show(curves: readonly Curve[], range: readonly [number, number]): void {
    this.#shown = [curves, range];
    this.#fill();
  }

  #fill(): void {
    if (!this.element.open || this.#shown === null) return;
    const rows = shownValues(...this.#shown);
    const names = ['Line', 'First', 'Lowest', 'at step', 'Highest', 'at step', 'Last'];
    const number = (text: string): HTMLElement => element('td', { className: 'number', textContent: text });
    const extreme = ({ step, value }: ValueAt): HTMLElement[] => [number(brief(value)), number(brief(step))];
    this.#place.replaceChildren(
      element(
        'table',
        {},
        element('caption', {
          textContent:
            rows.length > MOST_ROWS ? `${MOST_ROWS} of ${rows.length} lines; the CSV has all.` : '',
        }),
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            ...names.map((name, i) =>
              element('th', { scope: 'col', textContent: name, className: i === 0 ? '' : 'number' }),
            ),
          ),
        ),
        element(
          'tbody',
          {},
          ...rows
            .slice(0, MOST_ROWS)
            .map(({ curve, first, last, lowest, highest }) =>
              element(
                'tr',
                {},
                element('th', { scope: 'row', textContent: curve.label }),
                number(brief(first.value)),
                ...extreme(lowest),
                ...extreme(highest),
                number(brief(last.value)),
              ),
            ),
        ),
      ),
    );
  }
}
