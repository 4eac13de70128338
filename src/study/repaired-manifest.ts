import type { StudyManifest } from '../measurements/types.ts';
import type { RepairedStudy } from './verification.ts';
import type { InspectedManifest } from './verify-store.ts';

/** As a manifest bounds them. */
const longestNote = 1000;
const mostNotes = 1000;

/**
 * The manifest of a study that was repaired: with notes of what is lost, and without the digests of logs, which are
 * noted anew.
 *
 * @param name what to call the study if its title is lost.
 */
export function repairedManifest(
  name: string,
  { manifest, verdict }: Pick<InspectedManifest, 'manifest' | 'verdict'>,
  { runs, lost }: RepairedStudy,
): StudyManifest {
  const isSound = verdict.fault === null;
  const losses = lost.map((what) => `Lost, and left out when the study was repaired: ${what}`);
  const doubt = `The manifest of the study that this one was repaired from was damaged (${verdict.fault})`;
  const noted = (doubts: readonly string[]): readonly string[] =>
    [...(manifest?.notes ?? []), ...doubts, ...losses]
      .slice(0, mostNotes)
      .map((note) => note.slice(0, longestNote));
  if (manifest !== null) {
    const notes = noted(isSound ? [] : [`${doubt}: title, origin, settings and machine may be wrong`]);
    const { logs: _, notes: __, ...facts } = manifest;
    return { ...facts, runs: isSound ? manifest.runs : runs, ...(notes.length > 0 && { notes }) };
  }
  return {
    schemaVersion: 2,
    tool: { name: 'unknown', version: 'unknown' },
    title: name,
    origin: 'trained',
    source: null,
    settings: {},
    machine: {},
    runs,
    notes: noted([`${doubt}: its title, origin, settings and machine are lost`]),
  };
}
