import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { analysisRooms, codeDigest } from '../../src/workbench/analysis-code-store.ts';
import { scratchFolder } from '../cli/rankscope.ts';
import { compiledPath } from '../compiled-program.ts';
import { studyOfSeeds } from './study-of-seeds.ts';

/** A program of one module in each room. */
function programIn(folder: string, text = 'export {};\n'): string {
  const dist = join(folder, 'dist');
  for (const room of analysisRooms) {
    mkdirSync(join(dist, room), { recursive: true });
    writeFileSync(join(dist, room, 'index.js'), text);
  }
  writeFileSync(join(folder, 'package.json'), '{}');
  return dist;
}

const later = (): number => Date.now() + 60_000;

describe('the digest of a program', () => {
  const digest = (dist: string, since = later()) =>
    codeDigest(dist, { ending: '.js', since, inode: statSync(dist).ino });

  it('is that of its code, wherever it lies', () => {
    const one = digest(programIn(scratchFolder()));
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(digest(programIn(scratchFolder()))).toBe(one);
    expect(digest(programIn(scratchFolder(), 'export {}\n'))).not.toBe(one);
  });

  it('is not known where a file was written since, however old it says to be', () => {
    const dist = programIn(scratchFolder());
    const { ctimeMs } = statSync(join(dist, '..', 'package.json'));
    expect(digest(dist, ctimeMs + 1)).not.toBeNull();
    expect(digest(dist, ctimeMs - 1)).toBeNull();
    const file = join(dist, 'detectors', 'index.js');
    while (statSync(file).ctimeMs <= ctimeMs + 1) writeFileSync(file, 'export {};\n');
    utimesSync(file, 0, 0);
    expect(digest(dist, ctimeMs + 1)).toBeNull();
  });

  it('is not known where another program was put in its place', () => {
    const folder = scratchFolder();
    const dist = programIn(folder);
    const { ino: inode } = statSync(dist);
    renameSync(dist, join(folder, 'before'));
    programIn(folder);
    expect(codeDigest(dist, { ending: '.js', since: later(), inode })).toBeNull();
  });
});

describe('a program that is replaced while it runs', () => {
  /** A copy of the compiled program, which may be changed. */
  function copiedProgram(): string {
    const folder = scratchFolder();
    const root = dirname(dirname(dirname(compiledPath('cli/main.js'))));
    // An analysis needs nothing of the runtime that trains, which is most of what there is.
    const filter = (path: string) => !/onnxruntime$|\.map$|\.d\.ts$/.test(path);
    cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true, filter });
    cpSync(join(root, 'package.json'), join(folder, 'package.json'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    return join(folder, 'dist');
  }

  /** What an analysis by some threads says of its cache, in a process that has loaded the program before it is replaced. */
  function troubleOf(study: string, workers: number, known: boolean): string | null {
    const copy = copiedProgram();
    const code = `
      import { appendFileSync } from 'node:fs';
      const { analyzeStudyIn } = await import(${JSON.stringify(pathToFileURL(join(copy, 'workbench/examine-study.js')).href)});
      const { analysisCode } = await import(${JSON.stringify(pathToFileURL(join(copy, 'workbench/analysis-code-store.js')).href)});
      if (${known}) analysisCode();
      appendFileSync(${JSON.stringify(join(copy, 'detectors/mean-shift.js'))}, '\\n// another version');
      let trouble;
      await analyzeStudyIn(${JSON.stringify(study)}, { workers: ${workers}, onCache: (use) => (trouble = use.trouble) });
      console.log(JSON.stringify(trouble));
    `;
    // A file: threads cannot be started from a program that is given on the command line.
    const script = join(copy, '..', 'replaced.mjs');
    writeFileSync(script, code);
    const { stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    expect(stderr).toBe('');
    return JSON.parse(stdout);
  }

  it('keeps nothing of what it finds out before it knows which program it is', () => {
    const study = studyOfSeeds();
    expect(troubleOf(study, 1, false)).toMatch(/the program was replaced/);
    expect(existsSync(join(study, 'cache'))).toBe(false);
  });

  it('keeps nothing of what threads find out that were started later', () => {
    const study = studyOfSeeds();
    expect(troubleOf(study, 2, true)).toMatch(/the program was replaced/);
    expect(existsSync(join(study, 'cache')) ? readdirSync(join(study, 'cache')) : []).toEqual([]);
  });

  it('keeps what it finds out alone, having known before which program it is', () => {
    const study = studyOfSeeds();
    expect(troubleOf(study, 1, true)).toBeNull();
    expect(readdirSync(join(study, 'cache', 'runs')).length).toBeGreaterThan(0);
  });
});
