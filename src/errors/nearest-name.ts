/**
 * The candidate closest to a mistyped name (Levenshtein distance), or null when none is near enough to suggest.
 *
 * @example
 * nearestName('mlp_narow', ['mlp_narrow', 'mlp_wide']); // 'mlp_narrow'
 */
export function nearestName(name: string, candidates: readonly string[]): string | null {
  const limit = Math.max(1, Math.floor(name.length / 3));
  let best: string | null = null;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase().slice(0, 200), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** A phrase for `InputError.allowed`: every candidate, and the likely one first where there is one. */
export function oneOf(name: string, candidates: readonly string[]): string {
  const nearest = nearestName(name, candidates);
  return `${nearest === null ? '' : `did you mean ${nearest}? `}one of ${candidates.join(', ')}`;
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
