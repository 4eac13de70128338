/** Lines and rows that are worth reading: of thousands of runs nobody looks at each. */
export const mostListed = 40;

/** What of many is shown. */
export interface Listed<Item> {
  readonly shown: readonly Item[];
  /** A line that says how many are not, and where they stand; none where all are shown. */
  readonly more: readonly string[];
}

/**
 * The first of many lines or rows.
 *
 * @param where to have the others, e.g. `--all`; null where all are asked for.
 * @example
 * firstOf(['a', 'b', 'c'], '--all', 2).shown; // ['a', 'b']
 */
export function firstOf<Item>(items: readonly Item[], where: string | null, most = mostListed): Listed<Item> {
  if (where === null || items.length <= most) return { shown: items, more: [] };
  return { shown: items.slice(0, most), more: [`… and ${items.length - most} more (${where})`] };
}
