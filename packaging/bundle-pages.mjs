/**
 * Bundles the script and style of the page that `rankscope serve` sends into dist/live/page: one file each, with the chart
 * library in it and its license. They are for a browser, so that the compiler of the program leaves them alone.
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { build } from 'vite';

const page = resolve(import.meta.dirname, '../src/live/page');
const target = resolve(import.meta.dirname, '../dist/live/page');
const uplot = dirname(dirname(createRequire(import.meta.url).resolve('uplot')));
const license = readFileSync(join(uplot, 'LICENSE'), 'utf8').trim();

await build({
  configFile: false,
  root: page,
  logLevel: 'error',
  publicDir: false,
  build: {
    outDir: target,
    emptyOutDir: false,
    copyPublicDir: false,
    cssCodeSplit: false,
    modulePreload: false,
    target: 'es2022',
    rollupOptions: {
      input: join(page, 'main.ts'),
      output: {
        format: 'iife',
        entryFileNames: 'page.js',
        assetFileNames: 'page[extname]',
      },
    },
  },
});
// Ahead of the whole: the minifier drops comments.
const script = join(target, 'page.js');
writeFileSync(
  script,
  `/* Contains uPlot.\n${license.replaceAll('*/', '* /')}\n*/\n${readFileSync(script, 'utf8')}`,
);
copyFileSync(join(page, 'index.html'), join(target, 'index.html'));
