import { SqlitePages } from './pages.ts';
import { type SqliteValue, sqliteRows } from './records.ts';

/** Rows of a table by the names of its columns. */
export type NamedRow = Readonly<Record<string, SqliteValue>>;

/** A SQLite database, read only, as loggers write them: tables with rowids. Indices, views and triggers are passed over. */
export interface SqliteDatabase {
  readonly tables: readonly string[];
  /** The rows of a table, in the order in which they were put in; none for a table that is not there. */
  rows(table: string): Generator<NamedRow>;
}

/**
 * Opens a database, with the write-ahead log beside it.
 *
 * @param wal content of the file that ends in `-wal`; null where there is none.
 * @throws InputError where it is damaged, or no database in UTF-8.
 */
export function openSqlite(bytes: Uint8Array, wal: Uint8Array | null, file: string): SqliteDatabase {
  const pages = new SqlitePages(bytes, wal, file);
  const tables = new Map<string, { readonly root: number; readonly columns: readonly Column[] }>();
  for (const { values } of sqliteRows(pages, 1)) {
    const [type, name, , root, sql] = values;
    if (type !== 'table' || typeof name !== 'string' || typeof root !== 'number' || typeof sql !== 'string')
      continue;
    if (/\bwithout\s+rowid\b/i.test(sql)) continue;
    tables.set(name, { root, columns: columnsOf(sql) });
  }
  return {
    tables: [...tables.keys()],
    *rows(name) {
      const table = tables.get(name);
      if (table === undefined) return;
      for (const { rowid, values } of sqliteRows(pages, table.root)) {
        yield Object.fromEntries(
          table.columns.map((column, c) => [column.name, column.isRowid ? rowid : (values[c] ?? null)]),
        );
      }
    },
  };
}

interface Column {
  readonly name: string;
  /** An INTEGER PRIMARY KEY is the rowid, and stored as null. */
  readonly isRowid: boolean;
}

const constraint = /^(?:constraint|primary|unique|check|foreign)\b/i;

/** The columns that a CREATE TABLE statement names. */
function columnsOf(sql: string): Column[] {
  const body = sql.slice(sql.indexOf('(') + 1, sql.lastIndexOf(')'));
  return topLevelParts(body)
    .map((part) => part.trim())
    .filter((part) => part !== '' && !constraint.test(part))
    .map((part) => {
      const [, quoted, plain] = /^(?:["`[]([^"`\]]*)["`\]]|(\S+))/.exec(part) ?? [];
      return { name: quoted ?? plain ?? '', isRowid: /^\S+\s+integer\s+primary\s+key\b/i.test(part) };
    });
}

/** Split at commas outside brackets and quotes. */
function topLevelParts(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === "'" || character === '"') quote = character;
    else if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

/** Whether a file begins as a SQLite database does. */
export function looksLikeSqlite(head: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(head.subarray(0, 15)) === 'SQLite format 3';
}
