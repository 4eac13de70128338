import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSafetensors } from '../../src/checkpoints/safetensors.ts';
import type { ImportSource, SourceFile } from '../../src/imports/importer.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { ndtLog } from '../measurements/fixtures.ts';

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Files that lie in memory, as a source. */
export function sourceOf(files: Files, isFolder = true): ImportSource {
  const bytesOf = (content: string | Uint8Array) =>
    typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    path: 'logs/mine',
    isFolder,
    files: Object.keys(files)
      .filter((name) => !name.endsWith('-wal'))
      .sort()
      .map((name): SourceFile => {
        const bytes = bytesOf(files[name]);
        return {
          name,
          path: `logs/mine/${name}`,
          size: bytes.length,
          head: () => bytes.subarray(0, 2 ** 16),
          bytes: () => bytes,
          pieces: () => [bytes],
          beside: (ending) => (name + ending in files ? bytesOf(files[name + ending]) : null),
        };
      }),
  };
}

export const golden = (path: string): Uint8Array =>
  new Uint8Array(readFileSync(join(import.meta.dirname, 'golden', path)));

function goldenFolder(path: string): Files {
  const names = readdirSync(join(import.meta.dirname, 'golden', path), { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    names
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => /\.[^/]+$/.test(name))
      .map((name) => [name, golden(`${path}/${name}`)]),
  );
}

const steps = [0, 10, 20, 30];
const rng = createRandom('importer samples');
const activations = (): Uint8Array => {
  const data = Float32Array.from({ length: 60 }, () => rng.normal());
  return writeSafetensors(
    new Map([
      ['fc1', { dtype: 'F32', shape: [12, 5], data }],
      ['fc2', { dtype: 'F32', shape: [20, 3], data: data.slice() }],
    ]),
  );
};
const run = '0123456789abcdef0123456789abcdef';

/** Of every format, a source as its tool writes it. An importer without one fails its contract. */
export const importerSamples: Readonly<Record<string, Files>> = {
  ndt: {
    'a.json': JSON.stringify(ndtLog()),
    'b.json': JSON.stringify({ ...ndtLog(), dataset_name: 'fashion_mnist' }),
  },
  tensorboard: goldenFolder('tensorboard'),
  wandb: goldenFolder('wandb'),
  trackio: goldenFolder('trackio'),
  mlflow: {
    [`7/${run}/metrics/loss`]: steps.map((step) => `1700000000000 ${1 / (step + 1)} ${step}\n`).join(''),
    [`7/${run}/metrics/fc1/stable_rank`]: steps.map((step) => `1700000000000 ${step + 2} ${step}\n`).join(''),
    [`7/${run}/params/seed`]: '3',
    [`7/${run}/tags/mlflow.runName`]: 'first',
  },
  activations: Object.fromEntries(steps.map((step) => [`step_${step}.safetensors`, activations()])),
  'trainer-state': {
    'checkpoint-20/trainer_state.json': JSON.stringify({ log_history: [{ step: 0, loss: 9 }] }),
    'checkpoint-30/trainer_state.json': JSON.stringify({
      global_step: 30,
      log_history: steps.map((step) => ({ step, epoch: step / 10, loss: 1 / (step + 1), grad_norm: step })),
    }),
  },
  lightning: { 'version_0/metrics.csv': 'epoch,step,train_loss,val_loss\n0,0,1.5,\n0,10,1.4,\n0,10,,1.6\n' },
  json: {
    'log.jsonl': steps
      .map((step) => `${JSON.stringify({ step, loss: step / 7, val: { loss: 1 } })}\n`)
      .join(''),
  },
  csv: {
    'log.csv': [
      'step,loss,fc1/stable_rank',
      ...steps.map((step) => `${step},${step / 7},${step + 1}`),
      '',
    ].join('\n'),
  },
};
