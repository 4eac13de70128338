import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

let cached: string | undefined;

/**
 * The chart libraries as they run in a browser, in the order they must load. Read from the installed packages, so that
 * the page draws with the very version that drew the report's files.
 */
export function chartLibraries(): string {
  cached ??= [
    ['vega', 'build/vega.min.js'],
    ['vega-lite', 'build/vega-lite.min.js'],
    ['vega-embed', 'build/vega-embed.min.js'],
  ]
    .map(([name, path]) => withoutSourceMap(readFileSync(join(packageFolder(name), path), 'utf8')))
    .join('\n;\n');
  return cached;
}

/** These packages export no `package.json`; their entry points lie in `build/`. */
function packageFolder(name: string): string {
  for (const folder of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    const candidate = join(folder, name);
    try {
      readFileSync(join(candidate, 'package.json'));
      return candidate;
    } catch {
      // Not in this folder: look in the next one up.
    }
  }
  throw new Error(`the package ${name} is not installed`);
}

/** A source map's address would make developer tools ask for a file that is not there. */
function withoutSourceMap(code: string): string {
  return code.replace(/\/\/# sourceMappingURL=.*\s*$/, '');
}

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
