import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { datasetSources } from '../../src/datasets/dataset-sources.ts';
import { downloadDataset } from '../../src/datasets/download.ts';
import { itWithSharedData } from '../shared-data.ts';

const content = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 251));
const sha256 = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
let answers: Answer[];
let requests: (string | undefined)[];
let server: Server;
let url: string;
let folder: string;

/** The server gives each request the next answer, and the last one from then on; the ranges asked for are noted. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'download-'));
  requests = [];
  server = createServer((request, response) => {
    requests.push(request.headers.range);
    (answers.length > 1 ? answers.shift()! : answers[0])(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  rmSync(folder, { recursive: true });
});

const whole: Answer = (_, response) =>
  response.writeHead(200, { 'content-length': content.length }).end(content);
const fromRange: Answer = ({ headers }, response) => {
  const start = Number(/bytes=(\d+)-/.exec(headers.range ?? 'bytes=0-')![1]);
  const range = `bytes ${start}-${content.length - 1}/${content.length}`;
  response.writeHead(206, { 'content-range': range, 'content-length': content.length - start });
  response.end(content.subarray(start));
};
/** Promises everything, sends 40,000 bytes and hangs up. */
/** Breaks off in the middle, but not before what was sent has arrived: a reset takes with it what is still on its way. */
const breakOff: Answer = (_, response) => {
  response.writeHead(200, { 'content-length': content.length });
  response.write(content.subarray(0, 40_000));
  const waiting = setInterval(() => {
    if (!existsSync(partial()) || statSync(partial()).size < 40_000) return;
    clearInterval(waiting);
    response.destroy();
  }, 50);
};
const status =
  (code: number): Answer =>
  (_, response) =>
    response.writeHead(code).end();

const download = (options = {}) =>
  downloadDataset('tiny', folder, {
    sources: { tiny: [{ path: 'tiny.bin', url: `${url}/tiny.bin`, digest: sha256(content) }] },
    ...options,
  });
const target = () => join(folder, 'tiny', 'tiny.bin');
const partial = () => `${target()}.part`;

