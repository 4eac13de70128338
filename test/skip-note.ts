const pattern = /\(skipped: (.*?)\)(?: > |$)/;

/** How the title of a test or block says why it is skipped. */
export const skipNote = (reason: string): string => `(skipped: ${reason})`;

/** The reason in the full name of a test that was skipped. */
export function skipReason(fullName: string): string {
  return pattern.exec(fullName)?.[1] ?? 'no reason given';
}
