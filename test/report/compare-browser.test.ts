import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildReport } from '../../src/report/build-report.ts';
import { accessibilityFaults } from '../accessibility.ts';
import { chromiumHere, launchChromium } from '../chromium.ts';
import { describeWith } from '../requirements.ts';
import { exampleStudy } from './example-study.ts';

describeWith(chromiumHere, 'the chart of any runs, in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rankscope-compare-'));
  const address = pathToFileURL(join(folder, 'index.html')).href;
  let browser: Browser;
  let page: Page;
  const troubles: string[] = [];

  beforeAll(async () => {
    writeFileSync(join(folder, 'index.html'), (await buildReport(exampleStudy())).get('index.html')!);
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    page.on('console', (message) => troubles.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
    page.on('request', (request) => {
      const [asked] = request.url().split('#');
      if (asked !== address && !/^(data|blob|about):/.test(asked)) troubles.push(`request: ${asked}`);
    });
    await page.goto(address);
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const section = (): Locator => page.locator('#compare-runs');
  const says = (): Promise<string | null> => section().locator('.says').textContent();
  const choose = (name: string, value: string) => section().locator(`[name=${name}]`).selectOption(value);

  it('filters runs, compares two of them and changes metric, saying what it shows', async () => {
    await expect
      .poll(says)
      .toMatch(/^Stable rank \(dimensions\) of the last layer, 3 of 3 runs, .*: 3 lines\./);
    await section().locator('[name=search]').fill('digits');
    await expect
      .poll(() => section().locator('output').textContent())
      .toMatch(/^Shown 2 of 3 runs; 2 of 3 match/);
    await choose('layers', 'all');
    await choose('metric', 'rank_90');
    await expect.poll(says).toMatch(/^Components for 90 % .* of all layers, 2 of 3 runs, .*: 6 lines\./);
    expect(await section().locator('.legend li').allTextContents()).toEqual(['mlp_digits ', 'cnn_digits ']);
    await section().locator('summary', { hasText: 'Values as a table' }).click();
    expect(await section().locator('.values tbody tr').count()).toBe(6);
  });

  it('is read, enlarged and shown whole again by keys', async () => {
    await section().locator('.plot').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await section().locator('.tip').textContent()).toMatch(/^mlp_digits, network\.0step 5: \d/);
    expect(await section().locator('.reading').textContent()).toMatch(/^mlp_digits, network\.0, step 5: \d/);
    await page.keyboard.press('ArrowDown');
    expect(await section().locator('.tip').textContent()).toMatch(/^mlp_digits, network\.2step 5/);
    await page.keyboard.press('+');
    await expect.poll(() => page.evaluate('location.hash')).toMatch(/from=[\d.]+&to=\d/);
    await page.keyboard.press('0');
    await expect.poll(() => page.evaluate('location.hash')).not.toMatch(/from/);
  });

  it('is enlarged by dragging over it', async () => {
    const box = (await section().locator('.u-over').boundingBox())!;
    await page.mouse.move(box.x + 300, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + 600, box.y + 60, { steps: 3 });
    await page.mouse.up();
    await expect.poll(() => page.evaluate('location.hash')).toMatch(/from=[\d.]+&to=[\d.]+/);
  });

  it('gives what is shown as CSV, SVG and PNG', async () => {
    const saved = async (label: string): Promise<Buffer> => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        section().getByRole('button', { name: label }).click(),
      ]);
      return readFileSync(await download.path());
    };
    const [from, to] = ['from', 'to'].map((name) =>
      Number(new URLSearchParams(new URL(page.url()).hash).get(name)),
    );
    const run = exampleStudy().runs[0];
    const rows: Record<string, string>[] = parse(await saved('Save CSV'), { columns: true });
    const own = rows.filter((row) => row.run === 'mlp_digits' && row.layer === 'network.0');
    const shown = [...run.steps].flatMap((step, i) => (step >= from && step <= to ? [[step, i]] : []));
    const values = run.layers[0].series.get('rank_90')!.values;
    expect(own.map(({ step }) => Number(step))).toEqual(shown.map(([step]) => step));
    expect(own.map(({ value }) => Number(value))).toEqual(shown.map(([, i]) => values[i]));
    expect((await saved('Save SVG')).toString()).toMatch(/^<svg[\s\S]*Components for 90 %[\s\S]*<\/svg>\s*$/);
    expect((await saved('Save PNG')).subarray(1, 4).toString()).toBe('PNG');
  });

  it('shows the same at a copied link, which leads to its place too', async () => {
    const [hash, words] = [await page.evaluate<string>('location.hash'), await says()];
    await page.goto('about:blank');
    await page.goto(`${address}#run-1&${hash.slice(1)}`);
    await expect.poll(says).toBe(words);
    await page.locator('#run-1 .run-chart canvas').first().waitFor();
    expect(await page.locator('#run-1 .says').first().textContent()).toMatch(/^Components for 90 %/);
    // A link within the page leaves it as it is.
    await page.evaluate('document.querySelector(\'nav a[href="#runs"]\').click()');
    await expect.poll(() => page.evaluate('location.hash')).toBe(`#runs&${hash.slice(1)}`);
    expect(await says()).toBe(words);
  });

  it('keeps to a page of 420 pixels and to the rules of accessibility, light and dark, with every part open', async () => {
    await page.setViewportSize({ width: 420, height: 900 });
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    await page.locator('#run-2 .run-chart canvas').first().waitFor();
    const widths = await page.evaluate('[document.documentElement.scrollWidth, innerWidth]');
    expect(widths).toEqual([420, 420]);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(troubles).toEqual([]);
  });
});
