import type { LiveMessage } from './messages.ts';

/** Milliseconds after which a browser that lost the connection comes back. */
export const RETRY = 1000;

/**
 * A message as a server-sent event. Each event holds one line of JSON, in which line ends are escaped, so that nothing that a
 * log says can begin another field.
 *
 * @param id where the page stands once it has all up to here; without it the page keeps what it had.
 */
export function serverSentEvent(message: LiveMessage, id?: string): string {
  const data = JSON.stringify(message);
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${message.type}\ndata: ${data}\n\n`;
}
