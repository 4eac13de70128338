/** Why a run stopped that found no room to write. */
export const diskFull = 'the disk is full';

/** Whether something failed because there is no room left to write, on the disk or in the user's share of it. */
export function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException | null)?.code ?? '');
}

/** Does something that writes and is worth less than what it is written for; without room it is left undone. */
export async function unlessFull(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!isDiskFull(error)) throw error;
  }
}
