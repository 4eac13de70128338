/**
 * A name for one more column: the wanted one, or, where a column has it, with a word in front, as often as it takes. Names that
 * differ in case alone count as one, as they do in SQL.
 *
 * @param taken names of columns in small letters; the new one is added.
 */
export function freeName(wanted: string, word: string, taken: Set<string>): string {
  let name = wanted;
  while (taken.has(name.toLowerCase())) name = `${word}_${name}`;
  taken.add(name.toLowerCase());
  return name;
}
