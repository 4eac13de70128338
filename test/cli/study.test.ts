import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compiledPath } from '../compiled-program.ts';
import { rankscope, scratchFolder } from './rankscope.ts';
import { sharedStudy } from './shared-study.ts';

const tinyStudy = `
title: Two tiny networks
architectures: [{name: tiny, family: mlp, hidden: [8]}]
datasets: [drawn_digits]
seeds: [0, 1]
training: {steps: 60, examples: 200}
measurement: {every: 2, samples: 40}
evaluation: {every: 20, examples: 200}
`;

const trainedStudy = sharedStudy(tinyStudy);

describe('a study from the command line', () => {
  it('trains, analyzes and reports, each step reading what the one before it wrote, the same each time', () => {
    const study = trainedStudy();
    expect(readdirSync(join(study, 'runs'))).toEqual([
      'tiny_drawn_digits_seed0.jsonl',
      'tiny_drawn_digits_seed1.jsonl',
    ]);

    const analyzed = rankscope('analyze', study, '--json');
    expect(analyzed.err).toBe('');
    const analysis = JSON.parse(analyzed.out);
    expect(analysis.seriesId).toBe('participation_ratio');
    expect(analysis.runs.map(({ runId }: { runId: string }) => runId)).toEqual([
      'tiny_drawn_digits_seed0',
      'tiny_drawn_digits_seed1',
    ]);
    expect(analysis.runs[0].layers.map(({ layer }: { layer: string }) => layer)).toEqual([
      'network.0',
      'network.2',
    ]);

    const out = join(scratchFolder(), 'report');
    const reported = rankscope('report', study, '--out', out);
    expect(reported).toMatchObject({ code: 0, err: '' });
    const page = /^Report: (.*)$/m.exec(reported.out)?.[1] ?? '';
    expect(readFileSync(page, 'utf8')).toContain('Two tiny networks');
    const again = join(scratchFolder(), 'again');
    rankscope('report', study, '--out', again);
    expect(readFileSync(join(again, 'index.html'), 'utf8')).toBe(readFileSync(page, 'utf8'));
    expect(
      readdirSync(join(out, 'figures', 'runs')).filter((name) => name.endsWith('-heatmap.svg')),
    ).toHaveLength(2);
    expect(readFileSync(join(out, 'tables', 'runs.csv'), 'utf8')).toContain('tiny_drawn_digits_seed1');
  });

  it('writes the same logs from the same seeds', () => {
    const again = join(scratchFolder(), 'again');
    writeFileSync(`${again}.yaml`, tinyStudy);
    expect(rankscope('train', `${again}.yaml`, '--out', again)).toMatchObject({ code: 0 });
    for (const name of readdirSync(join(again, 'runs'))) {
      const bytes = readFileSync(join(again, 'runs', name));
      expect(bytes.length).toBeGreaterThan(10_000);
      expect(bytes.equals(readFileSync(join(trainedStudy(), 'runs', name)))).toBe(true);
    }
  });

  it('continues an interrupted study and keeps what was complete', () => {
    const study = join(scratchFolder(), 'study');
    cpSync(trainedStudy(), study, { recursive: true });
    const [kept, cut] = ['tiny_drawn_digits_seed0.jsonl', 'tiny_drawn_digits_seed1.jsonl'].map((name) =>
      join(study, 'runs', name),
    );
    const whole = readFileSync(cut);
    writeFileSync(cut, whole.subarray(0, whole.length / 2));
    writeFileSync(`${study}.yaml`, tinyStudy);
    const answer = rankscope('train', `${study}.yaml`, '--out', study);
    expect(answer.out).toContain('Kept from an earlier call: 1.');
    expect(existsSync(kept)).toBe(true);
    expect(readFileSync(cut).equals(whole)).toBe(true);
  });
});

