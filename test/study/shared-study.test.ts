import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readManifest, readStudy } from '../../src/measurements/study-store.ts';
import { formatClaim } from '../../src/study/claims/claim-record.ts';
import { type Claim, type ClaimStore, openClaims } from '../../src/study/claims/claim-store.ts';
import { thisProcess } from '../../src/study/claims/process-identity.ts';
import { executeClaimed } from '../../src/study/execute-claimed.ts';
import { type ExecuteStudyOptions, executeStudy, type TrainedStudy } from '../../src/study/execute-study.ts';
import { planRuns } from '../../src/study/run-plan.ts';
import type { StudyFile } from '../../src/study/study-file.ts';
import { contentOf } from './directory-content.ts';
import { describeWithWorkers, noiseAsMnist, smallStudy, temporaryFolder } from './small-study.ts';

const study = smallStudy({
  datasets: ['mnist'],
  dataFolder: noiseAsMnist(),
  seeds: [0, 1, 2, 3],
  checkpoints: { at: [5] },
});
const ids = planRuns(study).map(({ id }) => id);

function trainInto(
  folder: string,
  options: Partial<ExecuteStudyOptions> = {},
  what: StudyFile = study,
): Promise<TrainedStudy> {
  return executeStudy(what, folder, {
    tool: { name: 'rankscope', version: 'test' },
    machine: { cores: 2 },
    workers: 1,
    ...options,
  });
}

/** What the study's folder holds if nothing ever interrupts it. */
const undisturbed = (() => {
  let content: Record<string, string> | null = null;
  return async (): Promise<Record<string, string>> => {
    if (content === null) {
      const folder = temporaryFolder();
      await trainInto(folder);
      content = contentOf(folder);
    }
    return content;
  };
})();

/** A claim as another call in this process holds it. */
function claimed(folder: string, run: string): Claim {
  const answer = openClaims(folder).take(run);
  if (!answer.taken) throw new Error('held');
  return answer.claim;
}

const names = ({ outcomes }: TrainedStudy): string[] => outcomes.map(({ id }) => id);
const own = `process ${process.pid} on ${thisProcess().host}`;

describeWithWorkers('a study that several train at once', () => {
  it('has every run trained once, by the one or the other, to the same bytes', async () => {
    const folder = join(temporaryFolder(), 'new');
    const three = await Promise.all([
      trainInto(folder),
      trainInto(folder),
      trainInto(folder, { workers: 2 }),
    ]);
    expect(three.flatMap(names).toSorted()).toEqual(ids);
    for (const trained of three) {
      const accounted = [...names(trained), ...trained.kept, ...trained.elsewhere.map(({ id }) => id)];
      expect(accounted.toSorted()).toEqual(ids);
    }
    expect(contentOf(folder)).toEqual(await undisturbed());
  });

  it('leaves runs to those who hold them, says so before and after, and trains the others', async () => {
    const folder = temporaryFolder();
    const claims = [ids[1], ids[2]].map((run) => claimed(folder, run));
    const told: unknown[] = [];
    const trained = await trainInto(folder, { onElsewhere: (runs) => told.push(...runs) });
    const elsewhere = [ids[1], ids[2]].map((id) => ({ id, holder: own }));
    expect(told).toEqual(elsewhere);
    expect(names(trained)).toEqual([ids[0], ids[3]]);
    expect(trained).toMatchObject({ kept: [], elsewhere, waiting: [] });
    expect(readStudy(folder).runs).toHaveLength(2);
    for (const claim of claims) claim.release();
    const again = await trainInto(folder);
    expect(names(again)).toEqual([ids[1], ids[2]]);
    expect(again.kept).toEqual([ids[0], ids[3]]);
    expect(contentOf(folder)).toEqual(await undisturbed());
  });

  it('looks at the end whether a run that was held has been given up', async () => {
    const folder = temporaryFolder();
    const claim = claimed(folder, ids[0]);
    const progress: number[][] = [];
    const trained = await trainInto(folder, {
      onElsewhere: () => claim.release(),
      onProgress: (done, total) => progress.push([done, total]),
    });
    expect(names(trained)).toEqual(ids);
    expect(trained.elsewhere).toEqual([]);
    expect(progress.at(-1)).toEqual([48, 48]);
  });

  it('keeps what others have brought to an end since it was looked at', async () => {
    const folder = temporaryFolder();
    await trainInto(folder);
    const claims = openClaims(folder);
    const { endedMeanwhile, outcomes } = await executeClaimed(folder, planRuns(study), claims, {
      workers: 2,
    });
    expect([endedMeanwhile, outcomes]).toEqual([ids, []]);
    expect(contentOf(folder)).toEqual(await undisturbed());
  });

  it('takes over what a process that is gone had claimed', async () => {
    const folder = temporaryFolder();
    const gone = { ...thisProcess(), started: 'long ago' };
    mkdirSync(join(folder, 'claims'));
    for (const name of [...ids, '.study', 'of_another_study']) {
      const record = { ...gone, of: name, id: name, since: '' };
      writeFileSync(join(folder, 'claims', `${name}.json`), formatClaim(record));
    }
    expect(names(await trainInto(folder))).toEqual(ids);
    expect(contentOf(folder)).toEqual(await undisturbed());
  });

  it('is begun by one of two that want different ones; the other is refused', async () => {
    const folder = join(temporaryFolder(), 'new');
    const other = { ...study, title: 'Another', seeds: [7] };
    const answers = await Promise.allSettled([trainInto(folder), trainInto(folder, {}, other)]);
    const refused = answers.filter((answer) => answer.status === 'rejected');
    expect(refused).toHaveLength(1);
    const title = answers[0].status === 'fulfilled' ? 'Small' : 'Another';
    expect(String(refused[0].reason)).toContain(`study is "${title}"; allowed: an empty folder`);
    expect(readManifest(folder).title).toBe(title);
    expect(readStudy(folder).runs.every(({ complete }) => complete)).toBe(true);
    expect(readStudy(folder).runs).toHaveLength(title === 'Small' ? 4 : 1);
  });

  it('is not replaced while another process trains it', async () => {
    const folder = temporaryFolder();
    await trainInto(folder);
    const before = contentOf(folder);
    const claim = claimed(folder, ids[2]);
    const replaced = trainInto(folder, { overwrite: true });
    await expect(replaced).rejects.toThrow(
      `study; allowed: a study that nobody works on (${own} trains ${ids[2]})`,
    );
    claim.release();
    expect(contentOf(folder)).toEqual(before);
  });
});

