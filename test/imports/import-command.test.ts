import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readManifest, readStudy } from '../../src/measurements/study-store.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { rankscope, scratchFolder } from '../cli/rankscope.ts';

const rng = createRandom('import command');
const table = [
  'step,loss,encoder.0/stable_rank,encoder.1/stable_rank',
  ...Array.from({ length: 200 }, (_, i) => {
    const level = i < 100 ? 5 : 9;
    return `${i * 10},${2 - i / 150},${level + 0.1 * rng.normal()},${7 + 0.1 * rng.normal()}`;
  }),
  '',
].join('\n');

function at(name: string, content: string): string {
  const path = join(scratchFolder(), name);
  writeFileSync(path, content);
  return path;
}

describe('rankscope import', () => {
  it('does what the README says of a table of one’s own, in at most five lines', () => {
    const readme = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8');
    const [, block] = /\*\*Bring your own log:\*\*[\s\S]*?```sh\n([\s\S]*?)```/.exec(readme)!;
    const commands = block.trim().split('\n');
    expect(commands.length).toBeLessThanOrEqual(5);
    const folder = dirname(at('metrics.csv', table));
    const answers = commands.map((command) => {
      const [program, ...args] = command.split(' ');
      expect(program).toBe('rankscope');
      return rankscope(
        ...args.map((arg) => (/^(?:metrics\.csv|my-import)$/.test(arg) ? join(folder, arg) : arg)),
      );
    });
    for (const { code, err } of answers) expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(answers[0].out).toMatch(/^It looks like csv: .*\n {2}columns: step from step\n/);
    expect(answers.at(-1)!.out).toMatch(/encoder\.0 level at 5.*jumps up/);
    expect(answers.at(-1)!.out).not.toMatch(/encoder\.1.*jumps/);
    expect(readManifest(join(folder, 'my-import'))).toMatchObject({ origin: 'imported', source: 'csv' });
  });

  it('says of a study that it is one, and takes over logs beside a manifest of another program', () => {
    const folder = scratchFolder();
    const [log, study] = [join(folder, 'log'), join(folder, 'study')];
    mkdirSync(log);
    writeFileSync(join(log, 'metrics.csv'), table);
    writeFileSync(join(log, 'manifest.json'), '{"name": "of a web page"}');
    const taken = rankscope('import', join(log, 'metrics.csv'), '--out', study);
    expect(taken.code).toBe(0);
    expect(rankscope('import', study, '--out', join(folder, 'again'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('this is a study already'),
    });
    expect(rankscope('import', log, '--out', join(folder, 'beside')).err).not.toContain('a study already');
  });

  it('makes a study that verify finds whole, with any kinds of layers', () => {
    const log = at(
      'long.csv',
      'iter,part,type,rank\n0,a,state space,1\n0,b,gate,2\n5,a,state space,3\n5,b,gate,4\n',
    );
    const out = join(scratchFolder(), 'long');
    expect(
      rankscope('import', log, '--out', out, '--columns', 'layer=part,kind=type', '--architecture', 'mine')
        .code,
    ).toBe(0);
    expect(rankscope('verify', out)).toMatchObject({ code: 0 });
    const [run] = readStudy(out).runs;
    expect(run).toMatchObject({ architecture: 'mine', id: 'long' });
    expect(run.layers.map(({ name, kind }) => [name, kind])).toEqual([
      ['a', 'state space'],
      ['b', 'gate'],
    ]);
  });

  it('lists every fault, and leaves nothing half written', () => {
    const log = at('bad.csv', 'step,loss\n0,1\n1\n2,2,2\n');
    const out = join(scratchFolder(), 'bad-study');
    const before = readdirSync(dirname(out)).length;
    const answer = rankscope('import', log, '--out', out);
    expect(answer).toMatchObject({ code: 2, out: '' });
    expect(answer.err).toMatch(/^rankscope: .*2 faults: line 3 .*; line 4 .*\n$/);
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(dirname(out)).length).toBe(before);
  });

  it('says which formats there are where it knows none, or no such one', () => {
    const log = at('readme.md', 'hello\n');
    expect(rankscope('import', log, '--out', join(scratchFolder(), 'x')).err).toMatch(
      /tensorboard .*trackio/,
    );
    expect(rankscope('import', log, '--from', 'tensorbord', '--out', join(scratchFolder(), 'x')).err).toMatch(
      /did you mean tensorboard/,
    );
  });
});
