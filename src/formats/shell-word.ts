/**
 * A word as a POSIX shell reads it back whole: as it is where nothing in it means anything to the shell, else in single quotes.
 *
 * @example
 * shellWord("it's"); // "'it'\\''s'"
 */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`;
}
