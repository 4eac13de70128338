import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readManifest, readStudy, writeManifest } from '../../src/measurements/study-store.ts';
import { executeStudy, type TrainedStudy } from '../../src/study/execute-study.ts';
import type { StudyFile } from '../../src/study/study-file.ts';
import { readTimings } from '../../src/study/timings-store.ts';
import { describeWithWorkers, noiseAsMnist, smallStudy, temporaryFolder } from './small-study.ts';

const study = smallStudy({ datasets: ['mnist'], dataFolder: noiseAsMnist(), seeds: [0, 1, 2] });

function trainInto(
  folder: string,
  what: StudyFile = study,
  overwrite = false,
  workers = 2,
): Promise<TrainedStudy> {
  return executeStudy(what, folder, {
    tool: { name: 'rankscope', version: 'test' },
    machine: { cores: 2 },
    workers,
    overwrite,
  });
}

function logsOf(folder: string): Record<string, string> {
  const runs = join(folder, 'runs');
  return Object.fromEntries(
    readdirSync(runs).map((name) => [name, readFileSync(join(runs, name), 'base64')]),
  );
}

describeWithWorkers('executeStudy', () => {
  it('leaves nothing of what a process that was killed meanwhile had begun to write', async () => {
    const folder = temporaryFolder();
    const at = (name: string): string => join(folder, 'runs', name);
    const laid = new Set<string>();
    await executeStudy(study, folder, {
      tool: { name: 'rankscope', version: 'test' },
      machine: { cores: 2 },
      workers: 1,
      onProgress: () => {
        for (const id of readManifest(folder).runs) {
          if (existsSync(at(`${id}.jsonl`))) continue;
          writeFileSync(at(`${id}.jsonl.0123.tmp`), '{"format":');
          laid.add(id);
        }
      },
    });
    expect(laid.size).toBeGreaterThan(0);
    expect(readdirSync(at('')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('leaves a study that reads back, with its settings', async () => {
    const folder = temporaryFolder();
    const { outcomes, kept } = await trainInto(folder);
    expect(kept).toEqual([]);
    const { manifest, runs } = readStudy(folder);
    expect(manifest).toMatchObject({ origin: 'trained', title: 'Small', settings: study });
    expect(runs.map(({ id }) => id)).toEqual(outcomes.map(({ id }) => id));
    expect(runs.every(({ complete }) => complete)).toBe(true);
  });

  it('takes up an interrupted study: complete runs stay, the others come out as without the interruption', async () => {
    const folder = temporaryFolder();
    await trainInto(folder);
    const before = logsOf(folder);
    // A run that was killed while it wrote a line, and one that a kill left behind as it began.
    const [kept, torn, begun] = ['seed0', 'seed1', 'seed2'].map((seed) =>
      join(folder, 'runs', `tiny_mnist_${seed}.jsonl`),
    );
    const changed = statSync(kept).mtimeMs;
    truncateSync(torn, Math.floor(statSync(torn).size * 0.6));
    truncateSync(begun, readFileSync(begun).indexOf('\n') + 1);
    const again = await trainInto(folder);
    expect(again.kept).toEqual(['tiny_mnist_seed0']);
    expect(again.outcomes.map(({ id }) => id)).toEqual(['tiny_mnist_seed1', 'tiny_mnist_seed2']);
    expect(logsOf(folder)).toEqual(before);
    expect(statSync(kept).mtimeMs).toBe(changed);
    // Another place for the data does not make it another study.
    expect((await trainInto(folder, { ...study, dataFolder: noiseAsMnist() })).outcomes).toEqual([]);
  });

  it('notes in the manifest how every log ended, in the same bytes for any number of workers', async () => {
    const manifests = await Promise.all(
      [1, 2, 3].map(async (workers) => {
        const folder = temporaryFolder();
        await trainInto(folder, study, false, workers);
        return readFileSync(join(folder, 'manifest.json'), 'utf8');
      }),
    );
    expect(new Set(manifests).size).toBe(1);
    const runs = ['tiny_mnist_seed0', 'tiny_mnist_seed1', 'tiny_mnist_seed2'];
    expect(Object.keys(JSON.parse(manifests[0]).logs)).toEqual(runs);
  });

  it('notes what a call that was killed did not come to note', async () => {
    const folder = temporaryFolder();
    await trainInto(folder);
    const manifest = readManifest(folder);
    writeManifest(folder, { ...manifest, logs: {} });
    await trainInto(folder);
    expect(readManifest(folder)).toEqual(manifest);
  });

  it('trains a run again whose log was cut after it had ended, or is gone, and says so', async () => {
    const folder = temporaryFolder();
    await trainInto(folder);
    const before = logsOf(folder);
    const [cut, gone] = ['seed0', 'seed2'].map((seed) => join(folder, 'runs', `tiny_mnist_${seed}.jsonl`));
    truncateSync(cut, readFileSync(cut).lastIndexOf('{"end"'));
    rmSync(gone);
    const { remarks } = await trainInto(folder);
    expect(remarks).toEqual([
      'tiny_mnist_seed0 had ended, but its log was cut or lost: it was trained again',
      'tiny_mnist_seed2 had ended, but its log was cut or lost: it was trained again',
    ]);
    expect(logsOf(folder)).toEqual(before);
  });

  it('does not take a damaged manifest for another study, unless it is to be replaced', async () => {
    const folder = temporaryFolder();
    await trainInto(folder);
    const manifest = join(folder, 'manifest.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"Small"', '"Smell"'));
    await expect(trainInto(folder)).rejects.toThrow(/manifest\.json: crc is .* the file was damaged/);
    await trainInto(folder, study, true);
    expect(readManifest(folder).title).toBe('Small');
  });

  it('does not write over another study, unless told to', async () => {
    const folder = temporaryFolder();
    await trainInto(folder);
    const before = logsOf(folder);
    const other = { ...study, title: 'Another', seeds: [7] };
    await expect(trainInto(folder, other)).rejects.toThrow(/study is "Small"; allowed: an empty folder, or/);
    expect(logsOf(folder)).toEqual(before);
    await trainInto(folder, other, true);
    expect(readManifest(folder).title).toBe('Another');
    expect(Object.keys(logsOf(folder))).toEqual(['tiny_mnist_seed7.jsonl']);
  });

  it('does not take a damaged log for an interrupted one', async () => {
    const folder = temporaryFolder();
    await trainInto(folder);
    const log = join(folder, 'runs', 'tiny_mnist_seed0.jsonl');
    appendFileSync(log, '{"step": 3}\n');
    await expect(trainInto(folder)).rejects.toThrow(/line \d+; allowed: a record that ends in its number/);
  });

  it('writes nothing if a run could not be trained', async () => {
    const folder = join(temporaryFolder(), 'new');
    const missing = smallStudy({ datasets: ['mnist', 'qmnist'], dataFolder: noiseAsMnist() });
    await expect(trainInto(folder, missing)).rejects.toThrow(/qmnist is "missing"; allowed: put/);
    expect(existsSync(folder)).toBe(false);
  });

  it('goes on with the other runs when one stops, and does not train that one again', async () => {
    const folder = temporaryFolder();
    const unstable: StudyFile = {
      ...smallStudy({
        architectures: [{ name: 'deep', family: 'mlp', hidden: [64, 64, 64, 64, 64, 64] }],
        training: { steps: 60, examples: 64, optimizer: 'sgd' },
        grid: { learningRate: [10, 0.001], clipNorm: [1e30] },
      }),
      datasets: ['mnist'],
      dataFolder: noiseAsMnist(),
    };
    const { outcomes } = await trainInto(folder, unstable);
    expect(outcomes.map(({ stopped }) => stopped === null)).toEqual([false, true]);
    expect((await trainInto(folder, unstable)).kept).toEqual(outcomes.map(({ id }) => id));
  });

  it('notes the seconds of every run beside the logs, which do not have them', async () => {
    const folder = temporaryFolder();
    const { outcomes } = await trainInto(folder);
    const first = readTimings(folder);
    expect(first).toEqual(Object.fromEntries(outcomes.map(({ id, seconds }) => [id, seconds])));
    expect(Object.values(first).every((seconds) => seconds > 0)).toBe(true);
    const again = join(folder, 'runs', 'tiny_mnist_seed1.jsonl');
    truncateSync(again, statSync(again).size - 5);
    await trainInto(folder);
    const { tiny_mnist_seed1: changed, ...kept } = readTimings(folder);
    expect(first).toMatchObject(kept);
    expect(changed).not.toBe(first.tiny_mnist_seed1);
  });

  it('removes the checkpoints of the study that it replaces', async () => {
    const folder = temporaryFolder();
    await trainInto(folder, { ...study, seeds: [0], checkpoints: { at: [5] } });
    expect(existsSync(join(folder, 'checkpoints', 'tiny_mnist_seed0'))).toBe(true);
    await trainInto(folder, { ...study, seeds: [1] }, true);
    expect(readdirSync(join(folder, 'checkpoints'))).toEqual([]);
  });
});
