import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { silenceLimit } from '../../../src/study/claims/claim-record.ts';
import { type Claim, type ClaimStore, openClaims } from '../../../src/study/claims/claim-store.ts';
import { candidateName } from '../../../src/study/claims/exclusive-file-store.ts';
import type { ProcessState } from '../../../src/study/claims/process-identity.ts';
import { describeWithWorkers, temporaryFolder } from '../small-study.ts';

/** Processes of one or several machines that share a folder; who runs is up to the test. */
function machines(folder = temporaryFolder()) {
  const gone = new Set<number>();
  let lookedFor: (pid: number) => void = () => {};
  const stateOf = (pid: number): ProcessState => {
    lookedFor(pid);
    return gone.has(pid) ? { running: false } : { running: true, started: `at ${pid}` };
  };
  return {
    folder,
    claims: join(folder, 'claims'),
    process: (pid: number, host = 'node07'): ClaimStore =>
      openClaims(folder, {
        here: { host, processTable: host, pid, started: `at ${pid}` },
        stateOf,
      }),
    kill: (pid: number) => gone.add(pid),
    /** Does something the moment that somebody looks for a process: after reading its claim, ahead of acting on it. */
    whileLookingFor: (pid: number, action: () => void) => {
      lookedFor = (other) => {
        if (other !== pid) return;
        lookedFor = () => {};
        action();
      };
    },
    /** Lets time pass for what lies there now. */
    pass: (milliseconds: number) => {
      const then = (Date.now() - milliseconds) / 1000;
      for (const name of readdirSync(join(folder, 'claims')))
        utimesSync(join(folder, 'claims', name), then, then);
    },
  };
}

function taken(store: ClaimStore, name = 'run'): Claim {
  const answer = store.take(name);
  if (!answer.taken) throw new Error(`held by ${answer.holder.record?.pid}`);
  return answer.claim;
}

function holderOf(store: ClaimStore, name = 'run'): number | null {
  const answer = store.take(name);
  return answer.taken ? null : answer.holder.record!.pid;
}

describe('a claim', () => {
  it('is one process’s until it is released, and leaves nothing behind', () => {
    const { process, claims } = machines();
    const claim = taken(process(1));
    expect(readdirSync(claims)).toEqual(['run.json']);
    expect(holderOf(process(2))).toBe(1);
    // Another claim of the same process is refused, too.
    expect(holderOf(process(1))).toBe(1);
    expect(process(2).holder('run')?.record).toMatchObject({ of: 'run', pid: 1, host: 'node07' });
    expect(claim.renew()).toBe(true);
    claim.release();
    expect(existsSync(claims)).toBe(false);
    expect(process(1).holder('run')).toBeNull();
    taken(process(2));
  });

  it('says nothing of other runs, and one run’s name may hold what another’s ends in', () => {
    const { process } = machines();
    for (const name of ['a', 'b', 'a.json', 'a_learningRate0.01', '.study']) taken(process(1), name);
    for (const name of ['a', 'b', 'a.json', 'a_learningRate0.01', '.study']) {
      expect(holderOf(process(2), name)).toBe(1);
    }
    taken(process(2), 'a_learningRate0.0');
  });

  it('of a process that is gone is taken over', () => {
    const { process, kill, claims } = machines();
    const first = taken(process(1));
    kill(1);
    expect(process(2).holder('run')).toBeNull();
    const second = taken(process(2));
    expect(holderOf(process(3))).toBe(2);
    // Should the first one live after all, it learns that it has lost, and takes nothing away.
    expect(first.renew()).toBe(false);
    first.release();
    expect(second.renew()).toBe(true);
    kill(2);
    const third = taken(process(3));
    expect([first, second, third].map((claim) => claim.renew())).toEqual([false, false, true]);
    third.release();
    expect(existsSync(claims)).toBe(false);
  });

  it('of another machine holds as long as it is renewed', () => {
    const { process, kill, pass } = machines();
    const first = taken(process(1, 'node07'));
    kill(1);
    expect(holderOf(process(2, 'node08'))).toBe(1);
    pass(silenceLimit - 5000);
    expect(holderOf(process(2, 'node08'))).toBe(1);
    expect(first.renew()).toBe(true);
    expect(process(2, 'node08').holder('run')!.silence).toBeLessThan(5000);
    pass(silenceLimit + 5000);
    const second = taken(process(2, 'node08'));
    expect(first.renew()).toBe(false);
    expect(second.renew()).toBe(true);
  });

  it('whose file is damaged is taken over when it is old', () => {
    const { process, claims, pass } = machines();
    mkdirSync(claims);
    writeFileSync(join(claims, 'run.json'), '{"format":"rankscope claim","of":"../../run"');
    expect(process(1).take('run')).toMatchObject({ taken: false, holder: { record: null } });
    pass(silenceLimit + 5000);
    taken(process(1)).release();
    expect(existsSync(claims)).toBe(false);
  });

  it('is lost if somebody removes its file', () => {
    const { process, folder } = machines();
    const claim = taken(process(1));
    writeFileSync(join(folder, 'claims', 'run.json'), 'something else');
    expect(claim.renew()).toBe(false);
  });
});

