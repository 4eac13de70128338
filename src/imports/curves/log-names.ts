import { runIdPattern } from '../../measurements/run-id.ts';

/** Names for a log's own tables, made of names that others gave: allowed ones, each once. */
export class LogNames {
  readonly #taken = new Set<string>();
  readonly #make: (name: string) => string;

  /** @param make a name without what is not allowed; repeats are numbered. */
  constructor(make: (name: string) => string) {
    this.#make = make;
  }

  take(name: string): string {
    const plain = this.#make(name);
    let free = plain;
    for (let n = 2; this.#taken.has(free); n++) free = `${plain.slice(0, 90)}-${n}`;
    this.#taken.add(free);
    return free;
  }
}

/** An id of a series: lower-case letters, digits, `_`, `.`, `-`. */
export function seriesName(name: string): string {
  return startingWithLetter(name.toLowerCase().replace(/[^a-z0-9_.-]+/g, '_')).slice(0, 90);
}

/** A name of a track's series, which has no dots. */
export function trackSeriesName(name: string): string {
  return seriesName(name).replaceAll('.', '_');
}

/** A run id, which names a file. */
export function runName(name: string): string {
  const plain = name
    .replace(/[^A-Za-z0-9_.-]+/g, '_')
    .replace(/^[._]+|[._]+$/g, '')
    .slice(0, 90);
  return runIdPattern.test(plain) ? plain : `run-${plain.replaceAll('.', '_')}`;
}

function startingWithLetter(name: string): string {
  const trimmed = name.replace(/^_+/, '');
  return /^[a-z]/.test(trimmed) ? trimmed : `x${trimmed === '' ? '' : `_${trimmed}`}`;
}
