import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as files from '../../src/files/read-file.ts';
import {
  createStudy,
  listRuns,
  manifestPath,
  noteEndedLogs,
  readStudy,
} from '../../src/measurements/study-store.ts';
import { sampleManifest } from './fixtures.ts';

vi.mock(import('../../src/files/read-file.ts'), async (original) => {
  const actual = await original();
  return { ...actual, readBounded: vi.fn(actual.readBounded) };
});

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
  const reads = vi.mocked(files.readBounded);
  reads.mockClear();
  use();
  expect(reads.mock.calls.filter(([path]) => path === manifestPath(directory))).toHaveLength(1);
});
