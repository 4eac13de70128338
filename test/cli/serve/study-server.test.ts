import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PageFiles } from '../../../src/cli/serve/page-files.ts';
import { type StudyServer, serveStudy } from '../../../src/cli/serve/study-server.ts';
import { TrainingControl } from '../../../src/cli/serve/training-control.ts';
import { emptyState, take } from '../../../src/live/page/study-state.ts';
import { openRun, type RunWriter, readRun } from '../../../src/measurements/log-store.ts';
import { createStudy } from '../../../src/measurements/study-store.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { hostileText } from '../../hostile-text.ts';
import { sampleHeader, sampleManifest, sampleStep, temporaryFolder } from '../../measurements/fixtures.ts';
import { type EventClient, isOf, listen, stepsTold } from './event-client.ts';

const header = sampleHeader();
const run = header.id;
const files: PageFiles = new Map([['/', { type: 'text/html', body: new TextEncoder().encode('page') }]]);

const soon = { timeout: 60_000, interval: 10 };

function newStudy(): { study: string; log: RunWriter; measure: (...steps: number[]) => void } {
  const study = join(temporaryFolder(), 'study');
  createStudy(study, { ...sampleManifest(), runs: [run] });
  const log = openRun(study, header);
  onTestFinished(() => log.close());
  const random = createRandom('served');
  return {
    study,
    log,
    measure: (...steps) => {
      for (const step of steps) log.writeStep(sampleStep(step, header, random));
    },
  };
}

async function serve(directory: string, port = 0): Promise<StudyServer> {
  const server = await serveStudy({ directory, host: '127.0.0.1', port, files, interval: 10 });
  onTestFinished(() => server.close());
  return server;
}

/** Waits until the client was told so many measurements of the run. */
const untilTold = (client: EventClient, count: number): Promise<void> =>
  expect.poll(() => stepsTold(client, run).length, soon).toBe(count);

/** What a page would show that was told all this, in this order. */
function shownAfter(...clients: readonly EventClient[]): readonly number[] {
  const state = emptyState();
  for (const { message } of clients.flatMap(({ told }) => told)) expect(take(state, message)).not.toBe('gap');
  return state.runs.get(run)!.steps;
}

