import type { Run } from '../measurements/types.ts';

/** One file that may be imported. What is read of it is read when it is asked for. */
export interface SourceFile {
  /** Path below the source, with `/`; the file's own name where the source is a file. */
  readonly name: string;
  /** For messages. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Its first kilobytes. */
  head(): Uint8Array;
  /** All of it; refused where it is larger than memory is meant for. */
  bytes(): Uint8Array;
  /** All of it, piece by piece. */
  pieces(): Iterable<Uint8Array>;
  /** What lies beside it under its name and this ending, e.g. `-wal`; null for nothing. */
  beside(ending: string): Uint8Array | null;
}

/** What was given to be imported: a file, or a folder with everything below it. */
export interface ImportSource {
  readonly path: string;
  readonly isFolder: boolean;
  /** In the order of their names. */
  readonly files: readonly SourceFile[];
}

/** How a log is to be understood where it does not say so itself. */
export interface ReadingOptions {
  /** Which column has what: by role (`step`, `run`, `layer`, `metric`, `value`, `kind`, …) the column's name. */
  readonly columns?: Readonly<Record<string, string>>;
  /** How columns are named after layers and metrics, e.g. `{layer}/{metric}`. */
  readonly names?: string;
  /** Of runs that do not say theirs. */
  readonly architecture?: string;
  readonly dataset?: string;
}

/** Runs that were read, and how. */
export interface Imported {
  readonly runs: readonly Run[];
  /** What a user must know: which column was taken for what, what was left out. */
  readonly notes: readonly string[];
}

/** A format of logs that other programs write. */
export interface Importer {
  /** As `--from` takes it. */
  readonly name: string;
  /** What it reads, in one line. */
  readonly reads: string;
  /** Whether these files look like it; judged by names and first bytes. The first importer that says so is asked to read. */
  recognizes(source: ImportSource): boolean;
  /** @throws InputError that lists every fault with its place. */
  read(source: ImportSource, options: ReadingOptions): Imported | Promise<Imported>;
}
