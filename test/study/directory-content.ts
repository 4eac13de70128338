import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

/** Every file and folder below a directory, with the content of files; without what the clock decides. */
export function contentOf(directory: string): Record<string, string> {
  if (!existsSync(directory)) return {};
  return Object.fromEntries(
    readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .filter((name) => name !== 'timings.json')
      .toSorted()
      .map((name) => {
        const path = join(directory, name);
        const content = statSync(path).isDirectory() ? 'a folder' : readFileSync(path, 'base64');
        return [name.split(sep).join('/'), content];
      }),
  );
}
