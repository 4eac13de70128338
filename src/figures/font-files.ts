import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The shipped TTFs of fonts by their names, as paths: the rasterizer opens them itself. */
export function fontFiles(names: readonly string[]): string[] {
  const folder = join(
    dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')),
    'ttf',
  );
  return names.map((name) => join(folder, `${name}.ttf`));
}
