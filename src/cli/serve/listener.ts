import type { ServerResponse } from 'node:http';
import { RETRY, serverSentEvent } from '../../live/event-stream.ts';
import type { Subscription } from '../../live/subscription.ts';

/** One page that listens. What it cannot take yet is not kept for it: it is told later how things stand then. */
export class Listener {
  readonly subscription: Subscription;
  readonly #response: ServerResponse;
  #lastId = '';
  #isFull = false;

  constructor(response: ServerResponse, subscription: Subscription) {
    this.subscription = subscription;
    this.#response = response;
    response.on('drain', () => {
      this.#isFull = false;
    });
    // A connection that breaks is no fault: the page comes back.
    response.on('error', () => {});
    response.write(`retry: ${RETRY}\n\n`);
  }

  onGone(gone: () => void): void {
    this.#response.on('close', gone);
  }

  /** Tells what is new. @returns whether anything was. */
  tell(): boolean {
    if (this.#isFull) return true;
    const news = this.subscription.next();
    if (news === null) return false;
    this.#lastId = news.id;
    const last = news.messages.length - 1;
    // Only the last has the id: whoever loses the connection between the first and it is told all of them again.
    const events = news.messages.map((message, i) =>
      serverSentEvent(message, i === last ? news.id : undefined),
    );
    this.#isFull = !this.#response.write(events.join(''));
    return true;
  }

  /** Shows that the connection stands. */
  beat(): void {
    if (!this.#isFull) this.#response.write(serverSentEvent({ type: 'mark' }, this.#lastId));
  }

  end(): void {
    this.#response.end();
  }
}
