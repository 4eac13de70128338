import { describe, expect, it } from 'vitest';
import { analyzeRun } from '../../src/dynamics/analyze-run.ts';
import { seedsTogether } from '../../src/findings/seed-groups.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { AnswersOnDemand, keptFor } from '../../src/workbench/answers-on-demand.ts';
import { jumpingRun } from './study-of-seeds.ts';

const seriesId = 'stable_rank';
const members = [jumpingRun('a-1'), jumpingRun('a-2')];
const found = analyzeRun(members[0], { seriesId, rng: createRandom(1) });
const together = seedsTogether(members, { seriesId, alpha: 0.05 });

function counting<T>(answer: T): { ask: () => T; asked: () => number } {
  let asked = 0;
  return {
    ask() {
      asked++;
      return answer;
    },
    asked: () => asked,
  };
}

describe('answers on demand', () => {
  it('keep what was found out of runs in memory, and ask for the curves of groups', () => {
    const answers = new AnswersOnDemand();
    const [run, group] = [counting(found), counting(together)];
    expect(answers.of('run', found, run.ask)).toBe(found);
    const slim = answers.of('group', together, group.ask);
    expect(answers.areMany).toBe(false);
    expect(group.asked()).toBe(0);
    expect(JSON.stringify(slim)).toBe(JSON.stringify(together));
    expect([run.asked(), group.asked()]).toEqual([0, 1]);
  });

  it('have of what does not fit only names in memory, and ask once for what is at hand', () => {
    const answers = new AnswersOnDemand({ most: found.layers.length });
    expect(answers.of('first', found, counting(found).ask)).toBe(found);
    const second = counting(found);
    const slim = answers.of('second', found, second.ask);
    expect(answers.areMany).toBe(true);
    expect(slim).toMatchObject({ runId: 'a-1', seriesId });
    expect(second.asked()).toBe(0);
    // Entries in their order, too.
    expect(JSON.stringify(slim)).toBe(JSON.stringify(found));
    expect(second.asked()).toBe(1);
  });

  it('hold answers compact for those who look at them again and again, and ask for no more than the curves of groups', () => {
    const answers = new AnswersOnDemand({ compact: true });
    const [run, group] = [counting(found), counting(together)];
    const compact = answers.of('run', found, run.ask);
    expect(answers.areMany).toBe(true);
    expect(compact).toEqual(found);
    const slim = answers.of('group', together, group.ask);
    expect(slim.runChanges).toEqual(together.runChanges);
    expect(group.asked()).toBe(0);
    // Entries in their order, too.
    expect(JSON.stringify([compact, slim])).toBe(JSON.stringify([found, together]));
    expect([run.asked(), group.asked()]).toEqual([0, 1]);
  });

  it('are held compact of a large study, where everything is kept', () => {
    expect(keptFor(4_000)).toEqual({ most: undefined, compact: false });
    expect(keptFor(4_001, 7)).toEqual({ most: 7, compact: true });
  });

  it('ask again for what others have taken the place of', () => {
    const answers = new AnswersOnDemand({ most: 0 });
    const counts = Array.from({ length: 40 }, () => counting(together));
    const groups = counts.map(({ ask }, g) => answers.of(`group ${g}`, together, ask));
    for (const group of [...groups, ...groups]) expect(group).toEqual(together);
    expect(counts[0].asked()).toBe(2);
  });
});
