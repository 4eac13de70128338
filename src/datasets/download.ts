import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { isAbsence, isFileFault } from '../files/is-file-fault.ts';
import { makeFolder } from '../files/make-folder.ts';
import { withPath } from '../files/with-path.ts';
import { datasetSources, type SourceFile } from './dataset-sources.ts';

export interface DownloadOptions {
  /** Another place for the files: the address of a folder (http, https) or a folder on this machine. */
  readonly from?: string;
  /** Told how many bytes of a file are there; `total` is null where the server does not say. */
  readonly onProgress?: (file: string, done: number, total: number | null) => void;
  /** Give up on a server that sends nothing for so long. */
  readonly patienceMs?: number;
  /** For tests and data sets of one's own. */
  readonly sources?: Readonly<Record<string, readonly SourceFile[]>>;
}

/** No data set that is known here comes near; a server that sends more is broken or hostile. */
const mostBytes = 2 ** 30;
/** A broken transfer is taken up again where it ended, so often in all. */
const attempts = 3;

/**
 * Fetches the files of a data set into `folder/name`, where `loadDataset` finds them. Files that are there already
 * and undamaged are left alone; a transfer that broke off is resumed, also by a later call; nothing gets its final
 * name before its digest is checked.
 *
 * @returns the data set's folder.
 * @throws InputError where the name is unknown, or a file cannot be had: it says which file to put where by hand; the operating system's fault where one
 *   cannot be written.
 * @example
 * await downloadDataset('mnist', 'data');
 * const digits = loadDataset('mnist', 'data');
 */
export async function downloadDataset(
  name: string,
  folder: string,
  options: DownloadOptions = {},
): Promise<string> {
  const sources = options.sources ?? datasetSources;
  if (!Object.hasOwn(sources, name))
    throw new InputError({ field: 'dataset', value: name, allowed: oneOf(name, Object.keys(sources)) });
  const target = join(folder, name);
  for (const source of sources[name]) await bringFile(source, join(target, source.path), options);
  return target;
}

async function bringFile(source: SourceFile, target: string, options: DownloadOptions): Promise<void> {
  if (existsSync(target) && (await digestOf(target, source.digest)) === source.digest) return;
  const partial = `${target}.part`;
  const from = placeOf(source, options.from);
  makeFolder(dirname(target));
  let reason = '';
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      if (isWebAddress(from)) await transfer(from, partial, source, options);
      else await copyFile(from, partial);
    } catch (error) {
      // A full disk is none of the server's doing, and the next attempt finds no more room.
      if (isFileFault(error) && !isAbsence(error)) throw withPath(error, partial);
      reason = reasonOf(error);
      continue;
    }
    const digest = await digestOf(partial, source.digest);
    if (digest === source.digest) return rename(partial, target);
    // Perhaps only the part from an earlier transfer was bad: begin anew.
    await rm(partial);
    reason = `its digest is ${digest}, not ${source.digest}`;
  }
  throw new InputError({
    file: from,
    field: 'download',
    value: reason,
    allowed: `put ${source.path} (published at ${source.url}, ${source.digest}) into ${dirname(target)} by hand`,
  });
}

/** Adds to `partial` what it lacks, or writes it anew where the server cannot resume. */
async function transfer(
  url: string,
  partial: string,
  source: SourceFile,
  options: DownloadOptions,
): Promise<void> {
  const have = existsSync(partial) ? (await stat(partial)).size : 0;
  const stalled = new AbortController();
  const patience = setTimeout(() => stalled.abort(), options.patienceMs ?? 60_000);
  try {
    const response = await fetch(url, {
      headers: { 'accept-encoding': 'identity', ...(have > 0 ? { range: `bytes=${have}-` } : {}) },
      signal: stalled.signal,
    });
    if (response.status === 416) await rm(partial, { force: true });
    if (!response.ok || response.body === null) throw new Error(`the server answered ${response.status}`);
    const resumes =
      response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${have}-`);
    if (response.status === 206 && !resumes) {
      await rm(partial, { force: true });
      throw new Error('the server sent another range than the one asked for');
    }
    const start = resumes ? have : 0;
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    const total = Number.isSafeInteger(length) ? start + length : null;
    const file = await open(partial, resumes ? 'a' : 'w');
    try {
      let done = start;
      for await (const chunk of response.body) {
        patience.refresh();
        done += chunk.length;
        if (done > mostBytes) throw new Error(`the server sends more than ${mostBytes} bytes`);
        await file.write(chunk);
        options.onProgress?.(source.path, done, total);
      }
    } finally {
      await file.close();
    }
  } finally {
    clearTimeout(patience);
  }
}

function placeOf({ path, url }: SourceFile, from?: string): string {
  if (from === undefined) return url;
  return isWebAddress(from) ? `${from.replace(/\/+$/, '')}/${path}` : join(from, path);
}

function isWebAddress(place: string): boolean {
  return /^https?:\/\//i.test(place);
}

/** In the algorithm, and the notation, of the digest that is expected. */
async function digestOf(path: string, expected: string): Promise<string> {
  const [algorithm] = expected.split(':');
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return `${algorithm}:${hash.digest('hex')}`;
}

/** `fetch` hides what went wrong, such as ENOTFOUND, in the cause of its error. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message} (${cause.message})` : message;
}
