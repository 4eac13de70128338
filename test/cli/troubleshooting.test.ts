import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/troubleshooting.md'), 'utf8');
/** What the sources say, with N for whatever is put in, and without the breaks that formatting puts between words. */
const said = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) =>
    readFileSync(join(root, 'src', name), 'utf8').replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, 'N'),
  )
  .join('\n');

it('is told only of messages that the program has', () => {
  const messages = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, message]) => message);
  expect(messages.length).toBeGreaterThan(20);
  expect(messages.filter((message) => !said.includes(message))).toEqual([]);
});
