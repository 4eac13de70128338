import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { readRun } from '../../../src/measurements/log-store.ts';
import { accessibilityFaults } from '../../accessibility.ts';
import { chromiumHere, launchChromium } from '../../chromium.ts';
import { compiledPath, compiledProgram } from '../../compiled-program.ts';
import { describeWith, type Requirement } from '../../requirements.ts';
import { rankscope, scratchFolder } from '../rankscope.ts';
import { writeTinyStudy } from '../tiny-study.ts';

const main = compiledPath('cli/main.js');
const needed = [chromiumHere, compiledProgram('live/page/page.js')];
const both: Requirement = needed.find(({ missing }) => missing !== null) ?? chromiumHere;

const run = 'tiny_mnist_seed0';
const soon = { timeout: 60_000, interval: 50 };

/** Of a run that trains for longer than a test. */
function writeEndlessStudy(): string {
  return writeTinyStudy({
    seeds: [0],
    training: { steps: 2_000_000, examples: 64, batchSize: 16 },
    measurement: { every: 200, samples: 20 },
    evaluation: { every: 1000, examples: 40 },
  });
}

function start(...args: readonly string[]): { process: ChildProcess; out: () => string } {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (out += text));
  onTestFinished(() => void child.kill('SIGKILL'));
  return { process: child, out: () => out };
}

/** Starts `rankscope serve` and gives the address that it prints. */
async function serve(
  study: string,
  port = '0',
  ...flags: readonly string[]
): Promise<{ process: ChildProcess; address: string }> {
  const server = start('serve', study, '--port', port, ...flags);
  await expect.poll(server.out, soon).toContain('Ctrl-C ends it');
  return { process: server.process, address: /http:\S+/.exec(server.out())![0] };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'close');
}

