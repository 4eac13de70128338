import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { InputError } from '../../errors/input-error.ts';
import { oneOf } from '../../errors/nearest-name.ts';
import { print } from '../terminal.ts';

interface DocsFlags {
  readonly text?: boolean;
}

/** The package, or the clone, that this file lies in. */
const root = resolve(import.meta.dirname, '../../..');

export function docsCommand(): Command {
  return new Command('docs')
    .description(
      'Say where the documentation lies: pages that open in a browser without a network, or the text itself',
    )
    .argument('[page]', 'one page of it, called as its file in docs/: stretches, training, …')
    .option('-t, --text', 'print the page as Markdown; without a page, the names of all')
    .addHelpText(
      'after',
      `
In a clone the pages are built first: npm run site.

Examples:
  $ rankscope docs                          the address of the first page
  $ xdg-open "$(rankscope docs stretches)"  one page in the browser (on macOS: open)
  $ rankscope docs --text                   which pages there are
  $ rankscope docs validity --text | less   one of them in the terminal`,
    )
    .action((page: string | undefined, { text = false }: DocsFlags) => {
      const pages = readdirSync(join(root, 'docs'))
        .filter((file) => file.endsWith('.md'))
        .map((file) => file.slice(0, -'.md'.length));
      if (page !== undefined && !pages.includes(page))
        throw new InputError({ field: 'page', value: page, allowed: oneOf(page, pages) });
      print(text ? textOf(page, pages) : addressOf(page));
    });
}

function textOf(page: string | undefined, pages: readonly string[]): string {
  return page === undefined
    ? pages.join('\n')
    : readFileSync(join(root, 'docs', `${page}.md`), 'utf8').trimEnd();
}

function addressOf(page: string | undefined): string {
  const file = join(root, 'site', page === undefined ? 'index.html' : join('documents', `${page}.html`));
  if (existsSync(file)) return pathToFileURL(file).href;
  throw new InputError({
    field: 'the pages',
    allowed:
      'an installed package, or a clone in which `npm run site` has built them; --text prints a page without',
  });
}