describe('downloadDataset', () => {
  it('fetches a file, and does not fetch it again', async () => {
    answers = [whole];
    const progress: [string, number, number | null][] = [];
    const onProgress = (...report: [string, number, number | null]) => void progress.push(report);
    expect(await download({ onProgress })).toBe(join(folder, 'tiny'));
    expect(content.equals(readFileSync(target()))).toBe(true);
    expect(progress.at(-1)).toEqual(['tiny.bin', content.length, content.length]);
    expect(existsSync(partial())).toBe(false);
    await download();
    expect(requests).toEqual([undefined]);
  });

  it('fetches a damaged file anew', async () => {
    answers = [whole];
    mkdirSync(join(folder, 'tiny'));
    writeFileSync(target(), 'damaged');
    await download();
    expect(content.equals(readFileSync(target()))).toBe(true);
  });

  it('resumes where the connection broke', async () => {
    answers = [breakOff, fromRange];
    await download();
    expect(requests).toEqual([undefined, 'bytes=40000-']);
    expect(content.equals(readFileSync(target()))).toBe(true);
  });

  it('resumes what an earlier call left', async () => {
    answers = [fromRange];
    mkdirSync(join(folder, 'tiny'));
    writeFileSync(partial(), content.subarray(0, 123));
    await download();
    expect(requests).toEqual(['bytes=123-']);
    expect(content.equals(readFileSync(target()))).toBe(true);
  });

  it('begins anew where the server cannot resume, sends another range, or the earlier part was bad', async () => {
    mkdirSync(join(folder, 'tiny'));
    const otherRange: Answer = (_, response) => {
      response
        .writeHead(206, { 'content-range': `bytes 0-9/${content.length}` })
        .end(content.subarray(0, 10));
    };
    for (const first of [[whole], [otherRange, whole], [status(416), whole], [fromRange, whole]]) {
      answers = first;
      rmSync(target(), { force: true });
      writeFileSync(partial(), Buffer.alloc(500, 1));
      await download();
      expect(content.equals(readFileSync(target()))).toBe(true);
    }
  });

  it('gives up on a server that keeps failing, and says what to put where', async () => {
    answers = [status(503)];
    await expect(download()).rejects.toThrow(
      `${url}/tiny.bin: download is "the server answered 503"; allowed: put tiny.bin (published at ${url}/tiny.bin, ${sha256(content)}) into ${join(folder, 'tiny')} by hand`,
    );
    expect(requests).toHaveLength(3);
    expect(existsSync(target())).toBe(false);
  });

  it('never accepts other bytes than the published ones', async () => {
    const forged = Buffer.from(content).fill(0, 50, 51);
    const short: Answer = (_, response) =>
      response.writeHead(200, { 'content-length': 99 }).end(content.subarray(0, 99));
    for (const bad of [(_: IncomingMessage, response: ServerResponse) => void response.end(forged), short]) {
      answers = [bad];
      await expect(download()).rejects.toThrow(/its digest is sha256:/);
      expect(existsSync(target())).toBe(false);
      expect(existsSync(partial())).toBe(false);
    }
  });

  it('keeps the part of a server that always breaks off, for a better day', async () => {
    answers = [breakOff];
    await expect(download()).rejects.toThrow(/download is "terminated/);
    const kept = readFileSync(partial());
    expect(kept.length).toBeGreaterThan(0);
    expect(content.subarray(0, kept.length).equals(kept)).toBe(true);
  });

  it('does not wait for ever on a silent server', async () => {
    answers = [() => {}];
    await expect(download({ patienceMs: 30 })).rejects.toThrow(/download is "This operation was aborted/);
  });

  it('gives the fault of a file that cannot be written, and blames no server', async () => {
    answers = [whole];
    mkdirSync(partial(), { recursive: true });
    await expect(download()).rejects.toMatchObject({ code: 'EISDIR', path: partial() });
    expect(requests).toHaveLength(1);
  });

  it('without a network says which file to put where', async () => {
    const offline = {
      tiny: [{ path: 'tiny.bin', url: 'http://127.0.0.1:1/tiny.bin', digest: sha256(content) }],
    };
    await expect(download({ sources: offline })).rejects.toThrow(
      /download is "fetch failed.*put tiny\.bin \(published at http:\/\/127\.0\.0\.1:1\/tiny\.bin/,
    );
  });

  it('takes files from a mirror or a folder, under the same digests', async () => {
    answers = [whole];
    const sources = { tiny: [{ path: 'tiny.bin', url: 'http://127.0.0.1:1/', digest: sha256(content) }] };
    await download({ sources, from: `${url}/mirror/` });
    expect(content.equals(readFileSync(target()))).toBe(true);
    rmSync(target());
    writeFileSync(join(folder, 'tiny.bin'), content);
    await download({ sources, from: folder });
    expect(content.equals(readFileSync(target()))).toBe(true);
    await expect(download({ sources, from: join(folder, 'nowhere') })).resolves.toBeDefined();
    rmSync(target());
    await expect(download({ sources, from: join(folder, 'nowhere') })).rejects.toThrow(/ENOENT/);
  });

  it('suggests the name that was meant', async () => {
    await expect(downloadDataset('mnst', folder)).rejects.toThrow(/did you mean mnist\?/);
  });
});

describe('datasetSources', () => {
  it('name each file by a digest of full length', () => {
    const digests = Object.values(datasetSources).flatMap((files) => files.map(({ digest }) => digest));
    expect(digests).toHaveLength(15);
    for (const digest of digests) expect(digest).toMatch(/^(sha256:[0-9a-f]{64}|md5:[0-9a-f]{32})$/);
  });

  itWithSharedData('agree with the real files', 'mnist', (mnist) => {
    for (const [name, path] of [
      ['mnist', 't10k-images-idx3-ubyte.gz'],
      ['mnist', 't10k-labels-idx1-ubyte.gz'],
      ['ag_news', 'test.csv'],
    ]) {
      const { digest } = datasetSources[name].find((file) => file.path === path)!;
      expect(sha256(readFileSync(join(mnist, '..', name, path)))).toBe(digest);
    }
  });
});
