import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rankscope, scratchFolder } from './rankscope.ts';

const study = `
architectures: [{name: tiny, family: mlp, hidden: [8]}]
datasets: [drawn_digits]
training: {steps: 60, examples: 64, batchSize: 16}
measurement: {every: 1, samples: 32}
evaluation: {every: 30, examples: 64}
`;

describe('rankscope plan', () => {
  it('plans from a study, and train saves where the plan says and ends on the same log', () => {
    const folder = scratchFolder();
    const [file, first, second, plan] = ['study.yaml', 'first', 'second', 'plan.json'].map((name) =>
      join(folder, name),
    );
    writeFileSync(file, study);
    expect(rankscope('train', file, '--out', first, '--quiet').code).toBe(0);
    const planned = rankscope('plan', first, '--out', plan);
    expect(planned.err).toBe('');
    expect(planned.out).toMatch(/changes? of participation_ratio in 1 run/);
    const { steps, runs } = JSON.parse(readFileSync(plan, 'utf8'));
    expect(steps).toContain(59);
    expect(rankscope('train', file, '--out', second, '--plan', plan, '--quiet').code).toBe(0);
    const saved = readdirSync(join(second, 'checkpoints', runs[0].run)).map((name) =>
      Number(/\d+/.exec(name)![0]),
    );
    expect(saved.sort((a, b) => a - b)).toEqual(steps);
    const log = (of: string) => readFileSync(join(of, 'runs', `${runs[0].run}.jsonl`), 'utf8');
    expect(log(second)).toBe(log(first));
  });

  it('says what is wrong with a plan or a name', () => {
    const folder = scratchFolder();
    const bad = join(folder, 'bad.json');
    writeFileSync(bad, '{"steps": ["soon"]}');
    const refused = rankscope('train', '--preset', 'demo', '--out', join(folder, 'out'), '--plan', bad);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/steps\.0; allowed: a whole number/);
    expect(rankscope('plan', join(folder, 'nowhere')).code).toBe(2);
  });
});
