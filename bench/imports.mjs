/**
 * How long an import takes, and how much memory: a million rows of a table, wide and long, and 500 MB of JSON Lines.
 *
 *   npm run build && node bench/imports.mjs [rows] [megabytes]
 */

import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const rows = Number(process.argv[2] ?? 1e6);
const megabytes = Number(process.argv[3] ?? 500);
const folder = mkdtempSync(join(tmpdir(), 'rankscope-imports-'));

function write(name, header, line, enough) {
  const path = join(folder, name);
  const file = openSync(path, 'w');
  let bytes = writeSync(file, header);
  for (let i = 0; !enough(i, bytes); ) {
    let block = '';
    for (let k = 0; k < 5000; k++) block += line(i++);
    bytes += writeSync(file, block);
  }
  closeSync(file);
  return path;
}

const value = (i) => (1 + Math.sin(i) / 3).toFixed(6);
const layers = ['encoder.0', 'encoder.1', 'encoder.2', 'encoder.3', 'head'];
const files = {
  wide: write(
    'wide.csv',
    'step,loss,a/stable_rank,b/stable_rank\n',
    (i) => `${i},${value(i)},${value(i + 1)},${value(i + 2)}\n`,
    (i) => i >= rows,
  ),
  long: write(
    'long.csv',
    'step,layer,metric,value\n',
    (i) => `${Math.floor(i / 5)},${layers[i % 5]},stable_rank,${value(i)}\n`,
    (i) => i >= rows,
  ),
  jsonLines: write(
    'records.jsonl',
    '',
    (i) =>
      `{"step": ${i}, "loss": ${value(i)}, "note": "${'x'.repeat(380)}", "a/stable_rank": ${value(i + 1)}, "b/stable_rank": ${value(i + 2)}}\n`,
    (_, bytes) => bytes >= megabytes * 1e6,
  ),
};

const measured = [
  'const { importLog } = await import(process.env.STORE);',
  'const start = performance.now();',
  "await importLog(process.env.LOG, process.env.OUT, { tool: { name: 'rankscope', version: '0' } });",
  'console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000, megabytes: process.resourceUsage().maxRSS / 1024 }));',
].join('\n');
try {
  for (const [name, path] of Object.entries(files)) {
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', measured], {
      encoding: 'utf8',
      env: {
        ...process.env,
        STORE: new URL('../dist/imports/import-store.js', import.meta.url).href,
        LOG: path,
        OUT: join(folder, name),
      },
    });
    if (stdout === '') throw new Error(stderr);
    const { seconds, megabytes: peak } = JSON.parse(stdout);
    const size = (statSync(path).size / 1e6).toFixed(0);
    console.log(
      `${name.padEnd(10)} ${size.padStart(4)} MB  ${seconds.toFixed(1)} s  peak ${peak.toFixed(0)} MB`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
