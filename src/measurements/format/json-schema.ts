import { z } from 'zod';
import { writtenVersion } from '../format-version.ts';
import { manifestSchema } from '../manifest.ts';
import { lineSchema } from './record-schemas.ts';

/**
 * The schemas of the files of a study, as other programs can use them, by file name: what each field may hold.
 * Rules between records (steps that increase, checksums) are in docs/log-format.md, and checked by `checkLog`.
 *
 * @example
 * jsonSchemas()['log.schema.json'].title; // 'A line of a rankscope run log, format version 2'
 */
export function jsonSchemas(): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return {
    'log.schema.json': described(
      lineSchema,
      'log',
      `A line of a rankscope run log, format version ${writtenVersion}`,
      'A log is JSON Lines: every line is one of these, the first the header.',
    ),
    'manifest.schema.json': described(
      manifestSchema,
      'manifest',
      `The manifest of a rankscope study, format version ${writtenVersion}`,
      'manifest.json in the folder of a study.',
    ),
  };
}

function described(schema: z.ZodType, name: string, title: string, description: string) {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return { $schema, $id: `urn:rankscope:${name}:${writtenVersion}`, title, description, ...rest };
}
