/**
 * Probing the checkpoints of a transformer beside the bare forward passes of ONNX Runtime, alternating in one run:
 *
 *   npm run --silent build && node bench/probe.mjs [python3 with PyTorch] [repeats]
 *
 * Six layers of width 128, 32 tokens, 160 examples, 12 checkpoints (bench/probe.py). The bare passes run the exported model as
 * many times as there are checkpoints, loaded once, with nothing captured. Writes bench/results/probe.md; fails above 1.5.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNpy } from '../dist/checkpoints/npy.js';
import { probeCheckpoints } from '../dist/index.js';
import { openModel } from '../dist/training/session-model.js';

const [python = 'python3', repeats = '3'] = process.argv.slice(2);
const limit = 1.5;
const checkpoints = 12;
const folder = mkdtempSync(join(tmpdir(), 'rankscope-bench-'));
/** Processor time of all threads: what else the machine does weighs on it less. */
const secondsOf = async (work) => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
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
  const rows = [];
  let failed = false;
  for (const threads of [1]) {
    const [bare, ours] = [[], []];
    let layers = 0;
    for (let i = 0; i <= Number(repeats); i++) {
      const session = await openModel(model, { optimization: 'disabled', threads });
      await session.run(feeds, ['logits']);
      bare.push(
        await secondsOf(async () => {
          for (let pass = 0; pass < checkpoints; pass++) await session.run(feeds, ['logits']);
        }),
      );
      await session.close();
      ours.push(
        await secondsOf(async () => {
          const places = ['model.onnx', 'checkpoints', 'tokens.npy', 'study'].map((name) =>
            join(folder, name),
          );
          const { header } = await probeCheckpoints(...places, { threads, overwrite: true });
          layers = header.layers.length;
        }),
      );
    }
    // The first of each warms the program up.
    const [passes, probe] = [median(bare.slice(1)), median(ours.slice(1))];
    failed ||= probe / passes > limit;
    rows.push(
      `| ${threads} | ${layers} | ${passes.toFixed(2)} s | ${probe.toFixed(2)} s | ${(probe / passes).toFixed(2)} |`,
    );
    console.log(rows.at(-1));
  }
  writeFileSync(
    join(import.meta.dirname, 'results', 'probe.md'),
    [
      '# Probing checkpoints beside bare forward passes',
      '',
      `\`node bench/probe.mjs\`, processor time, median of ${repeats}: a transformer of 6 layers, width 128, 32 tokens, 160 examples, ${checkpoints} checkpoints. A probe reads`,
      'checkpoints and inputs, matches weights, replays, opens a session for each checkpoint, captures, measures and writes the study.',
      '',
      '| threads | layers measured | bare passes | probe | ratio |',
      '|---|---|---|---|---|',
      ...rows,
      '',
    ].join('\n'),
  );
  if (failed) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
