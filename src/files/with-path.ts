import { isFileFault } from './is-file-fault.ts';

/** The error, with a path if it has none: a disk that fills up while a file is written does not say which. */
export function withPath(error: unknown, path: string): unknown {
  if (isFileFault(error)) error.path ??= path;
  return error;
}