describe('taking over, when another is quicker', () => {
  it.each([
    ['holds the run', (): void => {}, 2],
    ['has already released it', (claim: Claim) => claim.release(), null],
  ] as const)('and %s', (_, then, holder) => {
    const { process, kill, whileLookingFor } = machines();
    taken(process(1));
    kill(1);
    whileLookingFor(1, () => then(taken(process(2))));
    expect(holderOf(process(3))).toBe(holder);
    // Whatever came out, it is settled.
    expect(holderOf(process(4))).toBe(holder ?? 3);
  });

  it('and has released it, and a third has claimed it anew', () => {
    const { process, kill, whileLookingFor, claims } = machines();
    taken(process(1));
    kill(1);
    let third: Claim | null = null;
    whileLookingFor(1, () => {
      taken(process(2)).release();
      third = taken(process(3));
    });
    expect(holderOf(process(4))).toBe(3);
    expect(third!.renew()).toBe(true);
    third!.release();
    expect(existsSync(claims)).toBe(false);
  });

  it('and is gone as well', () => {
    const { process, kill, whileLookingFor } = machines();
    taken(process(1));
    kill(1);
    whileLookingFor(1, () => {
      taken(process(2));
      kill(2);
    });
    const claim = taken(process(3));
    expect(holderOf(process(4))).toBe(3);
    expect(claim.renew()).toBe(true);
  });
});

describe('cleaning', () => {
  it('removes claims and unfinished files of processes that are gone, and no others', () => {
    const { process, kill, claims, pass } = machines();
    for (const name of ['ended', 'wanted', '.study']) taken(process(1), name);
    taken(process(2), 'held');
    kill(1);
    // A claim that was being made, one of a machine that cannot be asked, and what is left of a chain.
    const unfinished = '.aa.tmp';
    writeFileSync(join(claims, unfinished), '');
    taken(process(5, 'node08'), 'far');
    writeFileSync(join(claims, '.after-0123456789abcdef.json'), '{}');
    process(3).clean(new Set(['wanted']));
    expect(readdirSync(claims).toSorted()).toEqual([unfinished, 'far.json', 'held.json', 'wanted.json']);
    pass(silenceLimit + 5000);
    process(3).clean(new Set());
    expect(readdirSync(claims)).toEqual(['held.json']);
  });

  it('removes what a process left that was killed between making a file and filling it', () => {
    const { process, kill, claims } = machines();
    taken(process(1), 'held');
    const left = (pid: number, started: string, host = 'node07'): string => {
      const name = candidateName({ processTable: host, pid, started }, `0${pid}`);
      writeFileSync(join(claims, name), '');
      return name;
    };
    const [killed, alive, reused, far] = [
      left(2, 'at 2'),
      left(3, 'at 3'),
      left(4, 'long before'),
      left(2, 'at 2', 'node08'),
    ];
    kill(2);
    process(5).clean(new Set());
    const names = readdirSync(claims);
    expect(names).not.toContain(killed);
    expect(names).not.toContain(reused);
    expect(names).toEqual(expect.arrayContaining([alive, far, 'held.json']));
  });

  it('leaves a chain that is in use', () => {
    const { process, kill } = machines();
    taken(process(1));
    kill(1);
    const claim = taken(process(2));
    process(3).clean(new Set());
    expect(claim.renew()).toBe(true);
    expect(holderOf(process(3))).toBe(2);
  });

  it('makes no folder', () => {
    const { process, claims } = machines();
    process(1).clean(new Set());
    expect(existsSync(claims)).toBe(false);
  });
});

const module = resolve(import.meta.dirname, '../../../dist/study/claims/claim-store.js');

/** On a thread: takes every run in turn as soon as the others have come to it too, and says which it got. */
const racer = `
const { workerData: { module, folder, runs, gate, racers }, parentPort } = require('node:worker_threads');
import(module).then(({ openClaims }) => {
  const claims = openClaims(folder);
  const won = [];
  for (let run = 0; run < runs; run++) {
    Atomics.add(gate, run, 1);
    Atomics.notify(gate, run);
    for (let there; (there = Atomics.load(gate, run)) < racers; ) Atomics.wait(gate, run, there);
    if (claims.take('run' + run).taken) won.push(run);
  }
  parentPort.postMessage(won);
});`;

describeWithWorkers('claims that many go for at once', () => {
  it.each([
    ['of runs that nobody has worked on', false],
    ['of a process that is gone', true],
  ])('%s go to one each', async (_, abandoned) => {
    const { folder, process, pass } = machines();
    const [runs, racers] = [40, 4];
    if (abandoned) {
      for (let run = 0; run < runs; run++) taken(process(1, 'another machine'), `run${run}`);
      pass(silenceLimit + 60_000);
    }
    const gate = new Int32Array(new SharedArrayBuffer(4 * runs));
    const won = await Promise.all(
      Array.from({ length: racers }, async () => {
        const workerData = { module: pathToFileURL(module).href, folder, runs, gate, racers };
        const worker = new Worker(racer, { eval: true, workerData });
        return new Promise<number[]>((resolve, reject) => {
          worker.on('message', resolve).on('error', reject);
        });
      }),
    );
    expect(won.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: runs }, (_, run) => run));
  });
});
