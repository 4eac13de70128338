import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chromiumHere, launchChromium } from '../chromium.ts';
import { describeWith, itWith } from '../requirements.ts';

const root = resolve(import.meta.dirname, '../..');
const asked = {
  missing:
    process.env.RANKSCOPE_TEST_PACKAGE === '1'
      ? null
      : 'building the pages takes half a minute, RANKSCOPE_TEST_PACKAGE=1 asks for it',
  demanded: false,
};

describeWith(asked, "the documentation's pages", () => {
  const folder = mkdtempSync(join(tmpdir(), 'rankscope-site-'));
  const page = (path: string): string => pathToFileURL(join(folder, path)).href;
  beforeAll(() => {
    const build = join(root, 'packaging/build-site.mjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [build, folder], {
      cwd: root,
      encoding: 'utf8',
    });
    // A link that leads nowhere is among the reasons why it may fail.
    expect(status, stdout + stderr).toBe(0);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are one for every file of docs/, under its name', () => {
    const named = (inFolder: string, ending: string): string[] =>
      readdirSync(inFolder)
        .filter((file) => file.endsWith(ending))
        .map((file) => file.slice(0, -ending.length));
    expect(named(join(folder, 'documents'), '.html')).toEqual(named(join(root, 'docs'), '.md'));
  });

  itWith(chromiumHere, 'open from the disk, on a phone too, ask for nothing, and are searched', async () => {
    const browser = await launchChromium();
    try {
      const phone = await browser.newPage({ viewport: { width: 420, height: 800 } });
      const asking: string[] = [];
      phone.on('request', (request) => {
        if (!/^(file|data|blob):/.test(request.url())) asking.push(request.url());
      });
      const faults: string[] = [];
      phone.on('pageerror', ({ message }) => faults.push(message));
      for (const path of ['index.html', 'documents/stretches.html', 'functions/rankscope.linearCka.html']) {
        await phone.goto(page(path));
        const widths = await phone.evaluate<[number, number]>('[document.body.scrollWidth, innerWidth]');
        expect(widths[0], path).toBeLessThanOrEqual(widths[1]);
      }
      await phone.locator('#tsd-search-trigger').click();
      await phone.locator('#tsd-search-input').fill('linearCka');
      await phone.locator('#tsd-search-results a', { hasText: 'linearCka' }).first().click();
      await phone.waitForURL(/linearCka/);
      expect(await phone.locator('h1').first().textContent()).toContain('linearCka');
      expect([asking, faults]).toEqual([[], []]);
    } finally {
      await browser.close();
    }
  });
});
