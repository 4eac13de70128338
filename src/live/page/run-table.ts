import { element, setText } from '../../figures/page/elements.ts';
import { percent, shareDone, shown, standing, stepsDone } from './run-words.ts';
import type { PageRun, StudyState } from './study-state.ts';

interface Row {
  readonly element: HTMLTableRowElement;
  readonly box: HTMLInputElement;
  readonly cells: readonly HTMLTableCellElement[];
  readonly bar: HTMLProgressElement;
  /** Whether the reader, or the page when the run began, has said if it is drawn. */
  isDecided: boolean;
}

/** The runs of the study, and which of them are drawn. */
export class RunTable {
  readonly #body: HTMLElement;
  readonly #onChoice: () => void;
  readonly #rows = new Map<string, Row>();

  constructor(body: HTMLElement, onChoice: () => void) {
    this.#body = body;
    this.#onChoice = onChoice;
  }

  /** Runs whose box is checked, in study order. */
  get chosen(): string[] {
    return [...this.#rows].filter(([, { box }]) => box.checked).map(([id]) => id);
  }

  /** @param draw whether a run that has begun is drawn, unless the reader says otherwise. */
  show({ study, runs }: StudyState, draw: (id: string) => boolean): void {
    const ids = study?.runs ?? [];
    for (const [id, row] of this.#rows) {
      if (ids.includes(id)) continue;
      row.element.remove();
      this.#rows.delete(id);
    }
    for (const id of ids) {
      const row = this.#rows.get(id) ?? this.#add(id);
      if (!row.isDecided && runs.has(id)) {
        row.box.checked = draw(id);
        row.isDecided = true;
      }
      fill(row, runs.get(id) ?? null);
    }
  }

  #add(id: string): Row {
    const box = element('input', { type: 'checkbox' });
    box.setAttribute('aria-label', `Draw ${id}`);
    const bar = element('progress', { max: 1, value: 0 });
    bar.setAttribute('aria-label', `Steps done of ${id}`);
    const cells = Array.from({ length: 5 }, (_, i) => element('td', { className: i < 2 ? '' : 'number' }));
    const row = element(
      'tr',
      {},
      element('td', {}, box),
      element('th', { textContent: id, scope: 'row' }),
      element('td', {}, bar),
      ...cells,
    );
    const made = { element: row, box, bar, cells, isDecided: false };
    box.addEventListener('change', () => {
      made.isDecided = true;
      this.#onChoice();
    });
    this.#rows.set(id, made);
    this.#body.append(row);
    return made;
  }
}

function fill({ bar, cells }: Row, run: PageRun | null): void {
  bar.value = run === null ? 0 : shareDone(run);
  const evaluated = run?.facts.evaluations.at(-1);
  const texts =
    run === null
      ? ['', 'not begun', '–', '–', '–']
      : [
          stepsDone(run),
          standing(run, Date.now()),
          shown(run.loss.at(-1)),
          shown(evaluated?.[2]),
          percent(evaluated?.[1]),
        ];
  for (const [i, text] of texts.entries()) setText(cells[i], text);
}
