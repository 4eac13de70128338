import fs, { mkdtempSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  createStudy,
  listRuns,
  manifestPath,
  noteEndedLogs,
  readStudy,
} from '../../src/measurements/study-store.ts';
import { sampleManifest } from './fixtures.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rankscope-reads-'));
  createStudy(directory, sampleManifest(['a', 'b', 'c']));
});
afterEach(() => rmSync(directory, { recursive: true }));

it.each([
  ['noting which logs have ended', () => noteEndedLogs(directory, ['a'])],
  ['listing runs', () => listRuns(directory)],
  ['reading a study', () => readStudy(directory)],
])('reads the manifest once: %s', (_, use) => {
  const { readFileSync } = fs;
  const read: unknown[] = [];
  fs.readFileSync = ((...args: Parameters<typeof readFileSync>) => {
    read.push(args[0]);
    return readFileSync(...args);
  }) as typeof readFileSync;
  syncBuiltinESMExports();
  try {
    use();
  } finally {
    fs.readFileSync = readFileSync;
    syncBuiltinESMExports();
  }
  expect(read.filter((path) => path === manifestPath(directory))).toHaveLength(1);
});
