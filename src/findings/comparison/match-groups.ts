import { nameOfGroup, type SeedGroupRuns } from '../seed-groups.ts';

/** Groups of runs that are held against each other. */
export interface MatchedGroups {
  readonly title: string;
  readonly a: SeedGroupRuns;
  readonly b: SeedGroupRuns;
}

export interface GroupMatching {
  readonly matched: readonly MatchedGroups[];
  readonly onlyIn: { readonly a: readonly SeedGroupRuns[]; readonly b: readonly SeedGroupRuns[] };
}

type Key = (group: SeedGroupRuns) => string;

/** From the closest kinship on: what is left over by one is matched by the next. */
const kinships: readonly Key[] = [
  ({ architecture, dataset, conditions }) => JSON.stringify([architecture, dataset, conditions]),
  // A change of settings between two studies, or of what a study varies.
  ({ architecture, dataset }) => JSON.stringify([architecture, dataset]),
  // Two networks on the same data.
  ({ dataset }) => JSON.stringify([dataset]),
  // One network on two sets of data.
  ({ architecture }) => JSON.stringify([architecture]),
];

/**
 * Which groups of two studies belong together: of the same network, data and conditions, and of what is left the same network
 * and data, the same data, or the same network, wherever either side has just one such group.
 */
export function matchGroups(a: readonly SeedGroupRuns[], b: readonly SeedGroupRuns[]): GroupMatching {
  const partners = new Map<SeedGroupRuns, SeedGroupRuns>();
  const taken = new Set<SeedGroupRuns>();
  for (const key of kinships) {
    const freeA = a.filter((group) => !partners.has(group));
    const freeB = b.filter((group) => !taken.has(group));
    for (const group of freeA) {
      const alike = (other: SeedGroupRuns): boolean => key(other) === key(group);
      const [own, others] = [freeA.filter(alike), freeB.filter(alike)];
      if (own.length !== 1 || others.length !== 1) continue;
      partners.set(group, others[0]);
      taken.add(others[0]);
    }
  }
  return {
    matched: a.flatMap((group) => {
      const other = partners.get(group);
      return other === undefined ? [] : [{ title: titleOf(group, other), a: group, b: other }];
    }),
    onlyIn: {
      a: a.filter((group) => !partners.has(group)),
      b: b.filter((group) => !taken.has(group)),
    },
  };
}

function titleOf(a: SeedGroupRuns, b: SeedGroupRuns): string {
  const [one, other] = [nameOfGroup(a), nameOfGroup(b)];
  return one === other ? one : `${one} / ${other}`;
}
