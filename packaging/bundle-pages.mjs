/**
 * Bundles script and style of the pages, with the chart library in them and its license: of the one that `rankscope serve` sends into
 * dist/live/page, of the report into dist/report/page. They are for a browser, so that the compiler of the program leaves them alone.
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { build } from 'vite';

const source = (room) => resolve(import.meta.dirname, '../src', room, 'page');
const target = (room) => resolve(import.meta.dirname, '../dist', room, 'page');

for (const room of ['live', 'report']) {
  await build({
    configFile: false,
    root: source(room),
    logLevel: 'error',
    publicDir: false,
    build: {
      outDir: target(room),
      emptyOutDir: false,
      copyPublicDir: false,
      cssCodeSplit: false,
      modulePreload: false,
      target: 'es2022',
      rollupOptions: {
        input: join(source(room), 'main.ts'),
        output: {
          format: 'iife',
          entryFileNames: 'page.js',
          assetFileNames: 'page[extname]',
        },
      },
    },
  });
}
copyFileSync(join(source('live'), 'index.html'), join(target('live'), 'index.html'));

// Ahead of the whole: the minifier drops comments.
const uplot = dirname(dirname(createRequire(import.meta.url).resolve('uplot')));
const license = readFileSync(join(uplot, 'LICENSE'), 'utf8').trim();
for (const room of ['live', 'report']) {
  const script = join(target(room), 'page.js');
  writeFileSync(
    script,
    `/* Contains uPlot.\n${license.replaceAll('*/', '* /')}\n*/\n${readFileSync(script, 'utf8')}`,
  );
}
