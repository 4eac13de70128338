import { z } from 'zod';
import { crc32, crcDigits } from '../checksums/crc.ts';
import { InputError } from '../errors/input-error.ts';
import { inPresentSpelling } from '../formats/former-spelling.ts';
import { knownVersions, writtenVersion } from './format-version.ts';
import { checkShape, parseUntrustedJson } from './parse-json.ts';
import { runIdPattern, runIdRule } from './run-id.ts';
import { type StudyManifest, studyOrigins } from './types.ts';

const text = (most: number) =>
  z.string({ error: 'a text' }).max(most, `a text of at most ${most} characters`);
const mostRuns = 100_000;
const runId = z.string({ error: 'a run id' }).regex(runIdPattern, runIdRule);

export const manifestSchema = z
  .object({
    schemaVersion: z.literal([1, 2], { error: knownVersions('study') }),
    tool: z.object({ name: text(100), version: text(100) }),
    title: text(1000),
    origin: z.enum(studyOrigins, { error: `one of ${studyOrigins.join(', ')}` }),
    source: text(1000).nullable(),
    settings: z.record(z.string(), z.unknown(), { error: 'an object' }),
    machine: z.record(text(100), z.union([text(1000), z.number()], { error: 'a text or a number' })),
    runs: z.array(runId, { error: 'a list of run ids' }).max(mostRuns, `at most ${mostRuns} runs`),
    logs: z
      .record(
        runId,
        z.object({
          records: z.int({ error: 'a whole number from 1' }).min(1, 'a whole number from 1'),
          sha256: z.string({ error: 'a text' }).regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'),
        }),
        { error: 'an object' },
      )
      .optional(),
    notes: z.array(text(1000), { error: 'a list of texts' }).max(1000, 'at most 1000 notes').optional(),
  })
  .check(({ value, issues }) => {
    const seen = new Set<string>();
    value.runs.forEach((id, index) => {
      if (seen.has(id)) {
        issues.push({ code: 'custom', path: ['runs', index], message: 'a run id used once', input: value });
      }
      seen.add(id);
    });
  });

/**
 * The manifest's file content; the same manifest gives the same bytes, whatever order logs ended in. Its last entry is
 * the CRC-32 of the bytes up to, not including, the comma before it.
 *
 * @throws InputError if it breaks the format's rules, e.g. names a run twice.
 */
export function formatManifest(manifest: StudyManifest, file?: string): string {
  const { logs = {}, notes, ...facts } = checkShape(manifestSchema, manifest, file);
  const ended = facts.runs.flatMap((id) => (Object.hasOwn(logs, id) ? [[id, logs[id]]] : []));
  const content = JSON.stringify(
    { ...facts, schemaVersion: writtenVersion, logs: Object.fromEntries(ended), notes },
    null,
    2,
  ).slice(0, -'\n}'.length);
  return `${content},\n  "crc": "${crcDigits(crc32(content))}"\n}\n`;
}

/** @throws InputError if the text is not a manifest of a version that is known, or not what was written. */
export function parseManifest(content: string, file: string): StudyManifest {
  const { manifest, isWhole } = readManifestText(content, file);
  if (isWhole) return manifest;
  throw new InputError({
    file,
    field: 'crc',
    value: sealIn(content)?.crc ?? 'missing',
    allowed: 'the checksum of what stands before it: the file was damaged, or changed by hand',
  });
}

/**
 * The manifest that a text holds, and whether it is what was written; of version 1, which has no checksum, it is taken
 * to be.
 *
 * @throws InputError if the text is not a manifest of a version that is known.
 */
export function readManifestText(
  content: string,
  file: string,
): { readonly manifest: StudyManifest; readonly isWhole: boolean } {
  const value = parseUntrustedJson(content, file);
  const manifest = checkShape(manifestSchema, inPresentSpelling(value), file);
  const { logs: _, ...versionOne } = manifest;
  if (manifest.schemaVersion === 1) {
    const isPlain = !Object.hasOwn(value as object, 'crc') && !Object.hasOwn(value as object, 'logs');
    return { manifest: versionOne, isWhole: isPlain };
  }
  const seal = sealIn(content);
  return { manifest, isWhole: seal !== null && seal.crc === crcDigits(crc32(seal.sealed)) };
}

function sealIn(content: string): { readonly sealed: string; readonly crc: string } | null {
  const found = /,\n {2}"crc": "([0-9a-f]{8})"\n\}\n$/.exec(content.slice(-64));
  if (found === null) return null;
  return { sealed: content.slice(0, content.length - found[0].length), crc: found[1] };
}
