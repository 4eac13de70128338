import { get, type IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';
import type { LiveMessage, RunMessage } from '../../../src/live/messages.ts';

export interface Told {
  readonly id: string;
  readonly message: LiveMessage;
}

/** Somebody who listens to the events of a server, as a browser does. */
export interface EventClient {
  /** Everything told so far. */
  readonly told: Told[];
  /** The last id, which a browser sends when it comes back. */
  readonly reached: () => string;
  readonly status: number;
  /** Breaks the connection. */
  drop(): void;
}

/** Connects to a server's events. */
export function listen(
  port: number,
  { path = '/events', after }: { readonly path?: string; readonly after?: string } = {},
): Promise<EventClient> {
  const told: Told[] = [];
  let reached = after ?? '';
  return new Promise((done, fail) => {
    const headers = after === undefined ? {} : { 'last-event-id': after };
    const request = get({ host: '127.0.0.1', port, path, headers }, (response: IncomingMessage) => {
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        const events = (rest + text).split('\n\n');
        rest = events.pop()!;
        for (const event of events) {
          const fields = new Map(
            event.split('\n').map((line) => {
              const [name, ...value] = line.split(': ');
              return [name, value.join(': ')];
            }),
          );
          reached = fields.get('id') ?? reached;
          const data = fields.get('data');
          if (data !== undefined) told.push({ id: fields.get('id') ?? '', message: JSON.parse(data) });
        }
      });
      response.on('error', () => {});
      done({
        told,
        reached: () => reached,
        status: response.statusCode!,
        drop: () => void request.destroy(),
      });
    });
    request.on('error', fail);
    onTestFinished(() => void request.destroy());
  });
}

/** The measurements of a run that were told, in the order in which they were. */
export function stepsTold(client: EventClient, run: string): number[] {
  return client.told.flatMap(({ message }) => (isOf(message, run) ? message.steps : []));
}

export function isOf(message: LiveMessage, run: string): message is RunMessage {
  return message.type === 'run' && message.run === run;
}
