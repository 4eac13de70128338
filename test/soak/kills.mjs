/**
 * Kills studies under way, at random moments, until so many kills have hit: a mixed study with 1-4 workers, by one process or
 * two at once. However often it is killed, it must come out to the same bytes, in every file, as if nothing had happened.
 *
 *   npm run soak                            50 kills
 *   npm run soak -- --kills 10 --seed 3     other moments
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readStudy } from '../../dist/measurements/study-store.js';
import { createRandom } from '../../dist/numerics/random.js';

const { values: options } = parseArgs({
  options: { kills: { type: 'string', default: '50' }, seed: { type: 'string', default: '0' } },
});
const wanted = Number(options.kills);
const random = createRandom(`kills ${options.seed}`);
const main = resolve(import.meta.dirname, '../../dist/cli/main.js');
const scratch = mkdtempSync(join(tmpdir(), 'rankscope-soak-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const study = {
  title: 'To be killed',
  architectures: [
    { name: 'perceptron', family: 'mlp', hidden: [16, 12] },
    { name: 'seer', family: 'cnn', channels: [4, 6] },
    { name: 'reader', family: 'transformer', width: 8, heads: 2, blocks: 1 },
  ],
  datasets: ['mnist'],
  dataFolder: noiseAsMnist(),
  seeds: [0, 1],
  training: { steps: 60, examples: 96, batchSize: 16, schedule: 'cosine', warmup: 5 },
  measurement: { every: 3, samples: 24 },
  evaluation: { every: 20, examples: 40 },
  weights: { every: 10 },
  gradientNoise: { at: [5, 33], examples: 64 },
  sharpness: { at: [7, 41], examples: 32, iterations: 4 },
  checkpoints: { every: 25 },
};
const file = join(scratch, 'study.json');
writeFileSync(file, JSON.stringify(study));

const counts = { kills: 0, whileStarting: 0, interruptions: 0, stoppedTwice: 0, tooLate: 0, studies: 0 };

const begun = performance.now();
const whole = join(scratch, 'whole');
expectThat((await train(whole, 1).ended).code === 0, 'the undisturbed study ends well');
const span = performance.now() - begun;
const undisturbed = digestsOf(whole);
console.log(
  `undisturbed: ${Object.keys(undisturbed).length} files and folders, ${(span / 1000).toFixed(1)} s`,
);

while (counts.kills < wanted) {
  const folder = join(scratch, `study-${counts.studies++}`);
  const completed = [];
  while (!(await isDone(folder, completed)));
  compare(folder);
  rmSync(folder, { recursive: true });
}
console.log(
  JSON.stringify({ seed: options.seed, ...counts, seconds: Math.round((performance.now() - begun) / 1000) }),
);

/** One or two processes train until they end or are ended; whether every run has ended now. */
async function isDone(folder, completed) {
  const rivals = Array.from({ length: random.uniform() < 0.3 ? 2 : 1 }, () =>
    train(folder, 1 + random.integer(4)),
  );
  const answers = await Promise.all(rivals.map(endAtRandom));
  if (existsSync(join(folder, 'manifest.json'))) readStudy(folder);
  for (const { out } of answers.filter((answer) => answer.out !== '')) {
    for (const { id, unfinished } of JSON.parse(out).outcomes) if (!unfinished) completed.push(id);
  }
  expectThat(new Set(completed).size === completed.length, `each run is completed once: ${completed}`);
  return answers.some(({ code }) => code === 0);
}

