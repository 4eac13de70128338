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
    return page.locator(`#run-${run} .explorer`);
  }

  it('opens from disk, draws a chart and shows exact values, without an error or a request', async () => {
    const { page, troubles } = await open();
    const explorer = await openRun(page, 0);
    await page.locator('.explorer.drawn').first().waitFor();
    await explorer.locator('canvas').hover({ position: { x: 400, y: 30 } });
    await page.locator('#vg-tooltip-element.visible').waitFor();
    expect(await page.locator('#vg-tooltip-element').textContent()).toMatch(
      /Layer\s*network\.\d\s*Training step\s*\d+\s*Value\s*\d/,
    );
    expect(await explorer.locator('.static').isVisible()).toBe(false);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('draws another metric when it is chosen', async () => {
    const { page, troubles } = await open();
    const explorer = await openRun(page, 0);
    await explorer.locator('canvas').waitFor();
    const before = await explorer
      .locator('canvas')
      .evaluate((canvas) => (canvas as unknown as { toDataURL(): string }).toDataURL());
    await explorer.locator('[name=metric]').selectOption('rank_90');
    await expect
      .poll(() =>
        explorer
          .locator('canvas')
          .evaluate((canvas) => (canvas as unknown as { toDataURL(): string }).toDataURL()),
      )
      .not.toBe(before);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('runs nothing that a name says', async () => {
    const { page, troubles } = await open();
    for (const run of [0, 1, 2]) await (await openRun(page, run)).locator('canvas').waitFor();
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
    expect(await page.locator('noscript').textContent()).toContain('figures/');
    await page.context().close();
  });

  it('opens the run that a link leads to, and no other', async () => {
    const { page, troubles } = await open();
    await page.locator('#run-table tbody a').nth(1).click();
    await page.locator('#run-1 .explorer.drawn').waitFor();
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
    const corner = await page.evaluate(`(() => {
      const context = Object.assign(document.createElement('canvas'), { width: 4, height: 4 }).getContext('2d');
      context.drawImage(document.querySelector('#evidence-lead img'), 0, 0, 800, 400);
      return [...context.getImageData(1, 1, 1, 1).data].join(' ');
    })()`);
    expect(corner).toBe('23 24 26 255');
    await page.context().close();
  });

  it('prints the still figures in place of the charts', async () => {
    const { page } = await open();
    const explorer = await openRun(page, 0);
    await explorer.locator('canvas').waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await explorer.locator('.static img').isVisible()).toBe(true);
    expect(await explorer.locator('canvas').isVisible()).toBe(false);
    await page.context().close();
  });
});
