import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** A template as it would stand at its place in `src`: imports lead from there. */
export function templateAt(name: string, place: string): string {
  const code = readFileSync(join(import.meta.dirname, 'templates', `${name}.ts`), 'utf8').replaceAll(
    '\r',
    '',
  );
  return code.replace(/'\.\.\/\.\.\/\.\.\/(src\/[^']+)'/g, (_, target: string) => {
    const path = relative(dirname(join(root, place)), join(root, target))
      .split(sep)
      .join('/');
    return `'${path.startsWith('.') ? path : `./${path}`}'`;
  });
}

/** The templates that docs/extending.md shows: name, place and code. */
export function shownTemplates(): { readonly name: string; readonly place: string; readonly code: string }[] {
  const page = readFileSync(join(root, 'docs/extending.md'), 'utf8').replaceAll('\r', '');
  return [...page.matchAll(/<!-- ([a-z-]+) -->\n```ts\n\/\/ (src\/\S+)\n([\s\S]*?)```/g)].map(
    ([, name, place, code]) => ({ name, place, code }),
  );
}
