import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { parseCursor } from '../../live/cursor.ts';
import { insideMessage } from '../../live/inside.ts';
import { LiveFeed } from '../../live/live-feed.ts';
import { Subscription } from '../../live/subscription.ts';
import { followStudy } from '../../measurements/live-study-store.ts';
import { checkpointSteps } from './checkpoint-steps.ts';
import { Listener } from './listener.ts';
import type { PageFiles } from './page-files.ts';
import { Pulse } from './pulse.ts';
import { refusal } from './request-guard.ts';
import type { TrainingControl } from './training-control.ts';

export interface StudyServerOptions {
  /** Folder of the study. */
  readonly directory: string;
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly files: PageFiles;
  /** What starts and stops a training; if absent, nothing can be started. */
  readonly control?: TrainingControl;
  /** Milliseconds between two looks at the study. Default 500. */
  readonly interval?: number;
}

/** A page of a study while it is written. */
export interface StudyServer {
  /** The port that it listens at. */
  readonly port: number;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/** A browser takes nothing but what comes from here, and shows it in no other page. */
const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const;

const JSON_TYPE = 'application/json; charset=utf-8';

/** Of one address: a page that is opened again and again while others stay open must not use up memory. */
const MOST_LISTENERS = 64;

/**
 * Serves a study while it is written: its page, and the events that keep it up to date. The routes are three files, one
 * stream, what a run has inside, and those of the control where there is one; whatever else is asked for is not there.
 *
 * @throws the system's error where the port is taken or may not be used.
 */
export async function serveStudy(options: StudyServerOptions): Promise<StudyServer> {
  const { directory, host, port, files, control, interval = 500 } = options;
  const feed = new LiveFeed(followStudy(directory));
  const pulse = new Pulse(feed, interval);
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const refused = refusal(originOf(request), host);
    const [path, query] = (request.url ?? '').split('?', 2);
    const file = files.get(path);
    if (refused !== null) send(response, 403, `Refused: ${refused}.\n`);
    else if (control !== undefined && path.startsWith('/training')) steer(control, path, request, response);
    else if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      send(response, 405, 'Only GET and HEAD.\n');
    } else if (path === '/events') listen(request, response, new URLSearchParams(query));
    else if (path === '/inside') lookInside(new URLSearchParams(query), response);
    else if (file === undefined) send(response, 404, 'Not here.\n');
    else send(response, 200, file.body, file.type);
  };
  const steer = (
    training: TrainingControl,
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): void => {
    // A header that a page elsewhere could not send unasked, with a token that it does not have.
    if (!training.isToken(single(request.headers['x-rankscope-token']))) {
      send(response, 403, 'Refused: no token, or another one.\n');
      return;
    }
    const action = { '/training/start': 'start', '/training/stop': 'stop' } as const;
    if (request.method === 'POST' && Object.hasOwn(action, path))
      training[action[path as keyof typeof action]]();
    else if (request.method !== 'GET' || path !== '/training') {
      send(response, 404, 'Not here.\n');
      return;
    }
    send(response, 200, JSON.stringify(training.state), JSON_TYPE);
  };
  const lookInside = (query: URLSearchParams, response: ServerResponse): void => {
    const inside = feed.inside(query.get('run') ?? '');
    if (inside === null) {
      send(response, 404, 'No such run, or none that can be read.\n');
      return;
    }
    const checkpoints = checkpointSteps(directory, inside.run.id);
    const message = insideMessage({ ...inside, checkpoints }, query.get('show'));
    send(response, 200, JSON.stringify(message), JSON_TYPE);
  };
  const listen = (request: IncomingMessage, response: ServerResponse, query: URLSearchParams): void => {
    if (request.method === 'HEAD' || pulse.listeners >= MOST_LISTENERS) {
      // A browser that is told 204 does not come back.
      send(response, 204, '');
      return;
    }
    const reached = request.headers['last-event-id'] ?? query.get('after');
    const start = parseCursor(Array.isArray(reached) ? null : reached);
    response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/event-stream; charset=utf-8' });
    pulse.add(new Listener(response, new Subscription(feed, query.get('metric'), start)));
  };
  const server = createServer({ maxHeaderSize: 2 ** 16 }, answer);
  const listening = await listenAt(server, host, port);
  return {
    port: listening,
    close: () =>
      new Promise((done) => {
        pulse.end();
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function originOf({ headers }: IncomingMessage) {
  return {
    host: headers.host,
    origin: headers.origin,
    site: single(headers['sec-fetch-site']),
    mode: single(headers['sec-fetch-mode']),
  };
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header;
}

function send(
  response: ServerResponse,
  status: number,
  body: string | Uint8Array,
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, {
    ...HEADERS,
    ...(status === 204 ? {} : { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }),
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

function listenAt(server: Server, host: string, port: number): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      const address = server.address();
      done(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
