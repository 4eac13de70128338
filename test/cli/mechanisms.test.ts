import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { itWith, patience } from '../requirements.ts';
import { rankscope, scratchFolder } from './rankscope.ts';
import { sharedStudy } from './shared-study.ts';

const study = `
architectures: [{name: tiny, family: transformer, width: 8, heads: 2, blocks: 1}, {name: small, family: cnn, channels: [2, 2]}]
datasets: [drawn_digits]
training: {steps: 30, examples: 64, batchSize: 16}
measurement: {every: 1, samples: 40}
evaluation: {every: 30, examples: 64}
checkpoints: {at: [0, 10, 29]}
`;

describe('rankscope mechanisms', () => {
  const studyOnce = sharedStudy(study);

  it('measures heads, filters, units and weights at every checkpoint of a study', () => {
    const [trained, out] = [studyOnce(), join(scratchFolder(), 'tables')];
    const shown = rankscope('mechanisms', trained, '--out', out);
    expect(shown.err).toBe('');
    expect(shown.out).toMatch(/values from 6 checkpoints of 2 runs/);
    const csv = readFileSync(join(out, 'mechanisms.csv'), 'utf8');
    expect(csv.split('\r\n')[0]).toBe('run,step,measure,subject,value,lower,upper,chance,undetermined');
    expect(csv).toMatch(/linear_probe,[\w.]+,0\.\d+,0\.\d+,0\.\d+,0\.\d+/);
    expect(csv).toMatch(/copying_score,transformer\.layers\.0\.self_attn,-?0\.\d+/);
    expect(csv).toMatch(/class_accuracy,class 9,\d/);
    expect(csv).toMatch(/attention_entropy,transformer\.layers\.0\.self_attn,0\.\d+/);
    expect(csv).toMatch(/filter_orthogonality,conv_layers\.0\.weight,0\.\d+/);
    expect(readFileSync(join(out, 'acquisition.csv'), 'utf8')).toMatch(
      /^run,class,not_before,acquired,forgotten,measured_at,undetermined\r\ntiny_drawn_digits_seed0,0,/,
    );
    const json = JSON.parse(
      rankscope('mechanisms', trained, '--json', '--runs', 'small_drawn_digits_seed0').out,
    );
    expect(json.tests).toBeNull();
    expect(new Set(json.values.map(({ step }: { step: number }) => step))).toEqual(new Set([0, 10, 29]));
  });

  itWith(
    patience,
    'takes out heads, filters and units where asked to, and says what is lost in all and per class',
    () => {
      const [trained, out] = [studyOnce(), join(scratchFolder(), 'tables')];
      const ablate = (...kinds: string[]) => rankscope('mechanisms', trained, '--ablate', ...kinds);
      const shown = ablate('heads,filters,units', '--ablate-last', '--out', out);
      expect(shown.err).toBe('');
      expect(shown.out).toMatch(/without +replaced by +loss +accuracy/);
      const rows = readFileSync(join(out, 'ablation.csv'), 'utf8').trim().split('\r\n');
      expect(rows[0]).toBe(
        'run,step,place,kind,part,replacement,class,loss_change,accuracy_change,undetermined',
      );
      // 2 heads, 32 units of the feed-forward layer and 2 × 2 filters, three replacements, all and 10 classes.
      expect(rows).toHaveLength(1 + (2 + 32 + 4) * 3 * 11);
      expect(rows.filter((row) => row.includes(',heads,')).every((row) => row.includes(',29,'))).toBe(true);
      const again = JSON.parse(ablate('heads', '--replace', 'mean', '--json').out);
      expect(again.ablations).toHaveLength(2 * 3);
      expect(again.ablations[0]).toMatchObject({ step: 0, part: 0, replacement: 'mean' });
      expect(ablate('tails').err).toMatch(/some of heads, filters, units/);
    },
  );

  itWith(patience, 'tests changes against controls where the plan is given', () => {
    const folder = scratchFolder();
    const [file, first, second, plan] = ['study.yaml', 'first', 'second', 'plan.json'].map((name) =>
      join(folder, name),
    );
    writeFileSync(file, study.replace('steps: 30', 'steps: 80'));
    expect(rankscope('train', file, '--out', first, '--quiet').code).toBe(0);
    expect(rankscope('plan', first, '--out', plan).code).toBe(0);
    expect(rankscope('train', file, '--out', second, '--plan', plan, '--quiet').code).toBe(0);
    const shown = rankscope('mechanisms', second, '--plan', plan);
    expect(shown.err).toBe('');
    expect(shown.out).toMatch(/too few runs|nothing to test/);
  });

  it('measures the weights alone of checkpoints that another program saved', () => {
    const folder = scratchFolder();
    const [trained, saved] = [studyOnce(), join(folder, 'saved')];
    cpSync(join(trained, 'checkpoints'), saved, { recursive: true });
    const values = (from: string) => JSON.parse(rankscope('mechanisms', from, '--json').out).values;
    const wanted = values(trained).filter(({ measure }: { measure: string }) =>
      /^(filter|weight)_/.test(measure),
    );
    const key = (value: Record<string, string>) =>
      `${value.run} ${value.measure} ${value.subject} ${value.step}`;
    const found = new Map(values(saved).map((value: Record<string, string>) => [key(value), value]));
    expect(wanted.length).toBeGreaterThan(50);
    for (const value of wanted) expect(found.get(key(value))).toEqual(value);
    const refused = rankscope('mechanisms', saved, '--ablate', 'heads');
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/ablate.*allowed: a study/);
    mkdirSync(join(folder, 'empty'));
    expect(rankscope('mechanisms', join(folder, 'empty')).err).toMatch(/one sub-folder/);
  });

  it('says what it needs where there is no checkpoint', () => {
    const folder = scratchFolder();
    const file = join(folder, 'study.yaml');
    writeFileSync(file, study.replace(/checkpoints.*\n/, ''));
    expect(rankscope('train', file, '--out', join(folder, 'trained'), '--quiet').code).toBe(0);
    const refused = rankscope('mechanisms', join(folder, 'trained'));
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/checkpoints is "none"; allowed: a study with checkpoints/);
  });
});