describe('a study that is served while it is written', () => {
  it('answers what is inside a run while somebody looks: the spectra of its last measurement, its checkpoints', async () => {
    const { study, measure } = newStudy();
    measure(0, 5);
    mkdirSync(join(study, 'checkpoints', run), { recursive: true });
    for (const name of ['step_00005.safetensors', 'notes.txt']) {
      writeFileSync(join(study, 'checkpoints', run, name), '');
    }
    const { port } = await serve(study);
    await untilTold(await listen(port), 2);
    const inside = async (query: string) => (await fetch(`http://127.0.0.1:${port}/inside${query}`)).json();
    expect(await inside(`?run=${run}`)).toMatchObject({ run, chosen: 'spectra', checkpoints: [5] });
    const [, last] = readRun(study, run).layers[0].spectra!.centered!;
    const told = (await inside(`?run=${run}`)) as { lines: { values: number[] }[] };
    expect(told.lines[0].values[1]).toBeCloseTo(last[1] / last[0], 6);
    for (const query of ['', '?run=other', '?run=../study', `?run=${run}%00`]) {
      expect((await fetch(`http://127.0.0.1:${port}/inside${query}`)).status).toBe(404);
    }
  });

  it('is told as far as it is written, and every measurement as it comes, once', async () => {
    const { study, log, measure } = newStudy();
    measure(0, 5);
    const { port } = await serve(study);
    const client = await listen(port);
    await untilTold(client, 2);
    measure(10);
    await untilTold(client, 3);
    log.writeEvaluation({ step: 10, accuracy: 0.5, examples: 10 });
    await expect
      .poll(
        () => client.told.some(({ message }) => isOf(message, run) && message.evaluations.length === 1),
        soon,
      )
      .toBe(true);
    measure(15, 20);
    log.end('complete');
    await untilTold(client, 5);
    expect(stepsTold(client, run)).toEqual([0, 5, 10, 15, 20]);
    const last = client.told.findLast(({ message }) => isOf(message, run))!.message;
    expect(last).toMatchObject({ status: 'complete', layers: ['network.0', 'network.2'] });
  });

  it('goes on where a connection broke', async () => {
    const { study, measure } = newStudy();
    measure(0, 5, 10);
    const { port } = await serve(study);
    const first = await listen(port);
    await untilTold(first, 3);
    first.drop();
    measure(15, 20);
    const second = await listen(port, { after: first.reached() });
    await untilTold(second, 2);
    expect(stepsTold(second, run)).toEqual([15, 20]);
    expect(shownAfter(first, second)).toEqual([0, 5, 10, 15, 20]);
  });

  it('goes on where another server was, on the same port, which remembers nothing', async () => {
    const { study, measure } = newStudy();
    measure(0, 5, 10);
    const before = await serve(study);
    const first = await listen(before.port);
    await untilTold(first, 3);
    await before.close();
    measure(15);
    const after = await serve(study, before.port);
    const second = await listen(after.port, { after: first.reached() });
    await untilTold(second, 1);
    measure(20);
    await untilTold(second, 2);
    expect(stepsTold(second, run)).toEqual([15, 20]);
    expect(shownAfter(first, second)).toEqual([0, 5, 10, 15, 20]);
  });

  it('tells what a page has already where that does not say so, and the page has it once all the same', async () => {
    const { study, measure } = newStudy();
    measure(0, 5);
    const { port } = await serve(study);
    const first = await listen(port);
    await untilTold(first, 2);
    measure(10);
    const second = await listen(port, { after: 'not one of ours' });
    await untilTold(second, 3);
    expect(shownAfter(first, second)).toEqual([0, 5, 10]);
  });

  it('tells a run from its beginning that began anew with other values', async () => {
    const { study, measure, log } = newStudy();
    measure(0, 5, 10);
    const { port } = await serve(study);
    const client = await listen(port);
    await untilTold(client, 3);
    log.close();
    const again = openRun(study, header, { overwrite: true });
    const random = createRandom('another');
    for (const step of [0, 5, 10, 15]) again.writeStep(sampleStep(step, header, random));
    again.close();
    await untilTold(client, 7);
    expect(client.told.findLast(({ message }) => isOf(message, run))!.message).toMatchObject({
      from: 0,
      steps: [0, 5, 10, 15],
    });
    expect(shownAfter(client)).toEqual([0, 5, 10, 15]);
  });

  it('computes what a recorder leaves to its readers, and shows the series that is asked for', async () => {
    const study = join(temporaryFolder(), 'study');
    const recorded = sampleHeader({ series: [] });
    createStudy(study, { ...sampleManifest(), origin: 'recorded', runs: [run] });
    const log = openRun(study, recorded);
    const random = createRandom('recorded');
    for (const step of [0, 5]) log.writeStep(sampleStep(step, recorded, random));
    log.close();
    const { port } = await serve(study);
    for (const metric of ['participation_ratio', 'rank_90.raw']) {
      const client = await listen(port, { path: `/events?metric=${metric}` });
      await untilTold(client, 2);
      expect(client.told[0].message).toMatchObject({ type: 'study', metric });
      const told = client.told.find(({ message }) => isOf(message, run))!.message;
      const values = isOf(told, run) ? told.values.flat() : [];
      expect(values).toHaveLength(4);
      expect(values.every((value) => value !== null && value >= 1)).toBe(true);
    }
  });

  it('says what cannot be read and what has not begun, and goes on once it can', async () => {
    const study = join(temporaryFolder(), 'study');
    mkdirSync(study);
    const { port } = await serve(study);
    const client = await listen(port);
    const notes = () =>
      client.told
        .flatMap(({ message }) => (message.type === 'study' ? [message.notes.join('\n')] : []))
        .at(-1);
    await expect.poll(notes, soon).toBe('There is no study in this folder yet.');
    createStudy(study, { ...sampleManifest(), runs: [run, 'other'] });
    await expect.poll(notes, soon).toBe('');
    const random = createRandom('log');
    const log = openRun(study, header);
    log.writeStep(sampleStep(0, header, random));
    log.close();
    await untilTold(client, 1);
    appendFileSync(join(study, 'runs', `${run}.jsonl`), '{"step":5}\n');
    await expect.poll(notes, soon).toContain('allowed: a record that ends in its number and checksum');
    expect(client.status).toBe(200);
  });

  it('says what a log says in one line of JSON each, whatever it says', async () => {
    const study = join(temporaryFolder(), 'study');
    const hostile = sampleHeader({ architecture: hostileText });
    createStudy(study, { ...sampleManifest(), title: hostileText, runs: [run] });
    const log = openRun(study, hostile);
    log.writeEvent({ step: 0, name: hostileText });
    log.writeStep(sampleStep(0, hostile, createRandom('log')));
    log.close();
    const { port } = await serve(study);
    const client = await listen(port);
    await untilTold(client, 1);
    expect(client.told.map(({ message }) => message.type).sort()).toEqual([
      'curves',
      'mark',
      'mark',
      'run',
      'study',
    ]);
    expect(client.told.find(({ message }) => message.type === 'study')!.message).toMatchObject({
      title: hostileText,
    });
  });

  it('tells a browser more than it can serve not to come back', async () => {
    const { study } = newStudy();
    const { port } = await serve(study);
    const statuses: number[] = [];
    for (let i = 0; i < 66; i++) statuses.push((await listen(port)).status);
    expect(statuses.slice(0, 64).every((status) => status === 200)).toBe(true);
    expect(statuses.slice(64)).toEqual([204, 204]);
  });
});

