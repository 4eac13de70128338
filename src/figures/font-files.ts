import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The shipped TTFs of the figures' font, as paths: the rasterizer opens them itself. */
export function fontFiles(): string[] {
  const folder = join(
    dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')),
    'ttf',
  );
  return ['DejaVuSerifCondensed.ttf', 'DejaVuSerifCondensed-Bold.ttf', 'DejaVuSerifCondensed-Italic.ttf'].map(
    (name) => join(folder, name),
  );
}
