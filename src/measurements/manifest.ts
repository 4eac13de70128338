import { z } from 'zod';
import { checkShape, parseUntrustedJson } from './parse-json.ts';
import { runIdPattern, runIdRule } from './run-id.ts';
import type { StudyManifest } from './types.ts';

const text = (most: number) =>
  z.string({ error: 'a text' }).max(most, `a text of at most ${most} characters`);

const manifestSchema = z
  .object({
    schemaVersion: z.literal(1, { error: '1, the version of the study format that this program reads' }),
    tool: z.object({ name: text(100), version: text(100) }),
    title: text(1000),
    origin: z.enum(['trained', 'imported'], { error: 'trained or imported' }),
    source: text(1000).nullable(),
    settings: z.record(z.string(), z.unknown(), { error: 'an object' }),
    machine: z.record(text(100), z.union([text(1000), z.number()], { error: 'a text or a number' })),
    runs: z
      .array(z.string({ error: 'a run id' }).regex(runIdPattern, runIdRule), { error: 'a list of run ids' })
      .max(100_000, 'at most 100000 runs'),
  })
  .check(({ value, issues }) => {
    value.runs.forEach((id, index) => {
      if (value.runs.indexOf(id) !== index) {
        issues.push({ code: 'custom', path: ['runs', index], message: 'a run id used once', input: value });
      }
    });
  });

/**
 * The manifest's file content; the same manifest gives the same bytes.
 *
 * @throws InputError if it breaks the format's rules, e.g. names a run twice.
 */
export function formatManifest(manifest: StudyManifest, file?: string): string {
  return `${JSON.stringify(checkShape(manifestSchema, manifest, file), null, 2)}\n`;
}

/** @throws InputError if the text is not a manifest of this version. */
export function parseManifest(content: string, file: string): StudyManifest {
  return checkShape(manifestSchema, parseUntrustedJson(content, file), file);
}
