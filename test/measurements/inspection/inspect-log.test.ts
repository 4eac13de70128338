import { describe, expect, it } from 'vitest';
import { inspectLog, type LogExpectation } from '../../../src/measurements/inspection/inspect-log.ts';
import { endDigest } from '../../../src/measurements/log/end-digest.ts';
import { formatHeader } from '../../../src/measurements/run-header.ts';
import { parseRunLog } from '../../../src/measurements/run-log.ts';
import { plainLines, plainLog, sampleHeader, sampleLog, sampleRecords, sealedLog } from '../fixtures.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const nothing: LogExpectation = { digest: null, recompute: () => null };
const inspect = (text: string, expectation = nothing) => inspectLog(bytesOf(text), 'r.jsonl', expectation);
const header = sampleHeader();

describe('a log that is whole', () => {
  it.each([
    ['with checksums', sampleLog(header)],
    ['without', plainLog(header)],
  ])('has no faults, and is read as it is otherwise, %s', (_, log) => {
    const { run, ...verdict } = inspect(log);
    expect(verdict).toEqual({
      version: log === sampleLog(header) ? 2 : 1,
      whole: 9,
      lost: 0,
      hasEnd: true,
      isTorn: false,
      faults: [],
      faultCount: 0,
    });
    expect(run).toEqual(parseRunLog(bytesOf(log), 'r.jsonl'));
    expect(run?.layers[1].spectra).toEqual(parseRunLog(bytesOf(log), 'r.jsonl').layers[1].spectra);
  });

  it('may be of a run that was interrupted, between two records or in one', () => {
    const lines = sampleLog(header).split('\n');
    const between = `${lines.slice(0, 5).join('\n')}\n`;
    expect(inspect(between)).toMatchObject({
      faultCount: 0,
      hasEnd: false,
      isTorn: false,
      whole: 5,
      lost: 0,
    });
    expect(inspect(between.slice(0, -9))).toMatchObject({ faultCount: 0, isTorn: true, whole: 4 });
  });
});

