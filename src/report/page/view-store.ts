import type { StudyData } from '../study-data.ts';
import { knownView, openingView } from './known-view.ts';
import { addressOf, readAddress, type ViewState } from './view-state.ts';

/** What the reader sees, kept in the page's address; everything that shows it is told of a change. */
export class ViewStore {
  readonly #opening: ViewState;
  readonly #listeners: ((view: ViewState, changed: ReadonlySet<keyof ViewState>) => void)[] = [];
  #view: ViewState;
  #place: string;

  readonly #study: StudyData;
  #unknown: readonly string[] = [];

  constructor(study: StudyData) {
    const opening = openingView(study);
    this.#study = study;
    this.#opening = opening;
    const { place, view } = readAddress(location.hash.slice(1), opening);
    this.#view = view === null ? opening : this.#known(view);
    this.#place = place;
    addEventListener('hashchange', () => {
      const read = readAddress(location.hash.slice(1), opening);
      this.#place = read.place;
      // A link within the page leads to another place of it; what is shown stays.
      if (read.view === null) this.#write();
      else this.#set(this.#known(read.view));
    });
  }

  get view(): ViewState {
    return this.#view;
  }

  /** What the address names and the study does not have. */
  get unknown(): readonly string[] {
    return this.#unknown;
  }

  /** Id of the place that the address names; empty for none. */
  get place(): string {
    return this.#place;
  }

  change(part: Partial<ViewState>): void {
    this.#set({ ...this.#view, ...part });
    this.#write();
  }

  onChange(listener: (view: ViewState, changed: ReadonlySet<keyof ViewState>) => void): void {
    this.#listeners.push(listener);
  }

  #known(view: ViewState): ViewState {
    const known = knownView(view, this.#study);
    this.#unknown = known.unknown;
    return known.view;
  }

  #set(view: ViewState): void {
    const before = this.#view;
    const names = Object.keys(view) as (keyof ViewState)[];
    const changed = new Set(names.filter((name) => view[name] !== before[name]));
    this.#view = view;
    if (changed.size > 0) for (const listener of this.#listeners) listener(view, changed);
  }

  #write(): void {
    const fragment = addressOf(this.#place, this.#view, this.#opening);
    try {
      history.replaceState(null, '', `#${fragment}`);
    } catch {
      // A page without an address of its own, e.g. in a frame, has none to keep it in.
    }
  }
}
