/** Does something that writes, as far as it may. */
export function unlessRefused(action: () => void): void {
  try {
    action();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['EACCES', 'EPERM', 'EROFS'].includes(code)) throw error;
  }
}
