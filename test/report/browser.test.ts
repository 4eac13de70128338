import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildReport } from '../../src/report/build-report.ts';
import { chromiumHere, launchChromium } from '../chromium.ts';
import { describeWith } from '../requirements.ts';
import { exampleStudy } from './example-study.ts';
import { exampleInside } from './inside/example-inside.ts';

describeWith(chromiumHere, 'the page in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rankscope-report-'));
  const address = pathToFileURL(join(folder, 'index.html')).href;
  let browser: Browser;

  beforeAll(async () => {
    writeFileSync(join(folder, 'index.html'), (await buildReport(exampleStudy())).get('index.html')!);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens the page and keeps account of everything that should not happen. */
  async function open(
    options: { readonly javaScriptEnabled?: boolean; readonly colorScheme?: 'dark' } = {},
  ): Promise<{ page: Page; troubles: string[] }> {
    const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on('console', (message) => {
      if (message.type() !== 'log') troubles.push(`console ${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => troubles.push(`dialog: ${dialog.message()}`));
    page.on('request', (request) => {
      if (request.url() !== address && !/^(data|blob):/.test(request.url()))
        troubles.push(`request: ${request.url()}`);
    });
    await page.goto(address);
    return { page, troubles };
  }

  /** Opens a run as a reader does; gives its chart. */
  async function openRun(page: Page, run: number): Promise<Locator> {
    await page.locator(`#run-${run} > summary`).click();
    return page.locator(`#run-${run} .run-chart`);
  }

  it('opens from disk, draws a chart and shows exact values, without an error or a request', async () => {
    const { page, troubles } = await open();
    const chart = await openRun(page, 0);
    await chart
      .locator('.u-over')
      .first()
      .hover({ position: { x: 400, y: 60 } });
    await expect.poll(() => chart.locator('.tip:visible').textContent()).toMatch(/^network\.\dstep \d+: \d/);
    expect(await page.locator('meta[http-equiv]').getAttribute('content')).not.toContain('eval');
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('moves through checkpoints with a slider', async () => {
    const inside = { ...exampleStudy(), inside: [exampleInside([0, 10, 90])] };
    const page = await browser.newPage();
    await page.setContent((await buildReport(inside)).get('index.html') as string);
    await page.locator('summary', { hasText: 'mlp_digits' }).first().click();
    const frames = page.locator('.frames').first();
    const shown = () => frames.locator('.frame:not([hidden])').getAttribute('data-step');
    expect(await shown()).toBe('90');
    await frames.locator('input').fill('1');
    expect(await shown()).toBe('10');
    expect(await frames.locator('output').textContent()).toBe('step 10');
    await page.close();
  });

  it('draws another metric when it is chosen', async () => {
    const { page, troubles } = await open();
    const chart = await openRun(page, 0);
    const says = () => chart.locator('.says').first().textContent();
    expect(await says()).toMatch(/^Stable rank \(dimensions\) of every layer, run mlp_digits/);
    await chart.locator('[name=metric]').selectOption('rank_90');
    await expect.poll(says).toMatch(/^Components for 90 % of variance/);
    // The table of layers shows the same.
    const row = page.locator('#run-0 tr[data-layer="0"]');
    expect(await page.locator('#run-0 .metric-name').textContent()).toMatch(/^Components for 90 %/);
    expect(Number(await row.locator('.first').textContent()) % 1).toBe(0);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('runs nothing that a name says', async () => {
    const { page, troubles } = await open();
    for (const run of [0, 1, 2]) await (await openRun(page, run)).locator('canvas').first().waitFor();
    expect(await page.title()).toMatch(/^A small study <\/title>/);
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('sorts and filters the runs from the keyboard', async () => {
    const { page } = await open();
    const names = (): Promise<string[]> =>
      page.locator('#run-table tbody tr:visible td:nth-child(9)').allTextContents();
    await page.locator('#run-table thead button', { hasText: 'Accuracy' }).focus();
    await page.keyboard.press('Enter');
    expect(await names()).toEqual(['50.0 %', '90.0 %', '97.0 %']);
    await page.keyboard.press('Enter');
    expect(await names()).toEqual(['97.0 %', '90.0 %', '50.0 %']);
    expect(await page.locator('#run-table th[aria-sort=descending]').textContent()).toContain('Accuracy');
    await page.locator('#run-filters [name=family]').selectOption('cnn');
    expect(await names()).toEqual(['97.0 %']);
    expect(await page.locator('#run-count').textContent()).toBe('1 of 3 runs shown');
    await page.context().close();
  });

  it('shows tables and figures without JavaScript', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    expect(await page.locator('#run-table tbody tr').count()).toBe(3);
    expect(await page.locator('#evidence-lead img').isVisible()).toBe(true);
    expect(await page.locator('#run-filters').isVisible()).toBe(false);
    expect(await page.locator('noscript').allTextContents()).toEqual([
      expect.stringContaining('figures/'),
      expect.stringContaining('figures/'),
    ]);
    await page.context().close();
  });

  it('opens the run that a link leads to, and no other', async () => {
    const { page, troubles } = await open();
    await page.locator('#run-table tbody a').nth(1).click();
    await page.locator('#run-1 .run-chart canvas').first().waitFor();
    expect(await page.locator('details.run[open]').count()).toBe(1);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('filters the runs below with the table', async () => {
    const { page } = await open();
    await page.locator('#run-filters [name=family]').selectOption('cnn');
    expect(await page.locator('details.run:visible').count()).toBe(1);
    await page.context().close();
  });

  it('draws its figures for a dark page too', async () => {
    const { page } = await open({ colorScheme: 'dark' });
    // As text: it runs in the page, whose types the tests do not have.
    const corner = await page.evaluate(`(async () => {
      const context = Object.assign(document.createElement('canvas'), { width: 4, height: 4 }).getContext('2d');
      const image = document.querySelector('#evidence-lead img');
      // Before that nothing is drawn.
      await image.decode();
      context.drawImage(image, 0, 0, 800, 400);
      return [...context.getImageData(1, 1, 1, 1).data].join(' ');
    })()`);
    expect(corner).toBe('23 24 26 255');
    await page.context().close();
  });

  it('prints the still figures in place of the charts', async () => {
    const { page } = await open();
    const chart = await openRun(page, 0);
    await chart.locator('canvas').first().waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#run-0 figure img').first().isVisible()).toBe(true);
    expect(await chart.locator('canvas').first().isVisible()).toBe(false);
    await page.context().close();
  });
});
