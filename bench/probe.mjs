/**
 * Probing the checkpoints of a transformer beside the bare forward passes of ONNX Runtime, alternating in one run:
 *
 *   npm run --silent build && node bench/probe.mjs [python3 with PyTorch] [repeats]
 *
 * Six layers of width 128, 32 tokens, 160 examples, 12 checkpoints (bench/probe.py). The bare passes capture and measure nothing.
 * They are timed twice: of one model that stays loaded, and with a session for each checkpoint, as different weights need.
 *
 * Processor time, on which what else the machine does weighs less than on the clock: of all threads together, and of the busiest
 * one, which is what the clock shows where there is a core for each (Linux: /proc). Writes bench/results/probe.md; fails where the
 * busiest thread takes more than 1.5 times as long as the bare passes with their sessions.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNpy } from '../dist/checkpoints/npy.js';
import { probeCheckpoints } from '../dist/index.js';
import { openModel } from '../dist/training/session-model.js';

const [python = 'python3', repeats = '3'] = process.argv.slice(2);
const limit = 1.5;
const checkpoints = 12;
const folder = mkdtempSync(join(tmpdir(), 'rankscope-bench-'));
/** Processor seconds of every thread that runs; of those that have ended only the whole process knows. */
const secondsByThread = () =>
  new Map(
    readdirSync('/proc/self/task').map((thread) => {
      const [, fields] = readFileSync(`/proc/self/task/${thread}/stat`, 'latin1').split(/\) (?=[A-Z] )/);
      const [user, system] = fields.split(' ').slice(11, 13).map(Number);
      return [thread, (user + system) / 100];
    }),
  );
const secondsOf = async (work) => {
  const before = { all: process.cpuUsage(), main: secondsByThread().get(String(process.pid)) };
  const start = performance.now();
  await work();
  const { user, system } = process.cpuUsage(before.all);
  const all = (user + system) / 1e6;
  const main = secondsByThread().get(String(process.pid)) - before.main;
  return { all, main, clock: (performance.now() - start) / 1000 };
};
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

try {
  const { status, stderr } = spawnSync(python, [join(import.meta.dirname, 'probe.py'), folder], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const model = readFileSync(join(folder, 'model.onnx'));
  const tokens = readNpy(readFileSync(join(folder, 'tokens.npy')));
  const feeds = new Map([['x', { type: 'int64', data: tokens.data, shape: tokens.shape }]]);
  const threads = 1;
  const taken = { bare: [], sessions: [], probe: [] };
  let layers = 0;
  for (let i = 0; i <= Number(repeats); i++) {
    const open = () => openModel(model, { optimization: 'disabled', threads });
    const session = await open();
    await session.run(feeds, ['logits']);
    taken.bare.push(
      await secondsOf(async () => {
        for (let pass = 0; pass < checkpoints; pass++) await session.run(feeds, ['logits']);
      }),
    );
    await session.close();
    taken.sessions.push(
      await secondsOf(async () => {
        for (let pass = 0; pass < checkpoints; pass++) {
          const own = await open();
          await own.run(feeds, ['logits']);
          await own.close();
        }
      }),
    );
    taken.probe.push(
      await secondsOf(async () => {
        const places = ['model.onnx', 'checkpoints', 'tokens.npy', 'study'].map((name) => join(folder, name));
        const { header } = await probeCheckpoints(...places, { threads, overwrite: true });
        layers = header.layers.length;
      }),
    );
  }
  const middle = (way, of) => median(taken[way].slice(1).map((seconds) => seconds[of])); // the first warms up
  const rival = middle('sessions', 'all');
  const rows = [
    ['bare passes, one session', middle('bare', 'all'), middle('bare', 'main'), middle('bare', 'clock')],
    [
      'bare passes, a session for each checkpoint',
      rival,
      middle('sessions', 'main'),
      middle('sessions', 'clock'),
    ],
    ['probe', middle('probe', 'all'), middle('probe', 'main'), middle('probe', 'clock')],
  ].map(([what, all, main, clock]) => {
    const others = all - main;
    const busiest = Math.max(main, others);
    return {
      busiest,
      line: `| ${what} | ${all.toFixed(2)} s | ${main.toFixed(2)} s | ${(busiest / rival).toFixed(2)} | ${clock.toFixed(2)} s |`,
    };
  });
  const text = [
    '# Probing checkpoints beside bare forward passes',
    '',
    `\`node bench/probe.mjs\`, median of ${repeats}: a transformer of 6 layers, width 128, 32 tokens, 160 examples, ${checkpoints} checkpoints, ${layers} layers measured. A probe`,
    'reads checkpoints and inputs, matches weights, replays, opens a session for each checkpoint, captures, measures on a second thread, and writes the study.',
    '',
    '| | processor time | of it the main thread | the busier half, beside the bare passes with sessions | on the clock |',
    '|---|---|---|---|---|',
    ...rows.map(({ line }) => line),
    '',
  ].join('\n');
  console.log(text);
  writeFileSync(join(import.meta.dirname, 'results', 'probe.md'), text);
  if (rows[2].busiest / rival > limit) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
