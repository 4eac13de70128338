/** Bounds on what a hostile file may ask for: names compared, names listed, characters of a name looked at. */
const mostCompared = 1000;
const mostListed = 60;
const longestName = 200;

/**
 * The candidate closest to a mistyped name (Levenshtein distance), or null when none is near enough to suggest.
 *
 * @example
 * nearestName('mlp_narow', ['mlp_narrow', 'mlp_wide']); // 'mlp_narrow'
 */
export function nearestName(name: string, candidates: readonly string[]): string | null {
  const wanted = name.slice(0, longestName).toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  let best: string | null = null;
  let bestDistance = limit + 1;
  for (const candidate of candidates.slice(0, mostCompared)) {
    if (Math.abs(candidate.length - wanted.length) > limit) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** A phrase for `InputError.allowed`: the candidates, and the likely one first where there is one. */
export function oneOf(name: string, candidates: readonly string[]): string {
  const nearest = nearestName(name, candidates);
  const listed = candidates.slice(0, mostListed).map((candidate) => candidate.slice(0, longestName));
  const more = candidates.length - listed.length;
  const suggestion = nearest === null ? '' : `did you mean ${nearest.slice(0, longestName)}? `;
  return `${suggestion}one of ${listed.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, previous[j] + 1, current[j - 1] + 1));
    }
    previous = current;
  }
  return previous[b.length];
}
