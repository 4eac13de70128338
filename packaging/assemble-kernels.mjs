#!/usr/bin/env node
/**
 * Assembles each kernel src/…/<name>.wat and writes its bytes beside it, into <name>-module.ts: sources and package load that, and
 * need no assembler.
 *
 *   npm run kernels            writes them
 *   npm run kernels -- --check says which are not what their .wat says: exit code 1 if any is not
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import openWabt from 'wabt';

const src = resolve(import.meta.dirname, '../src');
const wabt = await openWabt();

/** The module's bytes, without the names of its locals. */
function assembled(file) {
  const module = wabt.parseWat(file, readFileSync(resolve(src, file), 'utf8'), { simd: true });
  try {
    module.validate();
    return Buffer.from(module.toBinary({ write_debug_names: false }).buffer);
  } finally {
    module.destroy();
  }
}

function moduleText(file) {
  const name = basename(file, '.wat').replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  const bytes = assembled(file).toString('base64');
  return `/** ${basename(file)} as a binary module, in base64. Written by: npm run kernels */
export const ${name}Module =
  '${bytes}';
`;
}

const kernels = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.wat'),
);
for (const file of kernels) {
  const target = resolve(src, file.replace(/\.wat$/, '-module.ts'));
  const text = moduleText(file);
  if (!process.argv.includes('--check')) writeFileSync(target, text);
  else if (!existsSync(target) || readFileSync(target, 'utf8').replaceAll('\r', '') !== text) {
    process.stdout.write(`src/${file} is not what its module was assembled from: npm run kernels\n`);
    process.exitCode = 1;
  }
}
