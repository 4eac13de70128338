import { element } from '../../../figures/page/elements.ts';

export interface CheckItem {
  readonly value: string;
  readonly label: string;
  readonly isChecked: boolean;
}

/** Many things to choose several of, in a box of its own that scrolls. */
export class CheckList {
  readonly element: HTMLFieldSetElement;
  readonly #box = element('div', { className: 'checks' });
  readonly #onChoose: (values: string[]) => void;
  #shown = '';

  /** @param onChoose called with all values that are checked. */
  constructor(legend: string, onChoose: (values: string[]) => void) {
    this.#onChoose = onChoose;
    this.element = element('fieldset', {}, element('legend', { textContent: legend }), this.#box);
    this.#box.addEventListener('change', () => {
      const boxes = [...this.#box.querySelectorAll('input')];
      this.#onChoose(boxes.filter(({ checked }) => checked).map(({ value }) => value));
    });
  }

  show(items: readonly CheckItem[]): void {
    // Boxes stay where only checks differ, and so does the reader's place among them.
    const shown = JSON.stringify(items.map(({ value }) => value));
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.#box.replaceChildren(
        ...items.map(({ value, label }) =>
          element('label', {}, element('input', { type: 'checkbox', value }), ` ${label}`),
        ),
      );
    }
    for (const [i, box] of [...this.#box.querySelectorAll('input')].entries()) {
      box.checked = items[i].isChecked;
    }
  }
}