/** Lets the process work for a while, then ends it one way or another, if it has not ended before; at last to its end. */
async function endAtRandom({ process: child, ended, folder }) {
  if (counts.kills >= wanted) return ended;
  const draw = random.uniform();
  const timer = new AbortController();
  const wait = new Promise((resolve) => {
    setTimeout(resolve, (0.05 + 1.1 * random.uniform()) * span);
    timer.signal.addEventListener('abort', resolve);
  });
  await Promise.race([wait, ended]);
  if (child.exitCode !== null || child.signalCode !== null) {
    counts.tooLate++;
    return ended;
  }
  const isStarting = !existsSync(join(folder, 'claims'));
  if (draw < 0.7) {
    counts.kills++;
    if (isStarting) counts.whileStarting++;
    child.kill('SIGKILL');
    return ended;
  }
  const name = draw < 0.85 ? 'SIGINT' : 'SIGTERM';
  child.kill(name);
  if (draw > 0.95) {
    counts.stoppedTwice++;
    await new Promise((resolve) => setTimeout(resolve, 150));
    child.kill(name);
    return ended;
  }
  counts.interruptions++;
  const answer = await ended;
  const expected = [0, 1, name === 'SIGINT' ? 130 : 143];
  // Before it listens, a signal ends it as it ends any process.
  expectThat(
    expected.includes(answer.code) || answer.signal === name,
    `${name} is heeded: ${JSON.stringify(answer)}`,
  );
  if (answer.out !== '') assertSaved(folder, JSON.parse(answer.out).outcomes);
  return answer;
}

/** Every run that says after which step it was interrupted has a checkpoint of that step, or has gone on since. */
function assertSaved(folder, outcomes) {
  for (const { id, stopped, unfinished } of outcomes) {
    if (!unfinished) continue;
    const step = Number(/^interrupted after step (\d+)$/.exec(stopped)?.[1]);
    expectThat(Number.isInteger(step), `${id} was interrupted: ${stopped}`);
    const checkpoints = join(folder, 'checkpoints', id);
    const saved = existsSync(checkpoints)
      ? readdirSync(checkpoints).map((name) => Number(/\d+/.exec(name)[0]))
      : [];
    const log = readFileSync(join(folder, 'runs', `${id}.jsonl`), 'utf8');
    expectThat(
      saved.some((other) => other >= step) || log.includes('"end"'),
      `${id} is saved after step ${step}`,
    );
  }
}

function train(folder, workers) {
  const args = [main, 'train', file, '--out', folder, '--workers', `${workers}`, '--json'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    err += text;
  });
  const ended = once(child, 'close').then(([code, signal]) => {
    expectThat(code !== 2 && !err.includes('internal error'), `no error: ${err}`);
    return { code, signal, out, err };
  });
  return { process: child, ended, folder };
}

function compare(folder) {
  const found = digestsOf(folder);
  const names = new Set([...Object.keys(found), ...Object.keys(undisturbed)]);
  const different = [...names].filter((name) => found[name] !== undisturbed[name]);
  expectThat(different.length === 0, `the same bytes in ${folder}; different: ${different}`);
}

function digestsOf(folder) {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true })
      .filter((name) => name !== 'timings.json')
      .map((name) => {
        const path = join(folder, name);
        if (statSync(path).isDirectory()) return [name, 'a folder'];
        return [name, createHash('sha256').update(readFileSync(path)).digest('hex')];
      }),
  );
}

function expectThat(holds, what) {
  if (holds) return;
  console.error(`not so: ${what}`);
  console.error(JSON.stringify({ seed: options.seed, ...counts }));
  process.exit(1);
}

/** Images of noise under the names of MNIST's files: they open faster than digits are drawn. */
function noiseAsMnist() {
  const count = 200;
  const idx = (shape, below) => {
    const header = Buffer.alloc(4 + 4 * shape.length);
    header.writeUInt32BE(0x0800 + shape.length, 0);
    shape.forEach((extent, i) => {
      header.writeUInt32BE(extent, 4 + 4 * i);
    });
    const size = shape.reduce((product, extent) => product * extent, 1);
    return Buffer.concat([header, Uint8Array.from({ length: size }, () => random.integer(below))]);
  };
  writeFileSync(join(scratch, 'train-images-idx3-ubyte'), idx([count, 28, 28], 256));
  writeFileSync(join(scratch, 'train-labels-idx1-ubyte'), idx([count], 10));
  return scratch;
}
