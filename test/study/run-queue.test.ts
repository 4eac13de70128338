import { describe, expect, it } from 'vitest';
import { planRuns } from '../../src/study/run-plan.ts';
import { type PlacedPlan, RunQueue } from '../../src/study/run-queue.ts';
import { smallStudy } from './small-study.ts';

const everything = { threads: 100, memory: 100 };

/** Runs a, b, c … that need so much. */
function placed(...costs: { perStep?: number; memory?: number; threads?: number }[]): PlacedPlan[] {
  const architectures = costs.map((_, i) => ({
    name: 'abcdef'[i],
    family: 'mlp' as const,
    hidden: [4],
  }));
  return planRuns(smallStudy({ architectures })).map((plan, place) => ({
    plan,
    place,
    cost: { perStep: 1, memory: 1, threads: 1, ...costs[place] },
  }));
}

async function taken(queue: RunQueue, count: number): Promise<PlacedPlan[]> {
  const all: PlacedPlan[] = [];
  for (let i = 0; i < count; i++) all.push((await queue.take())!);
  return all;
}

const names = (runs: readonly PlacedPlan[]): string => runs.map(({ plan }) => plan.architectureName).join('');

describe('RunQueue', () => {
  it('gives the longest first, and those that take as long in their order', async () => {
    const queue = new RunQueue(
      placed({ perStep: 1 }, { perStep: 9 }, { perStep: 1 }, { perStep: 5 }),
      everything,
    );
    expect(names(await taken(queue, 4))).toBe('bdac');
    expect(await queue.take()).toBeNull();
  });

  it('takes the number of steps into account, and keeps runs of one data set together', async () => {
    const study = smallStudy({
      architectures: [{ name: 'a', family: 'mlp', hidden: [4] }],
      datasets: ['drawn_digits', 'drawn_digits_2'],
      grid: { batchSize: [8, 16], steps: [12, 20] },
    });
    const plans = planRuns(study).map((plan, place) => ({
      ...{ plan, place },
      cost: { perStep: 1, memory: 1, threads: 1 },
    }));
    const given = await taken(new RunQueue(plans, everything), plans.length);
    expect(given.map(({ plan }) => `${plan.dataset} ${plan.training.steps}`)).toEqual(
      [20, 12].flatMap((steps) =>
        ['drawn_digits', 'drawn_digits_2'].flatMap((name) => Array(2).fill(`${name} ${steps}`)),
      ),
    );
  });

  it('lets a run wait for memory, and smaller ones go before it', async () => {
    const queue = new RunQueue(
      placed({ perStep: 9, memory: 6 }, { perStep: 5, memory: 5 }, { perStep: 1, memory: 4 }),
      { threads: 100, memory: 10 },
    );
    const [first, second] = await taken(queue, 2);
    expect(names([first, second])).toBe('ac');
    let third: PlacedPlan | null = null;
    const waiting = queue.take().then((run) => {
      third = run;
    });
    await Promise.resolve();
    expect(third).toBeNull();
    queue.release(first);
    await waiting;
    expect(names([third!])).toBe('b');
  });

  it('counts threads: a run that uses two takes the place of two', async () => {
    const queue = new RunQueue(placed({ perStep: 2, threads: 2 }, { perStep: 1 }), {
      threads: 2,
      memory: 10,
    });
    const [first] = await taken(queue, 1);
    const second = queue.take();
    const soon = await Promise.race([second, Promise.resolve('waits')]);
    expect(soon).toBe('waits');
    queue.release(first);
    expect(names([(await second)!])).toBe('b');
  });

  it('begins a run that is larger than the machine by itself', async () => {
    const queue = new RunQueue(placed({ memory: 1000, threads: 64 }), { threads: 1, memory: 1 });
    expect(names(await taken(queue, 1))).toBe('a');
  });

  it('lets nothing begin once it is cleared, nor leaves anybody waiting', async () => {
    const queue = new RunQueue(placed({ memory: 9 }, { memory: 9 }), { threads: 100, memory: 10 });
    await taken(queue, 1);
    const waiting = queue.take();
    queue.clear();
    expect(await waiting).toBeNull();
  });
});