describeWithWorkers('executeStudy, when it is interrupted', () => {
  it('says which runs have not been begun, and leaves no claims', async () => {
    const folder = temporaryFolder();
    const interruption = new AbortController();
    const long: StudyFile = { ...study, training: { ...study.training, steps: 1_000_000 } };
    const { outcomes, waiting } = await trainInto(
      folder,
      { signal: interruption.signal, onProgress: () => interruption.abort() },
      long,
    );
    expect(outcomes).toMatchObject([{ id: ids[0], unfinished: true }]);
    expect(waiting).toEqual(ids.slice(1));
    expect(readdirSync(folder).toSorted()).toEqual(['checkpoints', 'manifest.json', 'runs']);
  });

  it('begins nothing if that happens before', async () => {
    const folder = temporaryFolder();
    const { outcomes, waiting } = await trainInto(folder, { signal: AbortSignal.abort() });
    expect([outcomes, waiting]).toEqual([[], ids]);
  });
});

describeWithWorkers('what killed processes leave', () => {
  it('is removed at the next start, except where another process is at work', async () => {
    const folder = temporaryFolder();
    await trainInto(folder);
    const checkpoints = (run: string): string => join(folder, 'checkpoints', run);
    const rubbish = [
      join(folder, 'manifest.json.4711.tmp'),
      join(folder, 'timings.json.4711.tmp'),
      join(folder, 'runs', `${ids[0]}.jsonl.4711.tmp`),
      join(checkpoints(ids[0]), 'step_00007.safetensors.4711.tmp'),
      // Killed between the end of its log and the removal of an interruption's checkpoint.
      join(checkpoints(ids[1]), 'step_00007.safetensors'),
    ];
    const others = [
      join(folder, 'notes.tmp'),
      join(folder, 'runs', `${ids[2]}.jsonl.4711.tmp`),
      join(checkpoints(ids[2]), 'step_00008.safetensors'),
    ];
    for (const path of [...rubbish, ...others]) writeFileSync(path, 'left');
    rmSync(join(folder, 'runs', `${ids[3]}.jsonl`));
    const claim = claimed(folder, ids[2]);
    await trainInto(folder);
    claim.release();
    expect(rubbish.filter(existsSync)).toEqual([]);
    expect(others.filter(existsSync)).toEqual(others);
    // Also if nothing is left to train.
    await trainInto(folder);
    expect(others.filter(existsSync)).toEqual([others[0]]);
    rmSync(others[0]);
    expect(contentOf(folder)).toEqual(await undisturbed());
  });
});

describe('a disk without room for a claim', () => {
  it('leaves the run unfinished and says why', async () => {
    const claims: ClaimStore = {
      take: () => {
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      },
      holder: () => null,
      clean: () => {},
    };
    const folder = temporaryFolder();
    const { outcomes, waiting } = await executeClaimed(folder, planRuns(study), claims, { workers: 1 });
    expect(outcomes.map(({ stopped, unfinished }) => [stopped, unfinished])).toEqual(
      ids.map(() => ['the disk is full', true]),
    );
    expect(waiting).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });
});
