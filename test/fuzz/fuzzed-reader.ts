import type { Mutation } from './mutations.ts';

/** A reader of untrusted bytes, as the fuzz harness runs it. */
export interface FuzzedReader {
  /** As `--reader` takes it. */
  readonly name: string;
  /** The file of src/ that holds it. */
  readonly source: string;
  /** Valid files, made by code; every one of them is read without an error. */
  samples(): readonly Uint8Array[];
  /** Reads a file as the program does, in full, and returns what is kept of it. It may throw an InputError and nothing else. */
  read(bytes: Uint8Array): unknown;
  /** Of files that nothing depends on: what cannot be read of them is left out. */
  readonly refusesNothing?: boolean;
  /** What breaks this format in its own terms, beside bit flips, cuts and splices. */
  readonly mutations?: readonly Mutation[];
  /** Bytes that the file holds once it is inflated; its length for formats that are not compressed. */
  readonly contentBytes?: (bytes: Uint8Array) => number;
  /** Memory that is allowed beyond four times the content and 1 MiB, where the format's parser needs more: stated in the docs. */
  readonly ceiling?: number;
}
