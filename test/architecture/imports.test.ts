import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = resolve(import.meta.dirname, '../../src');

/** Which rooms a room may import, types included. Every room may import `errors`. docs/architecture.md shows the same table. */
const allowedImports: Record<string, readonly string[]> = {
  errors: [],
  numerics: [],
  checkpoints: [],
  datasets: ['numerics'],
  autodiff: ['numerics'],
  models: ['autodiff', 'numerics'],
  training: ['datasets', 'models', 'autodiff', 'checkpoints', 'numerics'],
  spectra: ['numerics'],
  measurements: ['spectra', 'numerics'],
  landscape: ['numerics'],
  study: [
    'training',
    'spectra',
    'landscape',
    'measurements',
    'datasets',
    'models',
    'checkpoints',
    'numerics',
  ],
  dynamics: ['measurements', 'numerics'],
  validity: ['dynamics', 'measurements', 'numerics'],
  mechanisms: ['checkpoints', 'spectra', 'models', 'training', 'numerics'],
  published: ['measurements', 'numerics'],
  findings: ['dynamics', 'validity', 'mechanisms', 'measurements', 'numerics', 'spectra'],
  figures: ['dynamics', 'findings', 'measurements', 'validity'],
  report: ['findings', 'figures', 'measurements', 'dynamics', 'validity'],
};
/** Rooms of which only types may be used by the room on the left. */
const typesOnly: Record<string, readonly string[]> = {
  measurements: ['spectra'],
  figures: ['dynamics', 'findings', 'measurements', 'validity'],
};
/** Shells: they may import any room, and no room may import them. */
const shells = ['cli', 'web'];
/** Rooms' files whose one job is input and output; everything else takes bytes, arrays and options. */
const ioFiles = [
  /^training\/session(-pool|-worker)?\.ts$/,
  /^measurements\/[a-z-]+-store\.ts$/,
  /^datasets\/(download|dataset-files)\.ts$/,
  /^study\/[a-z-]+-(store|pool|worker)\.ts$/,
  /^figures\/font-files\.ts$/,
  /^report\/page-assets\.ts$/,
  /^validity\/(harness\/)?[a-z-]+-(store|pool|worker)\.ts$/,
];

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

  it('are all in the import table', () => {
    const rooms = new Set(files.map(roomOf).filter((room) => room !== ''));
    expect([...rooms].filter((room) => !(room in allowedImports) && !shells.includes(room))).toEqual([]);
  });

  it('import only what the table allows', () => {
    const offences = crossings.filter(({ from, target }) => {
      const room = roomOf(from);
      if (room === '' || shells.includes(room)) return false;
      return roomOf(target) !== 'errors' && !allowedImports[room].includes(roomOf(target));
    });
    expect(offences).toEqual([]);
  });

  it('use only types of the rooms that they merely describe', () => {
    const offences = crossings.filter(({ from, target, typeOnly }) => {
      const limited = typesOnly[roomOf(from)] ?? [];
      return limited.includes(roomOf(target)) && !typeOnly;
    });
    expect(offences).toEqual([]);
  });

  it('form no cycle', () => {
    const visit = (room: string, path: readonly string[]): string[] =>
      path.includes(room)
        ? [[...path, room].join(' → ')]
        : (allowedImports[room] ?? []).flatMap((next) => visit(next, [...path, room]));
    expect(Object.keys(allowedImports).flatMap((room) => visit(room, []))).toEqual([]);
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
