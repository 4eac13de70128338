import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeUtf8 } from '../../../src/formats/utf8.ts';
import { checkLog } from '../../../src/measurements/format/check-log.ts';
import { inspectLog } from '../../../src/measurements/inspection/inspect-log.ts';
import { parseManifest } from '../../../src/measurements/manifest.ts';
import { parseRunLog } from '../../../src/measurements/run-log.ts';
import { readStudy } from '../../../src/measurements/study-store.ts';
import type { Run } from '../../../src/measurements/types.ts';
import { formatClaim, parseClaim } from '../../../src/study/claims/claim-record.ts';
import { readTimings } from '../../../src/study/timings-store.ts';
import type { FuzzedReader } from '../fuzzed-reader.ts';
import { resealed, resealLog, resealManifest, unsealedLog } from '../samples/sealed.ts';
import { studyFileBytes, writeSampleStudy } from '../samples/studies.ts';
import { jsonLineMutations, jsonMutations, textMutations } from '../text-mutations.ts';

/** As it is written, and as version 1 wrote it. */
function logs(): Uint8Array[] {
  const { log } = studyFileBytes();
  return [log, unsealedLog(log)];
}

const logMutations = resealed([...textMutations, ...jsonLineMutations], resealLog);

/** Spectra are parsed when they are first asked for. */
function withSpectra(run: Run): unknown {
  return [run, run.layers.map(({ spectra }) => spectra)];
}

let folder: string | null = null;

/** A study on disk whose files the cases replace; it is gone when the process ends. */
function studyWith(name: string, bytes: Uint8Array): string {
  if (folder === null) {
    folder = mkdtempSync(join(tmpdir(), 'rankscope-fuzz-'));
    writeSampleStudy(folder);
    process.on('exit', () => rmSync(folder!, { recursive: true, force: true }));
  }
  writeFileSync(join(folder, name), bytes);
  return folder;
}

export const studyReaders: readonly FuzzedReader[] = [
  {
    name: 'manifest',
    source: 'measurements/manifest.ts',
    samples: () => [studyFileBytes().manifest],
    read: (bytes) => parseManifest(decodeUtf8(bytes), 'manifest.json'),
    mutations: resealed([...textMutations, ...jsonMutations], resealManifest),
  },
  {
    name: 'run-log',
    source: 'measurements/run-log.ts',
    samples: logs,
    read: (bytes) => withSpectra(parseRunLog(bytes, 'x.jsonl')),
    mutations: logMutations,
  },
  {
    name: 'inspected-log',
    source: 'measurements/inspection/inspect-log.ts',
    samples: logs,
    read: (bytes) => inspectLog(bytes, 'x.jsonl', { digest: null, recompute: () => null }),
    refusesNothing: true,
    mutations: logMutations,
  },
  {
    name: 'checked-log',
    source: 'measurements/format/check-log.ts',
    samples: logs,
    read: (bytes) => checkLog(bytes, 'x.jsonl'),
    refusesNothing: true,
    mutations: logMutations,
  },
  {
    name: 'study',
    source: 'measurements/study-store.ts',
    samples: () => [studyFileBytes().log],
    read: (bytes) => readStudy(studyWith('runs/mlp-s1.jsonl', bytes)).runs.map(withSpectra),
    mutations: logMutations,
  },
  {
    name: 'claim',
    source: 'study/claims/claim-record.ts',
    samples: () => [
      new TextEncoder().encode(
        formatClaim({
          of: 'mlp-s1',
          id: 'a1b2',
          host: 'node07',
          processTable: 'boot/1',
          pid: 4711,
          started: '123',
          since: '2025-11-20T00:00:00Z',
        }),
      ),
    ],
    read: (bytes) => parseClaim(new TextDecoder().decode(bytes)),
    refusesNothing: true,
    mutations: [...textMutations, ...jsonMutations],
  },
  {
    name: 'timings',
    source: 'study/timings-store.ts',
    samples: () => [new TextEncoder().encode('{\n  "seconds": {"mlp-s1": 12.5, "b": 3}\n}\n')],
    read: (bytes) => readTimings(studyWith('timings.json', bytes)),
    refusesNothing: true,
    mutations: [...textMutations, ...jsonMutations],
  },
];
