import type { CheckpointReading } from './checkpoint-reading.ts';

/**
 * Computes something of one subject of a reading once, however many measures ask for it; it is kept as long as the reading.
 *
 * @param compute must depend on nothing else.
 */
export function oncePerReading<T>(
  compute: (reading: CheckpointReading, name: string) => T,
): (reading: CheckpointReading, name: string) => T {
  const known = new WeakMap<CheckpointReading, Map<string, T>>();
  return (reading, name) => {
    const own = known.get(reading) ?? new Map<string, T>();
    known.set(reading, own);
    if (!own.has(name)) own.set(name, compute(reading, name));
    return own.get(name)!;
  };
}
