import type { LiveFeed } from '../../live/live-feed.ts';
import type { Listener } from './listener.ts';

/** Milliseconds after which a page is told that the connection stands, where there is nothing else to tell. */
const QUIET = 15_000;
/** Milliseconds of one look that go to describing curves; what is left waits for the next. */
const DESCRIBING = 200;
/** A look is followed by a pause of so many times its length, so that the training keeps its processor. */
const REST = 4;

/** Looks at the study again and again while pages listen, and tells them what is new. */
export class Pulse {
  readonly #feed: LiveFeed;
  readonly #interval: number;
  readonly #listeners = new Map<Listener, number>();
  #timer: NodeJS.Timeout | null = null;

  constructor(feed: LiveFeed, interval: number) {
    this.#feed = feed;
    this.#interval = interval;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  add(listener: Listener): void {
    this.#listeners.set(listener, performance.now());
    listener.onGone(() => this.#listeners.delete(listener));
    this.#timer ??= setTimeout(() => this.#look(), 0);
  }

  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    for (const listener of this.#listeners.keys()) listener.end();
    this.#listeners.clear();
  }

  #look(): void {
    if (this.#listeners.size === 0) {
      this.#timer = null;
      return;
    }
    const began = performance.now();
    this.#feed.refresh();
    this.#tell();
    this.#describe(began + DESCRIBING);
    this.#tell();
    const pause = Math.max(this.#interval, REST * (performance.now() - began));
    this.#timer = setTimeout(() => this.#look(), pause);
  }

  #tell(): void {
    const now = performance.now();
    for (const [listener, last] of this.#listeners) {
      if (listener.tell()) this.#listeners.set(listener, now);
      else if (now - last > QUIET) {
        listener.beat();
        this.#listeners.set(listener, now);
      }
    }
  }

  #describe(until: number): void {
    for (const listener of this.#listeners.keys()) {
      for (const view of listener.subscription.views) {
        if (performance.now() > until) return;
        if (this.#feed.curves.isDue(view)) this.#feed.curves.describe(view);
      }
    }
  }
}
