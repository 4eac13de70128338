import { type ReferenceKey, references } from './references.ts';

/** Cites publications within a text, and remembers them. */
export type Cite = (...keys: readonly ReferenceKey[]) => string;

/**
 * A citer, and what it has cited so far, in alphabetical order.
 *
 * @example
 * const { cite, cited } = citer();
 * cite('holm1979simple'); // '(Holm 1979)'
 * cited(); // ['holm1979simple']
 */
export function citer(): { readonly cite: Cite; readonly cited: () => ReferenceKey[] } {
  const known = new Set<ReferenceKey>();
  return {
    cite: (...keys) => {
      for (const key of keys) known.add(key);
      return `(${keys.map((key) => references[key].short).join('; ')})`;
    },
    cited: () => [...known].sort(),
  };
}
