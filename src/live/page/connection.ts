import type { LiveMessage } from '../messages.ts';

export type ConnectionState = 'connecting' | 'live' | 'lost';

export interface ConnectionHooks {
  /** @returns false where something is missing, so that everything must be told anew. */
  readonly onMessage: (message: LiveMessage) => boolean;
  readonly onState: (state: ConnectionState) => void;
}

/** Milliseconds after which a browser that has given up is made to try again. */
const AGAIN = 2000;
/** The server says something every 15 s: after so long without a word the connection is dead, though nobody has said so. */
const SILENCE = 40_000;

const kinds: readonly LiveMessage['type'][] = ['study', 'run', 'curves', 'mark'];

/**
 * Keeps a connection to the server up. A browser comes back by itself where a connection breaks, and says up to where it was
 * told; but it gives up after some answers, and does not notice all that is dead. Then another is opened here, from the same
 * place on.
 */
export class Connection {
  readonly #hooks: ConnectionHooks;
  #metric: string | null;
  #reached = '';
  #source: EventSource | null = null;
  #heard = 0;

  constructor(metric: string | null, hooks: ConnectionHooks) {
    this.#metric = metric;
    this.#hooks = hooks;
    this.#open();
    setInterval(() => this.#watch(), AGAIN);
  }

  /** Asks for another metric, from the beginning. */
  choose(metric: string): void {
    this.#metric = metric;
    this.#startOver();
  }

  #startOver(): void {
    this.#reached = '';
    this.#open();
  }

  #open(): void {
    this.#source?.close();
    const query = new URLSearchParams();
    if (this.#metric !== null) query.set('metric', this.#metric);
    if (this.#reached !== '') query.set('after', this.#reached);
    const source = new EventSource(`/events?${query}`);
    this.#source = source;
    this.#heard = Date.now();
    this.#hooks.onState('connecting');
    source.addEventListener('open', () => {
      this.#heard = Date.now();
      this.#hooks.onState('live');
    });
    source.addEventListener('error', () => this.#hooks.onState('lost'));
    for (const kind of kinds) {
      source.addEventListener(kind, (event: MessageEvent<string>) => {
        if (source !== this.#source) return;
        this.#heard = Date.now();
        this.#reached = event.lastEventId;
        if (!this.#hooks.onMessage(JSON.parse(event.data))) this.#startOver();
      });
    }
  }

  #watch(): void {
    const hasGivenUp = this.#source?.readyState === EventSource.CLOSED;
    if (hasGivenUp || Date.now() - this.#heard > SILENCE) this.#open();
  }
}
