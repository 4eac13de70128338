import { plainLine } from '../../../errors/plain-text.ts';
import { button, element, setText } from '../../../figures/page/elements.ts';
import type { StudyData } from '../../study-data.ts';
import type { ViewState } from '../view-state.ts';
import type { ViewStore } from '../view-store.ts';
import { CheckList } from './check-list.ts';
import { type Choice, choice } from './choice.ts';
import { facetsOf, facetTitle, filteredRuns, levelsOf, SHOWN_AT_FIRST, shownRuns } from './run-filter.ts';

/** Which runs the chart shows: by what their names have in them, by their levels, one by one. */
export class RunChooser {
  readonly element: HTMLElement;
  readonly #study: StudyData;
  readonly #search = element('input', { type: 'search', name: 'search' });
  readonly #facets: (readonly [string, Choice])[];
  readonly #list: CheckList;
  readonly #count = element('output');

  constructor(study: StudyData, store: ViewStore) {
    this.#study = study;
    // Filters choose anew: runs that were chosen one by one may not be among those they leave.
    this.#search.addEventListener('input', () => store.change({ search: this.#search.value, runs: null }));
    this.#facets = [...facetsOf(study)].map(([name, of]) => [
      name,
      choice(
        facetTitle(name),
        `where-${name}`,
        [['', 'all'], ...levelsOf(study.runs, of).map((level) => [level, plainLine(level)] as const)],
        (level) => {
          const where = new Map(store.view.where);
          if (level === '') where.delete(name);
          else where.set(name, level);
          store.change({ where, runs: null });
        },
      ),
    ]);
    this.#list = new CheckList('Runs', (ids) => {
      const listed = new Set(filteredRuns(study, store.view).map((r) => study.runs[r].id));
      const others = shownRuns(study, store.view).map((r) => study.runs[r].id);
      store.change({ runs: [...others.filter((id) => !listed.has(id)), ...ids] });
    });
    const showing = (label: string, runs: () => string[] | null): HTMLButtonElement =>
      button(label, () => store.change({ runs: runs() }));
    const filtered = (): string[] => filteredRuns(study, store.view).map((r) => study.runs[r].id);
    this.element = element(
      'div',
      { className: 'chooser' },
      element(
        'div',
        { className: 'controls' },
        element('label', {}, 'Runs with ', this.#search),
        ...this.#facets.map(([, made]) => made.element),
        showing('Show all of these', filtered),
        showing('Show none', () => []),
        showing(`Show the first ${SHOWN_AT_FIRST}`, () => null),
      ),
      element('details', {}, element('summary', {}, 'Choose runs one by one'), this.#list.element),
      element('p', { className: 'muted' }, this.#count),
    );
    this.#count.setAttribute('aria-live', 'polite');
  }

  show(view: ViewState): void {
    const { runs } = this.#study;
    const [filtered, shown] = [filteredRuns(this.#study, view), new Set(shownRuns(this.#study, view))];
    if (this.#search.value !== view.search) this.#search.value = view.search;
    for (const [name, made] of this.#facets) made.show(view.where.get(name) ?? '');
    this.#list.show(
      filtered.map((r) => ({ value: runs[r].id, label: plainLine(runs[r].id), isChecked: shown.has(r) })),
    );
    const rest = runs.length - shown.size;
    const match =
      filtered.length === runs.length ? '' : `; ${filtered.length} of ${runs.length} match the filters`;
    setText(
      this.#count,
      `Shown ${shown.size} of ${runs.length} runs${match}${rest > 0 ? ', the rest hidden' : ''}.`,
    );
  }
}
