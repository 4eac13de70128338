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

/** @param chosen conditions by which its side was chosen. */
type Key = (group: SeedGroupRuns, chosen: ReadonlySet<string>) => string;

/** From the closest kinship on: what is left over by one is matched by the next. */
const kinships: readonly Key[] = [
  ({ architecture, dataset, conditions }) => JSON.stringify([architecture, dataset, conditions]),
  // Of a grid two levels of one factor: alike in the others.
  ({ architecture, dataset, conditions }, chosen) =>
    JSON.stringify([architecture, dataset, partsOf(conditions).filter((part) => !chosen.has(part))]),
  // A change of settings between two studies, or of what a study varies.
  ({ architecture, dataset }) => JSON.stringify([architecture, dataset]),
  // Two networks on the same data.
  ({ dataset }) => JSON.stringify([dataset]),
  // One network on two sets of data.
  ({ architecture }) => JSON.stringify([architecture]),
];

/**
 * Which groups of two studies belong together: of the same network, data and conditions, and of what is left the same but for the
 * conditions that all of one side have and none of the other, the same network and data, the same data, or the same network, wherever either side has just one such group.
 */
export function matchGroups(a: readonly SeedGroupRuns[], b: readonly SeedGroupRuns[]): GroupMatching {
  const partners = new Map<SeedGroupRuns, SeedGroupRuns>();
  const taken = new Set<SeedGroupRuns>();
  const [chosenA, chosenB] = [chosenBy(a, b), chosenBy(b, a)];
  for (const key of kinships) {
    const freeA = a.filter((group) => !partners.has(group));
    const freeB = b.filter((group) => !taken.has(group));
    for (const group of freeA) {
      const wanted = key(group, chosenA);
      const own = freeA.filter((other) => key(other, chosenA) === wanted);
      const others = freeB.filter((other) => key(other, chosenB) === wanted);
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

/** The conditions that all groups of a side have, and none of the other side. */
function chosenBy(own: readonly SeedGroupRuns[], others: readonly SeedGroupRuns[]): ReadonlySet<string> {
  const elsewhere = new Set(others.flatMap(({ conditions }) => partsOf(conditions)));
  const parts = own.map(({ conditions }) => partsOf(conditions));
  return new Set(
    parts[0]?.filter((part) => !elsewhere.has(part) && parts.every((all) => all.includes(part))),
  );
}

/** `batchSize 16, learningRate 0.001` as its conditions. */
function partsOf(conditions: string): string[] {
  return conditions.split(', ').filter((part) => part !== '');
}

function titleOf(a: SeedGroupRuns, b: SeedGroupRuns): string {
  const [one, other] = [nameOfGroup(a), nameOfGroup(b)];
  return one === other ? one : `${one} / ${other}`;
}
