/** Whether the operating system said it. */
export function isFileFault(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** Whether it said that there is no such file or folder: what was asked for is wrong, and not the machine that was asked. */
export function isAbsence(error: unknown): boolean {
  return isFileFault(error) && ['ENOENT', 'ENOTDIR'].includes(error.code ?? '');
}
