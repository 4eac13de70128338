import type { StudyManifest } from '../../measurements/types.ts';
import { type Reference, type ReferenceKey, references } from './references.ts';

/** What characters that BibTeX or TeX reads as commands are written as. */
const ESCAPES: Readonly<Record<string, string>> = { '&': '\\&', '%': '\\%', _: '\\_', '#': '\\#', $: '\\$' };

/**
 * The program, and publications, as BibTeX, each entry in the order of its key.
 *
 * @param tool that made the report.
 * @example
 * bibtex({ name: 'rankscope', version: '0.1.0' }, []).split('\n')[0]; // '@software{rankscope,'
 */
export function bibtex({ name, version }: StudyManifest['tool'], cited: readonly ReferenceKey[]): string {
  const software: Reference = {
    type: 'software',
    short: name,
    author: `{The ${name} authors}`,
    title: `{${name}}: When do a network's representations change as it learns, and is the change real?`,
    year: '2026',
    fields: { version },
  };
  const entries: [string, Reference][] = [
    [name, software],
    ...cited.map((key): [string, Reference] => [key, references[key]]),
  ];
  return `${entries.map(([key, reference]) => entry(key, reference)).join('\n\n')}\n`;
}

function entry(key: string, { type, author, title, year, fields = {} }: Reference): string {
  const lines = Object.entries({ author, title, year, ...fields });
  return [
    `@${type}{${key.replace(/[^A-Za-z0-9:-]/g, '')},`,
    ...lines.map(
      ([name, value]) => `  ${name.padEnd(12)} = {${value.replace(/[&%_#$]/g, (c) => ESCAPES[c])}},`,
    ),
    '}',
  ].join('\n');
}
