import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { InputError } from '../../errors/input-error.ts';
import { isAbsence } from '../../files/is-file-fault.ts';
import { csvSeries } from './csv-series.ts';
import { jsonSeries } from './json-series.ts';
import type { SeriesFile } from './named-series.ts';

/** What is read into memory at most; some ten million numbers. */
const largestInput = 2 ** 28;
const allowedSize = `at most ${largestInput} bytes`;

/**
 * The series in a CSV or JSON file, or from standard input where the file is `-`. JSON is told by its first character.
 *
 * @throws InputError where there is no such file, it is too large, or it holds no series.
 */
export async function readSeries(file: string, stepColumn?: string): Promise<SeriesFile> {
  const name = file === '-' ? 'standard input' : file;
  const bytes = file === '-' ? await readStandardInput() : readFile(file);
  if (bytes.length === 0) throw new InputError({ file: name, allowed: 'CSV or JSON; it is empty' });
  const beginning = new TextDecoder().decode(bytes.subarray(0, 4096));
  // A table may begin with a bracket only as JSON does.
  if (!/^\s*[[{]/.test(beginning)) return csvSeries(bytes, name, stepColumn);
  const series = file === '-' ? 'series' : basename(file).replace(/\.jsonl?$/i, '');
  return jsonSeries(bytes, name, series, stepColumn);
}

function readFile(file: string): Uint8Array {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (error) {
    if (!isAbsence(error)) throw error;
    throw new InputError({ file, allowed: 'a CSV or JSON file that exists, or - for standard input' });
  }
  try {
    const stat = fstatSync(handle);
    if (stat.isDirectory()) throw new InputError({ file, allowed: 'a file; this is a folder' });
    if (stat.size > largestInput) {
      throw new InputError({ file, value: `${stat.size} bytes`, allowed: allowedSize });
    }
    return readFileSync(handle);
  } finally {
    closeSync(handle);
  }
}

async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestInput) throw new InputError({ file: 'standard input', allowed: allowedSize });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