describe('what cannot be used', () => {
  const answers = (...args: string[]) => rankscope(...args);

  it('gets one line that names it, and exit code 2', () => {
    const folder = scratchFolder();
    const file = join(folder, 'study.yaml');
    const cases: [string, RegExp][] = [
      [
        'architectures: [mlp_narow]\ndatasets: [drawn_digits]',
        /study\.yaml: architectures\[0\] is "mlp_narow"; allowed: did you mean mlp_narrow\?/,
      ],
      ['architectures: [mlp_narrow]\ndatasets: [digits]', /datasets\[0\] is "digits"/],
      ['architectures: [mlp_narrow]\ndatasets: [drawn_digits]\nseed: 3', /seed.*did you mean seeds\?/],
      [
        'architectures: [mlp_narrow]\ndatasets: [drawn_digits]\ntraining: {steps: -1}',
        /training\.steps is -1/,
      ],
      ['architectures: [mlp_narrow', /line \d+, column \d+/],
    ];
    for (const [text, message] of cases) {
      writeFileSync(file, text);
      const answer = answers('train', file, '--out', join(folder, 'study'));
      expect(answer.code).toBe(2);
      expect(answer.err).toMatch(message);
      expect(answer.err.trimEnd().split('\n')).toHaveLength(1);
      expect(existsSync(join(folder, 'study'))).toBe(false);
    }
  });

  it('is an unknown command, option or value too', () => {
    const folder = scratchFolder();
    expect(answers('trian')).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean train?') });
    expect(answers('analyze', folder, '--alpha', '7')).toMatchObject({
      code: 2,
      err: expect.stringContaining('between 0 and 1'),
    });
    expect(answers('analyze', folder)).toMatchObject({
      code: 2,
      err: expect.stringContaining('a folder that holds a study'),
    });
    expect(answers('train', '--preset', 'demos', '--out', folder)).toMatchObject({
      code: 2,
      err: expect.stringContaining('did you mean demo?'),
    });
  });

  it('is a metric or detector that the study does not have', () => {
    const study = trainedStudy();
    expect(answers('analyze', study, '--metric', 'stable_rnk')).toMatchObject({
      code: 2,
      err: expect.stringContaining('did you mean stable_rank?'),
    });
    expect(answers('analyze', study, '--detector', 'pelty')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--detector'),
    });
  });

  it('is a place that cannot be written, said in one line', () => {
    const study = trainedStudy();
    const answer = answers('analyze', study, '--out', join(study, 'manifest.json', 'x'));
    expect(answer.code).toBe(1);
    expect(answer.err).toMatch(/^rankscope: .*manifest\.json.* cannot be used \(E[A-Z]+\).*\n$/);
  });

  it('does not overwrite another study', () => {
    const study = trainedStudy();
    const file = join(scratchFolder(), 'study.yaml');
    writeFileSync(file, tinyStudy);
    const answer = answers('train', file, '--out', study, '--seeds', '5');
    expect(answer).toMatchObject({ code: 2, err: expect.stringContaining('--overwrite') });
    expect(readdirSync(join(study, 'runs'))).toHaveLength(2);
  });
});

describe('help', () => {
  it('has an example for every command', () => {
    const overview = rankscope('--help').out;
    const commands = Object.entries(helpOfEach());
    expect(commands.length).toBeGreaterThan(20);
    for (const [name, help] of commands) {
      expect(help, name).toContain('$ rankscope ');
      expect(overview).toContain(`\n  ${name} `);
    }
    // One of them as a user asks for it.
    expect(rankscope('report', '--help')).toMatchObject({
      code: 0,
      out: expect.stringContaining('$ rankscope report'),
    });
  });
});

/** What every command of the compiled program says of itself, all from one process. */
function helpOfEach(): Record<string, string> {
  const script = `
    const { createProgram } = await import(process.argv[1]);
    const { commands } = await createProgram();
    const help = (command) => {
      let text = '';
      command.configureOutput({ writeOut: (part) => { text += part; } }).outputHelp();
      return text;
    };
    console.log(JSON.stringify(Object.fromEntries(commands.map((command) => [command.name(), help(command)]))));
  `;
  const program = pathToFileURL(compiledPath('cli/program.js')).href;
  const args = ['--input-type=module', '--eval', script, program];
  return JSON.parse(spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout);
}