/** Lines: 1 header, 2 and 3 step 0, 4 and 5 step 5, 6 and 7 step 10, 8 evaluation, 9 end. */
describe('of a damaged log with checksums', () => {
  const log = sampleLog(header);
  const lines = log.split('\n');
  const without = (number: number): string => lines.toSpliced(number - 1, 1).join('\n');
  const changed = (number: number, from: string | RegExp, to: string): string =>
    lines.with(number - 1, lines[number - 1].replace(from, to)).join('\n');
  const steps = (text: string): number[] => [...inspect(text).run!.steps];

  it('a changed measurement is lost, and so are its spectra; the others are not', () => {
    const text = changed(4, '"loss":', '"lass":');
    expect(inspect(text)).toMatchObject({
      whole: 7,
      lost: 2,
      hasEnd: true,
      faults: [
        { line: 4, what: 'its checksum does not fit it' },
        { line: null, what: 'record 4 is lost' },
        { line: 5, what: 'spectra of a measurement that is lost' },
      ],
    });
    expect(steps(text)).toEqual([0, 10]);
    expect(inspect(text).run).toMatchObject({ complete: true, lostRecords: 2 });
  });

  it('changed spectra leave the metrics', () => {
    const { run, whole, lost } = inspect(changed(5, '"reliable":2', '"reliable":3'));
    expect([whole, lost]).toEqual([8, 1]);
    expect([...run!.steps]).toEqual([0, 5, 10]);
    expect(run!.layers[0].spectra?.complete?.centered?.map((spectrum) => spectrum === null)).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('a line that is lost is named by its record', () => {
    expect(inspect(without(8))).toMatchObject({
      lost: 1,
      faults: [{ line: null, what: 'record 8 is lost' }],
    });
    const cut = lines.toSpliced(3, 4).join('\n');
    expect(inspect(cut)).toMatchObject({ lost: 4, faults: [{ what: 'records 4 to 7 are lost' }] });
    expect(steps(cut)).toEqual([0]);
  });

  it('nothing is lost where lines were doubled, swapped, or run on without a line end', () => {
    const whole = inspect(log).run;
    const doubled = lines.toSpliced(5, 0, lines[1]).join('\n');
    expect(inspect(doubled)).toMatchObject({ lost: 0, faults: [{ line: 6, what: 'a copy of record 2' }] });
    const swapped = lines.with(3, lines[5]).with(5, lines[3]).join('\n');
    expect(inspect(swapped)).toMatchObject({
      lost: 0,
      faults: [
        { line: 5, what: 'record 5, out of its place' },
        { line: 6, what: 'record 4, out of its place' },
      ],
    });
    const unended = log.slice(0, -1);
    expect(inspect(unended)).toMatchObject({
      lost: 0,
      faults: [{ line: 9, what: 'its line end is missing' }],
    });
    for (const text of [doubled, swapped, unended]) expect(inspect(text).run!.steps).toEqual(whole!.steps);
  });

  it('the header is found wherever it stands, and without it there is nothing', () => {
    const moved = [...lines.slice(1, 3), lines[0], ...lines.slice(3)].join('\n');
    expect(inspect(moved)).toMatchObject({ whole: 9, lost: 0 });
    expect(inspect(moved).faults).toContainEqual({ line: 3, what: 'the header, out of its place' });
    expect(inspect(changed(1, '"seed":1', '"seed":2'))).toMatchObject({
      version: null,
      run: null,
      whole: 0,
      faults: [{ line: 1, what: 'the header: its checksum does not fit it' }],
    });
    expect(inspect('')).toMatchObject({ run: null, faults: [{ line: 1, what: 'no header' }] });
  });

  it('that had ended, a cut shows by what the manifest noted', () => {
    const expectation = { ...nothing, digest: endDigest([bytesOf(log)]) };
    const cut = `${lines.slice(0, 5).join('\n')}\n`;
    expect(inspect(cut, expectation)).toMatchObject({
      whole: 5,
      lost: 4,
      hasEnd: false,
      faults: [{ line: null, what: 'records 6 to 9 are lost' }],
    });
    const other = sampleLog(header, 4);
    expect(inspect(other, expectation).faults).toEqual([
      { line: null, what: 'not the log that the manifest names: its digest is another' },
    ]);
  });

  it('one whose records were all replaced together shows by the digest', () => {
    const [, second] = sampleRecords(header);
    const other = sealedLog(
      sampleRecords(header).with(1, second.replace(/"loss":[^,]*/, '"loss":7')),
      'complete',
      10,
    );
    const forged = other.split('\n').with(8, lines[8]).join('\n');
    expect(inspect(forged).faults).toEqual([
      { line: null, what: 'the digest in its end is not that of the records before it' },
    ]);
  });

  it('only the first hundred of many faults are listed', () => {
    const { faults, faultCount } = inspect(`${lines[0]}\n${'x\n'.repeat(500)}`);
    expect([faults.length, faultCount]).toEqual([100, 501]);
  });
});

describe('of a damaged log without checksums', () => {
  /** As `train` wrote it: what it was told to measure stands in the header. */
  const trained = sampleHeader({
    hyperparameters: { steps: 12, probeSamples: 3, measureEvery: 5 },
    plannedSteps: 12,
    layers: header.layers.map((layer) => ({ ...layer, pooling: 'batch · positions × channels' })),
  });
  const lines = plainLog(trained).split('\n');

  it.each([
    ['plannedSteps', { plannedSteps: 13 }, /plannedSteps is 13; allowed: 12, as hyperparameters\.steps/],
    ['seed', { id: 'mlp_mnist_seed2' }, /seed is 1; allowed: 2, as in the run's name/],
    ['probe', { probe: { examples: [1], sha256: null } }, /probe\.examples is "1 of them"; allowed: 3/],
    ['samples', { layers: header.layers }, /layers\[0\]\.samples is 6; allowed: 3/],
  ])('settings and the rest of the header contradict each other: %s', (_, changes, message) => {
    const text = plainLines([formatHeader({ ...trained, ...changes })]);
    expect(inspect(text).faults[0].what).toMatch(message);
    expect(() => parseRunLog(bytesOf(text), 'r.jsonl')).toThrow(message);
  });

  it('a measurement that is lost shows by the interval, at the end too', () => {
    expect(inspect(lines.join('\n'))).toMatchObject({ faultCount: 0, lost: 0, whole: 9 });
    expect(inspect(lines.toSpliced(3, 2).join('\n'))).toMatchObject({
      lost: 2,
      faults: [{ line: null, what: 'measurements are lost from step 5 to before 10' }],
    });
    expect(inspect(lines.toSpliced(5, 2).join('\n')).faults).toEqual([
      { line: null, what: 'measurements are lost from step 10 to before 15' },
    ]);
  });

  it('spectra that are lost leave the metrics', () => {
    const { faults, run } = inspect(lines.toSpliced(4, 1).join('\n'));
    expect(faults).toEqual([{ line: null, what: 'the spectra of step 5 are lost' }]);
    expect([...run!.steps]).toEqual([0, 5, 10]);
  });

  it('copies lose nothing, and records out of their places are put back', () => {
    const doubled = lines.toSpliced(4, 0, lines[3]).join('\n');
    expect(inspect(doubled)).toMatchObject({ lost: 0, faults: [{ line: 5, what: 'a copy of line 4' }] });
    const swapped = lines.with(1, lines[3]).with(3, lines[1]).join('\n');
    expect(inspect(swapped).faultCount).toBeGreaterThan(0);
    expect([...inspect(swapped).run!.steps]).toEqual([0, 5, 10]);
  });

  it('metrics that do not follow from the spectra are lost with them', () => {
    const recompute: LogExpectation['recompute'] = ({ singularValues }, { id }) =>
      id === 'stable_rank' ? { determined: true, value: singularValues[0] } : null;
    const plain = plainLog(header).split('\n');
    const said = inspect(plain.join('\n'), { digest: null, recompute });
    expect(said.faults[0]).toMatchObject({
      line: 2,
      what: expect.stringMatching(/^stable_rank of network\.0 is .*; by its spectrum /),
    });
    expect(said).toMatchObject({ lost: 6, whole: 3 });
  });

  it('a digest that the manifest noted finds any change', () => {
    const text = lines.join('\n');
    const expectation = { ...nothing, digest: endDigest([bytesOf(text)]) };
    expect(inspect(text, expectation).faultCount).toBe(0);
    const changed = text.replace(/"loss":0\.\d/, '"loss":0.0');
    expect(changed).not.toBe(text);
    expect(inspect(changed, expectation).faults).toEqual([
      { line: null, what: 'not the log that the manifest names: its digest is another' },
    ]);
  });
});
