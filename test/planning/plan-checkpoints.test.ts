import { describe, expect, it } from 'vitest';
import { runOf } from '../../src/derived/run-of.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { planCheckpoints } from '../../src/planning/plan-checkpoints.ts';
import { formatPlan, planSteps } from '../../src/planning/plan-file.ts';

const steps = Float64Array.from({ length: 200 }, (_, i) => 5 * i);
const random = createRandom('plan');

/** Level, then a rise over measurements 80 to 90, then level. */
function rising(): Float64Array {
  return steps.map((_, i) => 3 + 4 * Math.min(1, Math.max(0, (i - 80) / 10)) + 0.05 * random.normal());
}

const run = runOf({
  id: 'mine',
  steps,
  layers: { one: { rank: rising() }, still: { rank: steps.map(() => random.normal()) } },
});

describe('a plan of checkpoints', () => {
  const plan = planCheckpoints([run], { metric: 'rank' });
  const [{ windows, steps: planned }] = plan.runs;

  it('looks before, during and after a change, on measured steps', () => {
    const [change] = windows;
    expect(change).toMatchObject({ layer: 'one', change: 'rise', controlOf: null });
    expect(change.before).toBeLessThan(400);
    expect(change.before).toBeGreaterThan(340);
    expect(change.during).toBeGreaterThan(400);
    expect(change.during).toBeLessThan(450);
    expect(change.after).toBeGreaterThanOrEqual(450);
    expect(change.after).toBeLessThan(520);
    for (const step of planned) expect(steps).toContain(step);
    expect(planned).toContain(995);
  });

  it('matches it with as long a window of the same layer in which nothing has a direction, as near as there is', () => {
    const [change, control] = windows;
    expect(windows).toHaveLength(2);
    expect(control).toMatchObject({ layer: 'one', change: 'none', controlOf: 0, quiet: 'level' });
    expect(control.after - control.before).toBe(change.after - change.before);
    const apart = control.before >= change.after || control.after <= change.before;
    expect(apart).toBe(true);
    expect(
      Math.min(Math.abs(control.before - change.after), Math.abs(change.before - control.after)),
    ).toBeLessThan(60);
  });

  it('says which change has no control', () => {
    const falling = runOf({
      id: 'steep',
      steps,
      layers: { all: { rank: steps.map((_, i) => 9 - i / 30 + 0.01 * random.normal()) } },
    });
    const [only] = planCheckpoints([falling], { metric: 'rank' }).runs;
    expect(only.windows.map(({ change }) => change)).toEqual(['fall']);
    expect(only.unmatched).toEqual([
      { window: 0, reason: expect.stringMatching(/in a row of this layer are without a change/) },
    ]);
  });

  it('keeps within a number, the surest changes first', () => {
    const many = runOf({
      id: 'many',
      steps,
      layers: Object.fromEntries(Array.from({ length: 6 }, (_, k) => [`l${k}`, { rank: rising() }])),
    });
    const [few] = planCheckpoints([many], { metric: 'rank', number: 10 }).runs;
    expect(few.steps.length).toBeLessThanOrEqual(11);
    expect(few.windows.some(({ change }) => change === 'rise')).toBe(true);
  });

  it('may go evenly, or evenly on a logarithmic axis', () => {
    const even = planCheckpoints([run], { metric: 'rank', strategy: 'even', number: 5 });
    expect(even.steps).toEqual([0, 250, 495, 745, 995]);
    const dense = planCheckpoints([run], { metric: 'rank', strategy: 'logarithmic', number: 6 }).steps;
    expect(dense[dense.length - 1]).toBe(995);
    expect(dense[1] - dense[0]).toBeLessThan(dense[dense.length - 1] - dense[dense.length - 2]);
  });

  it('is the same bytes for the same runs, and is read back, written by hand too', () => {
    expect(formatPlan(planCheckpoints([run], { metric: 'rank' }))).toBe(formatPlan(plan));
    expect(planSteps(formatPlan(plan), 'plan.json')).toEqual(plan.steps);
    expect(planSteps('{"steps": [30, 10, 30]}', 'plan.json')).toEqual([10, 30]);
    expect(() => planSteps('{"steps": [1.5]}', 'plan.json')).toThrow(/steps\.0.*a whole number/);
    expect(() => planSteps('{"steps": []}', 'plan.json')).toThrow(/at least one step/);
    expect(() => planSteps('[]', 'plan.json')).toThrow(/plan\.json/);
  });

  it('refuses a series that a layer lacks, and numbers out of range', () => {
    expect(() => planCheckpoints([run], { metric: 'rang' })).toThrow(
      /layer one is "rang"; allowed: a series it has: rank/,
    );
    expect(() => planCheckpoints([run], { metric: 'rank', number: 0 })).toThrow(/from 1 to/);
  });
});
