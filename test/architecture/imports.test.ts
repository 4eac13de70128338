import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analysisRooms } from '../../src/workbench/analysis-code-store.ts';
import { documentedRules } from './documented-rules.ts';

const src = resolve(import.meta.dirname, '../../src');

const { allowed, typesOnly, ioFiles } = documentedRules();
const shells = [...allowed].flatMap(([room, imports]) => (imports === null ? [room] : []));

interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.split(sep).join('/'));

const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(join(src, file), 'utf8');
  const pattern =
    /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/gm;
  return [...text.matchAll(pattern)].map((match) => ({
    from: file,
    specifier: match[2] ?? match[3],
    typeOnly: match[1] !== undefined,
  }));
});

const roomOf = (file: string): string => (file.includes('/') ? file.split('/')[0] : '');
const targetOf = ({ from, specifier }: Import): string =>
  relative(src, resolve(src, dirname(from), specifier))
    .split(sep)
    .join('/');
const crossings = imports
  .filter(({ specifier }) => specifier.startsWith('.'))
  .map((entry) => ({ ...entry, target: targetOf(entry) }))
  .filter(({ from, target }) => roomOf(from) !== roomOf(target));

describe('the rooms of the code', () => {
  it('reads a source tree with imports in it', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(crossings.length).toBeGreaterThan(20);
  });

  it('are those of the import table', () => {
    const rooms = new Set(files.map(roomOf).filter((room) => room !== ''));
    expect([...allowed.keys()].sort()).toEqual([...rooms].sort());
  });

  it('import only what the table allows', () => {
    const offences = crossings.filter(({ from, target }) => {
      const room = roomOf(from);
      if (room === '' || shells.includes(room)) return false;
      return !allowed.get(room)!.includes(roomOf(target));
    });
    expect(offences).toEqual([]);
  });

  it('use only types of the rooms that they merely describe', () => {
    const offences = crossings.filter(({ from, target, typeOnly }) => {
      const limited = typesOnly.get(roomOf(from)) ?? [];
      return limited.includes(roomOf(target)) && !typeOnly;
    });
    expect(offences).toEqual([]);
  });

  it('form no circle of files, types included', () => {
    const targets = new Map<string, string[]>(files.map((file) => [file, []]));
    for (const entry of imports) {
      if (entry.specifier.startsWith('.')) targets.get(entry.from)!.push(targetOf(entry));
    }
    expect(circlesOf(targets)).toEqual([]);
  });

  it('have all that the answers in a cache are made with among those whose code they are sealed with', () => {
    const makers = [
      'workbench/analysis-parts.ts',
      'workbench/analysis-texts.ts',
      'findings/study-analysis.ts',
    ];
    const reached = new Set(makers);
    for (const file of reached) {
      const own = imports.filter(({ from, specifier }) => from === file && specifier.startsWith('.'));
      for (const entry of own) if (!entry.typeOnly) reached.add(targetOf(entry));
    }
    expect(reached.size).toBeGreaterThan(100);
    const sealed = new Set<string>([...analysisRooms, 'threads']);
    expect([...reached].filter((file) => !sealed.has(roomOf(file)))).toEqual([]);
  });

  it('do not import the public index or a shell', () => {
    const offences = crossings.filter(({ from, target }) => {
      if (shells.includes(roomOf(from))) return target === 'index.ts';
      return target === 'index.ts' || shells.includes(roomOf(target));
    });
    expect(offences).toEqual([]);
  });

  it('touch files and the network only in shells and in files whose job it is', () => {
    const offences = imports.filter(
      ({ from, specifier }) =>
        specifier.startsWith('node:') &&
        !shells.includes(roomOf(from)) &&
        !ioFiles.some((io) => io.test(from)),
    );
    expect(offences).toEqual([]);
  });

  it('import files that exist', () => {
    expect(crossings.filter(({ target }) => !existsSync(join(src, target)))).toEqual([]);
  });

  it('have no drawer for odds and ends', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|misc)(\/|\.ts$)/.test(file))).toEqual([]);
  });
});

/** The paths that lead back to where they began, each as `a → b → a`. */
function circlesOf(targets: ReadonlyMap<string, readonly string[]>): string[] {
  const finished = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) circles.push([...path.slice(start), file].join(' → '));
    if (start >= 0 || finished.has(file)) return;
    for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
    finished.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return circles;
}
