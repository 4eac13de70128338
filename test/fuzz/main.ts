/**
 * `npm run fuzz`: damaged files for every reader, by the hundred thousand. Each reader runs in a process of its own, which is
 * stopped where a case hangs and started again behind one that ended it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { caseMaker } from './cases.ts';
import type { FuzzedReader } from './fuzzed-reader.ts';
import { measure, peakOf } from './measure.ts';
import { readers } from './readers.ts';
import type { CaseFinding } from './run-cases.ts';
import { peakInProcess, runWatched, serveCases } from './watched-cases.ts';

const usage = `npm run fuzz -- [options]
  --cases <number>    cases of each reader (default: 100000)
  --reader <names>    only these, comma-separated: ${readers.map(({ name }) => name).join(', ')}
  --seed <number>     the same seed makes the same cases (default: 1)
  --case <index>      one case of one reader: what it does, and the file itself in .scratch/fuzz`;

const { values: flags } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    reader: { type: 'string' },
    seed: { type: 'string', default: '1' },
    case: { type: 'string' },
    help: { type: 'boolean', default: false },
    /** Given by the program to itself. */
    serve: { type: 'string' },
    peak: { type: 'string' },
  },
});

const seed = wholeNumber('seed', flags.seed);
if (flags.help) process.stdout.write(`${usage}\n`);
else if (flags.serve !== undefined) serveCases(readerNamed(flags.reader ?? ''), seed, flags.serve);
else if (flags.peak !== undefined) {
  const reader = readerNamed(flags.reader ?? '');
  const bytes = caseMaker(reader, seed)(wholeNumber('peak', flags.peak));
  // Once before, so that code which is compiled and kept is not counted.
  measure(reader, bytes);
  process.stdout.write(String(peakOf(reader, bytes)));
} else if (flags.case !== undefined)
  showCase(readerNamed(flags.reader ?? ''), wholeNumber('case', flags.case));
else await fuzz(flags.reader?.split(',').map(readerNamed) ?? readers, wholeNumber('cases', flags.cases));

async function fuzz(chosen: readonly FuzzedReader[], cases: number): Promise<void> {
  process.stdout.write(row('reader', 'cases', 'read', 'refused', 'slowest', 'findings'));
  let found = 0;
  for (const reader of chosen) {
    const { read, refused, slowestSeconds, findings } = await runWatched(reader.name, seed, cases);
    found += findings.length;
    process.stdout.write(
      row(reader.name, cases, read, refused, `${(1000 * slowestSeconds).toFixed(0)} ms`, findings.length),
    );
    for (const [first, ...same] of alike(findings)) report(reader, first, same.length);
  }
  process.exitCode = found === 0 ? 0 : 1;
}

/** Findings that were thrown at the same place, together. */
function alike(findings: readonly CaseFinding[]): CaseFinding[][] {
  const groups = new Map<string, CaseFinding[]>();
  for (const finding of findings) {
    const place = finding.detail.split('\n').slice(1, 3).join();
    const key = finding.kind === 'another error' ? place : finding.kind;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()];
}

function report(reader: FuzzedReader, { index, kind, detail }: CaseFinding, others: number): void {
  const path = saveCase(reader, index);
  process.stdout.write(
    `  ${kind}${others === 0 ? '' : ` (and ${others} alike)`}: ${detail.replaceAll('\n', '\n    ')}\n  --reader ${reader.name} --seed ${seed} --case ${index}: ${path}\n`,
  );
}

function showCase(reader: FuzzedReader, index: number): void {
  const path = saveCase(reader, index);
  const { outcome, error, seconds, taken } = measure(reader, caseMaker(reader, seed)(index));
  const peak = peakInProcess(reader.name, seed, index);
  process.stdout.write(
    `${path}: ${outcome}, ${(1000 * seconds).toFixed(1)} ms, ${taken} bytes taken, at most ${peak} at once\n${error instanceof Error ? `${error.stack}\n` : ''}`,
  );
}

/** In a folder that is not kept: a file that ends somebody else's program is not passed on. */
function saveCase(reader: FuzzedReader, index: number): string {
  const folder = resolve('.scratch/fuzz');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${reader.name}-${seed}-${index}`);
  writeFileSync(path, caseMaker(reader, seed)(index));
  return path;
}

function readerNamed(name: string): FuzzedReader {
  const found = readers.find((reader) => reader.name === name);
  if (found === undefined) fail(`--reader ${name} is unknown`);
  return found!;
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,12}$/.test(text)) fail(`--${name} must be a whole number`);
  return Number(text);
}

function fail(problem: string): never {
  process.stderr.write(`${problem}\n${usage}\n`);
  process.exit(2);
}

function row(name: string, ...cells: readonly (string | number)[]): string {
  return `${name.padEnd(18)}${cells.map((cell) => String(cell).padStart(10)).join('')}\n`;
}