describeWith(both, 'the page of a study while it trains, in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  /** Opens a page and keeps account of what should not happen: an outage of the server is the only thing a browser may report. */
  async function open(address: string): Promise<{ page: Page; troubles: string[] }> {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    onTestFinished(() => page.context().close());
    const troubles: string[] = [];
    page.on('console', (message) => {
      if (!/net::ERR_(CONNECTION|INCOMPLETE|EMPTY)/.test(message.text())) troubles.push(message.text());
    });
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(new URL(address).origin) && !request.url().startsWith('data:'))
        troubles.push(request.url());
    });
    await page.goto(address);
    return { page, troubles };
  }

  const measurements = async (page: Page): Promise<number> =>
    Number(await page.locator('.run').first().getAttribute('data-measurements', soon));
  const picture = (page: Page): Promise<string> =>
    page
      .locator('.run canvas')
      .first()
      .evaluate((canvas) => (canvas as unknown as { toDataURL(): string }).toDataURL());

  it('grows with the training, over a killed server, and has every measurement once', async () => {
    const file = writeEndlessStudy();
    const study = join(scratchFolder(), 'study');
    const training = start('train', file, '--out', study);
    await expect.poll(() => existsSync(join(study, 'runs', `${run}.jsonl`)), soon).toBe(true);
    const first = await serve(study);
    const { page, troubles } = await open(first.address);
    await expect.poll(() => measurements(page), soon).toBeGreaterThan(20);
    const early = await picture(page);
    const before = await measurements(page);
    await expect.poll(() => measurements(page), soon).toBeGreaterThan(before);
    await expect.poll(() => picture(page), soon).not.toBe(early);
    expect(await page.locator('#connection').textContent()).toBe('live');

    await kill(first.process);
    await expect.poll(() => page.locator('#connection').textContent(), soon).toContain('connection lost');
    const reached = await measurements(page);
    await serve(study, new URL(first.address).port);
    await expect.poll(() => page.locator('#connection').textContent(), soon).toBe('live');
    await expect.poll(() => measurements(page), soon).toBeGreaterThan(reached);

    training.process.kill('SIGINT');
    await once(training.process, 'close');
    const logged = readRun(study, run);
    await expect.poll(() => measurements(page), soon).toBe(logged.steps.length);
    const last = logged.steps.at(-1)!.toLocaleString('en');
    expect(await page.locator('#runs').textContent()).toContain(`step ${last} of 2,000,000`);
    expect(troubles).toEqual([]);
  });

  it('shows another metric and a linear axis where they are chosen, and keeps the metric in the address', async () => {
    const study = join(scratchFolder(), 'study');
    expect(rankscope('train', writeTinyStudy(), '--out', study, '--quiet').code).toBe(0);
    const { address } = await serve(study);
    const { page, troubles } = await open(address);
    await page.locator('.run canvas').first().waitFor();
    await page.locator('#metric').selectOption('rank_90');
    const label = () => page.locator('.run .chart').first().getAttribute('aria-label');
    await expect.poll(label, soon).toContain('Components for 90 % of variance (dimensions) of every layer');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    const before = await picture(page);
    await page.locator('#scale').selectOption('linear');
    await expect.poll(() => picture(page), soon).not.toBe(before);
    await page.reload();
    await expect.poll(label, soon).toContain('Components for 90 % of variance');
    await page.locator('#runs input').uncheck();
    await expect.poll(() => page.locator('.run').count(), soon).toBe(0);
    expect(troubles).toEqual([]);
  });

  it('shows what is inside a run when it is opened: spectra, weights, checkpoints', async () => {
    const study = join(scratchFolder(), 'study');
    const file = writeTinyStudy({ seeds: [0], weights: { every: 4 }, checkpoints: { at: [3, 11] } });
    expect(rankscope('train', file, '--out', study, '--quiet').code).toBe(0);
    const { page, troubles } = await open((await serve(study)).address);
    const inside = page.locator('.run .inside');
    await inside.locator('summary').click();
    const text = () => inside.textContent();
    await expect.poll(text, soon).toContain('2 checkpoints, at steps 3, 11.');
    const label = () => inside.locator('.chart').getAttribute('aria-label');
    await expect.poll(label, soon).toContain('Share of the largest of 2 parts');
    expect(await inside.locator('.key').textContent()).toContain('network.0');
    await inside.locator('select').selectOption('weights/stable_rank');
    await expect.poll(label, soon).toContain('weights: stable rank (dimensions) of 2 parts');
    await inside.locator('canvas').waitFor();
    expect(troubles).toEqual([]);
  });

  it('follows a run from the moment that it has a log and no measurement', async () => {
    const study = join(scratchFolder(), 'study');
    expect(rankscope('train', writeTinyStudy({ seeds: [0] }), '--out', study, '--quiet').code).toBe(0);
    const log = join(study, 'runs', `${run}.jsonl`);
    const lines = readFileSync(log, 'utf8').split('\n').slice(0, -2);
    writeFileSync(log, `${lines[0]}\n`);
    const { page, troubles } = await open((await serve(study)).address);
    const text = () => page.locator('#runs').textContent(soon);
    await expect.poll(text, soon).toContain('not measured yet');
    const steps = (known: readonly string[]) => known.filter((line) => 'step' in JSON.parse(line)).length;
    // A measurement is known when its step and its spectra are.
    const first = lines.slice(1, 3);
    expect(steps(first)).toBe(1);
    for (const [added, known] of [
      [first, first],
      [lines.slice(3), lines.slice(1)],
    ]) {
      appendFileSync(log, `${added.join('\n')}\n`);
      await expect.poll(() => measurements(page), soon).toBe(steps(known));
    }
    await page.locator('.run canvas').first().waitFor();
    expect(troubles).toEqual([]);
  });

  it('starts and stops the training where that is allowed, for the address with the token', async () => {
    const file = writeEndlessStudy();
    const study = join(scratchFolder(), 'study');
    expect(rankscope('submit', file, '--out', study, '--dry-run').code).toBe(0);
    const { process: server, address } = await serve(study, '0', '--allow-control');
    const { page, troubles } = await open(address);
    const state = page.locator('#training-state');
    await expect.poll(() => state.textContent(), soon).toBe('not training');
    await page.locator('#start').click();
    await expect.poll(() => state.textContent(), soon).toBe('training');
    await expect.poll(() => measurements(page), soon).toBeGreaterThan(5);
    expect(await state.textContent()).toBe('training');
    await page.locator('#stop').click();
    await expect.poll(() => state.textContent(), soon).toBe('not training');
    const logged = readRun(study, run).steps.length;
    expect(logged).toBeGreaterThan(5);
    // Started again it goes on, and leaves with the server.
    await page.locator('#start').click();
    await expect.poll(() => readRun(study, run).steps.length, soon).toBeGreaterThan(logged);
    server.kill('SIGINT');
    await once(server, 'close');
    expect(existsSync(join(study, 'claims', `${run}.json`))).toBe(false);
    expect(troubles).toEqual([]);
    const { page: without } = await open(
      (await serve(study, '0', '--allow-control')).address.replace(/#.*/, ''),
    );
    await without.locator('#connection').waitFor();
    expect(await without.locator('#training').isVisible()).toBe(false);
  });
});
