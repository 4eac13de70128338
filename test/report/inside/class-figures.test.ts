import { describe, expect, it } from 'vitest';
import { classFigures } from '../../../src/report/inside/class-figures.ts';
import type { ReportInput } from '../../../src/report/types.ts';
import { exampleStudy } from '../example-study.ts';

/** The example study, its first run with accuracies of two classes at steps 0, 50 and 100. */
function withClasses(...perClass: (number | null)[][]): ReportInput {
  const input = exampleStudy();
  const evaluations = perClass.map((accuracies, i) => ({
    ...{ step: 50 * i, accuracy: 0.5, examples: 100 },
    perClass: accuracies,
  }));
  return { ...input, runs: [{ ...input.runs[0], evaluations }, ...input.runs.slice(1)] };
}

describe('figures of when classes are acquired', () => {
  it('have a mark where a class is acquired and one where it is forgotten, by network', () => {
    const figures = classFigures(withClasses([0.1, 0.9], [0.8, 0.9], [0.9, 0.1], [0.9, 0.2]));
    expect([...figures.keys()]).toEqual(['classes-0']);
    const { title, reading, spec } = figures.get('classes-0')!;
    expect(title).toBe(
      `When classes are acquired: ${exampleStudy().runs[0].architecture}, ${exampleStudy().runs[0].dataset}`,
    );
    expect(reading).toContain('1 run');
    // Class 0 is acquired at 50 and kept, class 1 known from 0 on and forgotten at 100.
    const drawn = JSON.stringify(spec);
    expect(drawn).toMatch(/"name":"0"[^}]*"acquired":50,"end":150/);
    expect(drawn).toMatch(/"name":"1"[^}]*"acquired":0,"end":100/);
    expect([...drawn.matchAll(/"name":"(\d)"[^}]*"forgotten":(\d+)/g)].map(([, ...mark]) => mark)).toEqual([
      ['1', '100'],
    ]);
  });

  it('are left out where no class is acquired, or accuracies are not by class', () => {
    expect(classFigures(withClasses([0.1, 0.1], [0.2, 0.1], [0.1, 0.1])).size).toBe(0);
    expect(classFigures(exampleStudy()).size).toBe(0);
  });

  it('need three evaluations: two points are no course', () => {
    expect(classFigures(withClasses([0.1, 0.9], [0.8, 0.9])).size).toBe(0);
  });
});
