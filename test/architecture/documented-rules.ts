import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** What docs/architecture.md says of the rooms under `src/`. */
export interface ArchitectureRules {
  /** Rooms that a room may import; null for a shell, which may import any and which no room may import. */
  readonly allowed: ReadonlyMap<string, readonly string[] | null>;
  /** Rooms of which a room may use types only. */
  readonly typesOnly: ReadonlyMap<string, readonly string[]>;
  /** Patterns of the files that may use `node:` modules, e.g. `study/*-store.ts`, below `src/`. */
  readonly ioFiles: readonly RegExp[];
}

/** Reads the two tables, so that the page and the test cannot differ. */
export function documentedRules(): ArchitectureRules {
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/architecture.md'), 'utf8');
  const rooms = rowsBelow(page, '| room | may import |');
  const allowed = new Map<string, readonly string[] | null>();
  const typesOnly = new Map<string, readonly string[]>();
  for (const [room, imports] of rooms) {
    if (imports === 'any room') {
      allowed.set(room, null);
      continue;
    }
    const parts = imports.split(';').map((part) => part.trim());
    const types = parts
      .filter((part) => part.startsWith('types of '))
      .flatMap((part) => listed(part.slice(9)));
    const values = parts.filter((part) => !part.startsWith('types of ')).flatMap(listed);
    allowed.set(room, [...types, ...values]);
    typesOnly.set(room, types);
  }
  const ioFiles = rowsBelow(page, '| files | what they reach |').flatMap(([files]) =>
    [...files.matchAll(/`([^`]+)`/g)].map(([, pattern]) => globExpression(pattern)),
  );
  return { allowed, typesOnly, ioFiles };
}

function rowsBelow(page: string, header: string): string[][] {
  const lines = page.split(/\r?\n/);
  const start = lines.indexOf(header);
  if (start < 0) throw new Error(`docs/architecture.md has no table headed ${header}`);
  const end = lines.findIndex((line, i) => i > start && !line.startsWith('|'));
  return lines.slice(start + 2, end).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

function listed(part: string): string[] {
  return part === 'nothing' ? [] : part.split(',').map((room) => room.trim());
}

/** A star stands for a part of a name; a star and a slash in front, for a folder at any depth. */
function globExpression(pattern: string): RegExp {
  const anywhere = pattern.startsWith('*/');
  const name = (anywhere ? pattern.slice(2) : pattern).replaceAll('.', '\\.').replaceAll('*', '[a-z-]*');
  return new RegExp(`^${anywhere ? '.+/' : ''}${name}$`);
}
