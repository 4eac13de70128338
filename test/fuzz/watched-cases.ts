import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FuzzedReader } from './fuzzed-reader.ts';
import { type CaseFinding, type CasesSummary, runCases } from './run-cases.ts';

const program = process.argv[1] ?? fileURLToPath(import.meta.url);
/** A case that is looked at several times takes several times a second at most, on a busy machine too. */
const patienceMs = 20_000;
const lookEveryMs = 500;
/** Cases of one process: what is compiled and kept does not add up for ever. */
const batch = 10_000;
const files = { job: 'job.json', now: 'now', result: 'result.json' } as const;

interface Job {
  readonly from: number;
  readonly to: number;
}

/** Runs cases 0 to `cases - 1` of a reader, come what may: a hang or a crash is a finding, and the rest is run nonetheless. */
export async function runWatched(reader: string, seed: number, cases: number): Promise<CasesSummary> {
  const folder = mkdtempSync(join(tmpdir(), 'rankscope-fuzz-'));
  const parts: CasesSummary[] = [];
  const broken: CaseFinding[] = [];
  try {
    for (let from = 0; from < cases; ) {
      const to = Math.min(cases, from + batch);
      const ended = await runPart(reader, seed, { from, to }, folder);
      if ('summary' in ended) parts.push(ended.summary);
      else broken.push(ended.finding);
      from = 'summary' in ended ? to : ended.finding.index + 1;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const sum = (of: (part: CasesSummary) => number): number =>
    parts.reduce((total, part) => total + of(part), 0);
  return {
    cases,
    read: sum(({ read }) => read),
    refused: sum(({ refused }) => refused),
    slowestSeconds: Math.max(0, ...parts.map(({ slowestSeconds }) => slowestSeconds)),
    findings: [...parts.flatMap(({ findings }) => findings), ...broken],
  };
}

/** What the process that runs the cases does: it notes each case before it reads it, and leaves the summary at its end. */
export function serveCases(reader: FuzzedReader, seed: number, folder: string): void {
  const { from, to } = JSON.parse(readFileSync(join(folder, files.job), 'utf8')) as Job;
  const now = openSync(join(folder, files.now), 'w');
  let current = from;
  const summary = runCases(reader, {
    seed,
    from,
    to,
    onCase: (index) => {
      current = index;
      writeSync(now, String(index).padEnd(16), 0);
    },
    // Only in a process with a small young generation does the collector see the peak.
    peak: () => peakInProcess(reader.name, seed, current),
  });
  closeSync(now);
  writeFileSync(join(folder, files.result), JSON.stringify(summary));
}

/** Most bytes in use at once while one case is read, measured in a process of its own. */
export function peakInProcess(reader: string, seed: number, index: number): number {
  const flags = [
    // The collector runs at every megabyte, and then through all of the heap: what it leaves is in use.
    '--max-semi-space-size=1',
    '--gc-global',
    program,
    '--reader',
    reader,
    '--seed',
    String(seed),
    '--peak',
    String(index),
  ];
  const { status, stdout } = spawnSync(process.execPath, flags, { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : Number.POSITIVE_INFINITY;
}

type PartEnd = { readonly summary: CasesSummary } | { readonly finding: CaseFinding };

async function runPart(reader: string, seed: number, job: Job, folder: string): Promise<PartEnd> {
  writeFileSync(join(folder, files.job), JSON.stringify(job));
  writeFileSync(join(folder, files.now), '');
  rmSync(join(folder, files.result), { force: true });
  const child = spawn(
    process.execPath,
    [program, '--reader', reader, '--seed', String(seed), '--serve', folder],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const end = await waitFor(child, join(folder, files.now));
  if (end === null) return { summary: JSON.parse(readFileSync(join(folder, files.result), 'utf8')) };
  return { finding: { index: Number(readFileSync(join(folder, files.now), 'utf8')), ...end } };
}

/** Null where the process ended well. */
function waitFor(child: ChildProcess, now: string): Promise<Omit<CaseFinding, 'index'> | null> {
  return new Promise((done) => {
    let hung = false;
    let said = '';
    let seen = '';
    let since = performance.now();
    child.stderr?.on('data', (text: Buffer) => {
      said = `${said}${text}`.slice(0, 2000);
    });
    const watch = setInterval(() => {
      const current = readFileSync(now, 'utf8');
      if (current !== seen) {
        seen = current;
        since = performance.now();
      } else if (performance.now() - since > patienceMs) {
        hung = true;
        child.kill('SIGKILL');
      }
    }, lookEveryMs);
    child.on('close', (code, signal) => {
      clearInterval(watch);
      if (hung) done({ kind: 'hang', detail: `no end after ${patienceMs / 1000} s` });
      else if (code === 0) done(null);
      else done({ kind: 'crash', detail: `the process ended with ${signal ?? `code ${code}`}: ${said}` });
    });
  });
}
