/**
 * Things by a key, in the order in which their keys come up; `Map.groupBy`, which Node 20 does not have.
 *
 * @example
 * groupBy([1, 2, 3], (value) => value % 2); // Map { 1 => [1, 3], 0 => [2] }
 */
export function groupBy<Thing, Key>(
  things: Iterable<Thing>,
  keyOf: (thing: Thing) => Key,
): Map<Key, Thing[]> {
  const groups = new Map<Key, Thing[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [thing]);
    else members.push(thing);
  }
  return groups;
}
