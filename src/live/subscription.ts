import { labelTitle, metricLabel } from '../figures/metric-label.ts';
import { LIVE_ALPHA } from './confirmed-curves.ts';
import { type Cursor, formatCursor, type Position } from './cursor.ts';
import type { LiveFeed } from './live-feed.ts';
import type { CurvesMessage, LiveMessage, StudyMessage } from './messages.ts';
import { type RunView, runMessage } from './run-view.ts';

/** What goes to a page at one time, and up to where that brings it. */
export interface Delivery {
  readonly messages: readonly LiveMessage[];
  readonly id: string;
}

/** Runs that cannot be read are named one by one up to so many. */
const MOST_NOTES = 20;

/**
 * What one page has been told, and so what it is still to be told. It knows nothing but where the page says it stands: a server
 * that was started anew goes on where the old one was.
 */
export class Subscription {
  readonly #feed: LiveFeed;
  readonly #wanted: string | null;
  readonly #start: Cursor;
  readonly #at = new Map<number, Position>();
  readonly #heads = new Map<number, number>();
  readonly #curves = new Map<number, CurvesMessage>();
  #study = '';

  /**
   * @param wanted the series to show; null for the one that an analysis would take.
   * @param start up to where the page has the runs already.
   */
  constructor(feed: LiveFeed, wanted: string | null, start: Cursor) {
    this.#feed = feed;
    this.#wanted = wanted;
    this.#start = start;
  }

  /** The runs as this page shows them. */
  get views(): Iterable<RunView> {
    return this.#feed.views(this.#feed.metric(this.#wanted)).values();
  }

  /** What is new; null where nothing is. */
  next(): Delivery | null {
    const metric = this.#feed.metric(this.#wanted);
    const messages = [
      ...this.#studyNews(metric),
      ...[...this.#feed.views(metric)].flatMap(([place, view]) => this.#runNews(place, view)),
    ];
    if (messages.length === 0) return null;
    return { messages: [...messages, { type: 'mark' }], id: formatCursor(this.#at) };
  }

  #studyNews(metric: string | null): StudyMessage[] {
    const { manifest, runs, problem } = this.#feed.study;
    const damaged = runs.flatMap((run) => run.problem ?? []);
    const message: StudyMessage = {
      type: 'study',
      title: manifest?.title ?? '',
      runs: runs.map(({ id }) => id),
      metric,
      metricTitle: metric === null ? '' : labelTitle(metricLabel(metric)),
      metrics: this.#feed.metrics,
      alpha: LIVE_ALPHA,
      notes: [
        ...(problem === null ? [] : [problem]),
        ...(manifest === null && problem === null ? ['There is no study in this folder yet.'] : []),
        ...damaged.slice(0, MOST_NOTES),
        ...(damaged.length > MOST_NOTES
          ? [`${damaged.length - MOST_NOTES} more logs that cannot be read`]
          : []),
      ],
    };
    const text = JSON.stringify(message);
    if (text === this.#study) return [];
    this.#study = text;
    return [message];
  }

  #runNews(place: number, view: RunView): LiveMessage[] {
    const last = this.#at.get(place) ?? this.#start.get(place);
    const goesOn = last !== undefined && last.count <= view.count && view.prefix(last.count) === last.crc;
    const from = goesOn ? last.count : 0;
    const isNew = !goesOn || view.count > from || this.#heads.get(place) !== view.head;
    const curves = this.#feed.curves.of(view);
    const isSaid = curves === null || this.#curves.get(place) === curves;
    if (curves !== null) this.#curves.set(place, curves);
    this.#at.set(place, { count: view.count, crc: view.prefix(view.count) });
    this.#heads.set(place, view.head);
    return [...(isNew ? [runMessage(view, from)] : []), ...(isSaid ? [] : [curves])];
  }
}
