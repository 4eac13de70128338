/**
 * Lays the parts of onnxruntime-node that run graphs on a processor into dist/onnxruntime, from where the package takes
 * them along: the JavaScript, and for each platform the binding and the one library that it loads. Left out are what
 * graphics cards need and the install script that fetches more of it.
 *
 * The files are linked where the file system can, so that a build neither takes long nor room.
 */
import { copyFileSync, linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const source = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'));
const target = resolve(import.meta.dirname, '../dist/onnxruntime');
const { name, version, license } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));

const library =
  /^(onnxruntime_binding\.node|libonnxruntime\.so\.1|libonnxruntime\.1\.dylib|onnxruntime\.dll)$/;
const wanted = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name: file }) => ({ folder: parentPath.slice(source.length + 1), file }))
  .filter(({ folder, file }) =>
    folder === 'dist' ? file.endsWith('.js') : folder.startsWith('bin') && library.test(file),
  );

for (const { folder, file } of wanted) {
  mkdirSync(join(target, folder), { recursive: true });
  place(join(source, folder, file), join(target, folder, file));
}
writeFileSync(
  join(target, 'package.json'),
  `${JSON.stringify({ name, version, license, main: 'dist/index.js' }, null, 2)}\n`,
);
copyFileSync(join(import.meta.dirname, 'onnxruntime-license.txt'), join(target, 'LICENSE'));

function place(from, to) {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