interface Asked {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

describe('whoever is not to look on', () => {
  const ask = async ({ path = '/', method = 'GET', headers = {} }: Asked, host = '127.0.0.1') => {
    const { study } = newStudy();
    const server = await serveStudy({ directory: study, host, port: 0, files, interval: 10 });
    onTestFinished(() => server.close());
    return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]> }>((done, fail) => {
      const asked = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
        done({ status: response.statusCode!, headers: response.headers });
        response.destroy();
      });
      asked.on('error', fail);
      asked.end();
    });
  };

  it.each<[string, Asked]>([
    ['another name that points here', { headers: { host: 'evil.example:80' } }],
    ['a name that begins like ours', { headers: { host: 'localhost.evil.example' } }],
    ['another address', { headers: { host: '192.168.0.7:7265' } }],
    ['another origin', { path: '/events', headers: { origin: 'http://evil.example' } }],
    ['a page without an origin', { path: '/events', headers: { origin: 'null' } }],
    ['another port of this machine', { path: '/events', headers: { origin: 'http://127.0.0.1:1' } }],
    [
      'a script of another site',
      { path: '/page.js', headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } },
    ],
  ])('is refused: %s', async (_, asked) => {
    expect((await ask(asked)).status).toBe(403);
  });

  it.each([
    '/../package.json',
    '/%2e%2e/manifest.json',
    '/manifest.json',
    '/runs/',
    '//etc/passwd',
    '/page.js%00',
    '/index.html',
    '/events/',
    'http://evil.example/',
  ])('finds no file by a path of its own: %s', async (path) => {
    expect((await ask({ path })).status).toBe(404);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('can only look: %s', async (method) => {
    expect((await ask({ method, path: '/events' })).status).toBe(405);
  });

  it('may follow a link here, and is shown a page that takes nothing from elsewhere', async () => {
    const { status, headers } = await ask({
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    });
    expect(status).toBe(200);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('may come by an address, not by a name, where the server was told to listen to others', async () => {
    expect((await ask({ headers: { host: '192.168.0.7:7265' } }, '0.0.0.0')).status).toBe(200);
    expect((await ask({ headers: { host: 'evil.example' } }, '0.0.0.0')).status).toBe(403);
  });

  it('may send an id of any kind: the answer is a stream, never an error at which a browser gives up', async () => {
    for (const id of ['0.zzzzzzzz.zzzzzzz', ',,,...', '%00', '1e9.-1.NaN', 'x'.repeat(20_000)]) {
      const { status } = await ask({ path: '/events', headers: { 'last-event-id': id } });
      expect(status).toBe(200);
    }
  });
});

describe('the training of a study that is served', () => {
  /** A process that trains nothing, and leaves when it is asked to. */
  const training = 'process.on("SIGINT", () => process.exit(130)); setInterval(() => {}, 1000)';
  const controlled = async (script: string): Promise<{ control: TrainingControl; ask: Ask }> => {
    const control = new TrainingControl([process.execPath, '--eval', script]);
    const options = { directory: temporaryFolder(), host: '127.0.0.1', port: 0, files, control };
    const server = await serveStudy(options);
    onTestFinished(async () => {
      await server.close();
      await control.close();
    });
    const ask: Ask = async (method, path, token = control.token) => {
      const headers = { 'X-Rankscope-Token': token };
      const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { method, headers });
      return response.ok ? await response.json() : response.status;
    };
    return { control, ask };
  };
  type Ask = (method: string, path: string, token?: string) => Promise<unknown>;

  it('is started and stopped by whoever has the token', async () => {
    const { ask } = await controlled(training);
    expect(await ask('GET', '/training')).toEqual({ state: 'stopped', fault: null });
    expect(await ask('POST', '/training/start')).toEqual({ state: 'training', fault: null });
    expect(await ask('POST', '/training/start')).toEqual({ state: 'training', fault: null });
    expect(await ask('POST', '/training/stop')).toEqual({ state: 'stopping', fault: null });
    await expect.poll(() => ask('GET', '/training'), soon).toEqual({ state: 'stopped', fault: null });
  });

  it('says why it ended, where nobody had asked it to', async () => {
    const { ask } = await controlled('console.error("no study to train"); process.exit(2)');
    await ask('POST', '/training/start');
    await expect
      .poll(() => ask('GET', '/training'), soon)
      .toEqual({ state: 'stopped', fault: 'no study to train' });
  });

  it('is left alone by whoever has no token or another one, by other methods and paths', async () => {
    const { ask, control } = await controlled(training);
    for (const wrong of ['', 'x', control.token.toLowerCase(), `${control.token}x`])
      expect(await ask('POST', '/training/start', wrong)).toBe(403);
    expect(await ask('GET', '/training/start')).toBe(404);
    expect(await ask('POST', '/training')).toBe(404);
    expect(await ask('POST', '/training/constructor')).toBe(404);
    expect(control.state).toEqual({ state: 'stopped', fault: null });
  });

  it('cannot be started where that was not allowed', async () => {
    const { port } = await serve(temporaryFolder());
    const answer = await fetch(`http://127.0.0.1:${port}/training/start`, { method: 'POST' });
    expect(answer.status).toBe(405);
    expect((await fetch(`http://127.0.0.1:${port}/training`)).status).toBe(404);
  });
});
