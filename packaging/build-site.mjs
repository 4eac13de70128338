#!/usr/bin/env node
/**
 * Builds the documentation as pages that need no network: README, everything in docs/, and every name that a program can import,
 * by the room it lives in, with a search over all of it. A link that leads nowhere is a warning.
 *
 *   npm run site            writes site/, which the package carries; `rankscope docs` says where it lies
 *   npm run site -- FOLDER  writes it there
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { Application, Comment, CommentTag, Converter, KindRouter, ReflectionKind } from 'typedoc';

const root = resolve(import.meta.dirname, '..');
const out = resolve(process.argv[2] ?? resolve(root, 'site'));

/** The order in which README names them; what it does not name comes after. */
const readme = readFileSync(resolve(root, 'README.md'), 'utf8');
const listed = [...readme.matchAll(/^- \[docs\/([\w-]+\.md)\]/gm)].map(([, file]) => file);
const others = readdirSync(resolve(root, 'docs')).filter(
  (file) => file.endsWith('.md') && !listed.includes(file),
);
const documents = [...listed, ...others];

const site = await Application.bootstrap({
  name: 'rankscope',
  entryPoints: [resolve(root, 'src/index.ts')],
  tsconfig: resolve(root, 'tsconfig.build.json'),
  readme: resolve(root, 'README.md'),
  projectDocuments: documents.map((file) => resolve(root, 'docs', file)),
  out,
  router: 'rooms',
  basePath: root,
  // Sources are not in the package, and the same pages come of every clone.
  disableSources: true,
  hideGenerator: true,
  githubPages: false,
  searchInDocuments: true,
  sort: ['documents-first', 'alphabetical'],
  categorizeByGroup: false,
  navigation: { includeCategories: true, includeGroups: false },
  highlightLanguages: [
    'bash',
    'css',
    'html',
    'javascript',
    'json',
    'jsonl',
    'python',
    'sh',
    'text',
    'typescript',
    'yaml',
  ],
  // Types that a function's options have, and nobody imports, stand in packaging/api-report.txt.
  validation: { notExported: false, invalidLink: true, invalidPath: true, notDocumented: false },
});
/** The file of each document, by the reflection that stands for it. */
const files = new Map();
/** A document's page is called as its file, and titled by its first heading. */
site.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, document) => {
  files.set(document, basename(document.name));
  const heading = /^\s*# (.+)$/m.exec(document.content[0]?.text ?? '');
  if (heading !== null) document.name = heading[1];
});
class Router extends KindRouter {
  getIdealBaseName(reflection) {
    return files.has(reflection) ? `documents/${files.get(reflection)}` : super.getIdealBaseName(reflection);
  }
}
site.renderer.defineRouter('rooms', Router);
/** Every exported name stands in the room that has it. */
site.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
  if (!reflection.parent?.kindOf(ReflectionKind.Project | ReflectionKind.Module)) return;
  const file = context.getSymbolFromReflection(reflection)?.declarations?.[0]?.getSourceFile().fileName;
  const [, room] = /^src\/([\w-]+)\//.exec(relative(root, file ?? '').replaceAll('\\', '/')) ?? [];
  if (room === undefined) return;
  reflection.comment ??= new Comment();
  reflection.comment.blockTags.push(new CommentTag('@category', [{ kind: 'text', text: room }]));
});

const project = await site.convert();
if (project === undefined) process.exit(1);
site.validate(project);
await site.generateOutputs(project);
if (site.logger.hasErrors()) process.exit(1);
console.log(`${relative(process.cwd(), out) || basename(out)}/index.html`);
