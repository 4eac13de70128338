import { readFileSync } from 'node:fs';

/** The page's own program, as `npm run build` bundles it of `page/`. */
export function pageScript(): string {
  return pageFile('page.js');
}

/** Its style. */
export function pageStyle(): string {
  return pageFile('page.css');
}

const pageFiles = new Map<string, string>();

function pageFile(name: string): string {
  const read = pageFiles.get(name) ?? readFileSync(new URL(`page/${name}`, builtHere()), 'utf8');
  pageFiles.set(name, read);
  return read;
}

/** This module where it is built; from the TypeScript sources (tests) the one in `dist`. */
function builtHere(): string {
  const here = import.meta.url;
  return here.endsWith('.ts') ? here.replace(/\/src\/(?!.*\/src\/)/, '/dist/') : here;
}
