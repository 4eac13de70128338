#!/usr/bin/env node
/**
 * Writes packaging/api-report.txt: every name that `import … from 'rankscope'` can get, as it is declared, without comments; after
 * them what these declarations speak of without exporting it. A change of the public interface shows in its diff.
 *
 *   npm run api            writes it, from the declarations that the build made
 *   npm run api -- --check says whether it is up to date: exit code 1 if it is not
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const entry = `${root}dist/index.d.ts`.replaceAll('\\', '/');
const reportFile = `${root}packaging/api-report.txt`;

const program = ts.createProgram([entry], {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  types: ['node'],
  skipLibCheck: true,
});
const checker = program.getTypeChecker();
const printer = ts.createPrinter({ removeComments: true, newLine: ts.NewLineKind.LineFeed });

const source = program.getSourceFile(entry);
if (source === undefined) throw new Error('dist/index.d.ts is absent; npm run build makes it');
const resolved = (symbol) =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
const exported = new Map(
  checker
    .getExportsOfModule(checker.getSymbolAtLocation(source))
    .map((symbol) => [resolved(symbol), symbol.name]),
);

/** The nodes that declare a symbol in our own declarations; none for what comes from a library. */
const ownDeclarations = (symbol) =>
  (symbol.declarations ?? [])
    .filter((node) => node.getSourceFile().fileName.startsWith(`${root}dist/`.replaceAll('\\', '/')))
    .map((node) => (ts.isVariableDeclaration(node) ? node.parent.parent : node))
    .filter((node) => !ts.isTypeParameterDeclaration(node) && !ts.isSourceFile(node));

const textOf = (symbol) =>
  ownDeclarations(symbol)
    .map((node) => printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile()))
    .map((text) => text.replace(/^(export )?(declare )?/, '').replaceAll('\r', ''))
    .join('\n');

/** Symbols of ours that a declaration names. */
function namedBy(symbol) {
  const found = new Set();
  const visit = (node) => {
    if (ts.isIdentifier(node)) {
      const named = checker.getSymbolAtLocation(node);
      if (named !== undefined && isTopLevel(resolved(named))) found.add(resolved(named));
    }
    ts.forEachChild(node, visit);
  };
  for (const node of ownDeclarations(symbol)) visit(node);
  return found;
}

const isTopLevel = (symbol) =>
  ownDeclarations(symbol).some(({ parent }) => parent !== undefined && ts.isSourceFile(parent));

const unexported = new Set();
const open = [...exported.keys()];
while (open.length > 0) {
  for (const symbol of namedBy(open.pop())) {
    if (exported.has(symbol) || unexported.has(symbol)) continue;
    unexported.add(symbol);
    open.push(symbol);
  }
}

const byName = ([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0);
const section = (entries) =>
  entries
    .toSorted(byName)
    .map(([symbol, name]) => (symbol.name === name ? textOf(symbol) : `// as ${name}\n${textOf(symbol)}`))
    .join('\n\n');
const report = `// The public interface of rankscope, as its declarations have it. Written by: npm run build && npm run api

${section([...exported])}

// Named by these declarations, and not exported:

${section([...unexported].map((symbol) => [symbol, symbol.name]))}
`;

if (process.argv.includes('--check')) {
  const written = readFileSync(reportFile, 'utf8').replaceAll('\r', '');
  if (written !== report) {
    const [is, was] = [report.split('\n'), new Set(written.split('\n'))];
    const now = new Set(is);
    const changed = [
      ...[...was].filter((line) => !now.has(line)).map((line) => `- ${line}`),
      ...is.filter((line) => !was.has(line)).map((line) => `+ ${line}`),
    ];
    process.stdout.write(
      `packaging/api-report.txt is out of date. If the public interface is meant to change: npm run build && npm run api\n${changed.slice(0, 40).join('\n')}\n`,
    );
    process.exitCode = 1;
  }
} else {
  writeFileSync(reportFile, report);
}
