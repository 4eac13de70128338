import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildReport } from '../../src/report/build-report.ts';
import { chromiumHere, launchChromium } from '../chromium.ts';
import { assertPicture, differences, type Look, pictureOf } from '../page-pictures.ts';
import { describeWith, itWith, patience } from '../requirements.ts';
import { exampleStudy } from './example-study.ts';
import { exampleInside } from './inside/example-inside.ts';

const kept = fileURLToPath(new URL('pictures', import.meta.url));

const looks: Readonly<Record<string, Look>> = {
  light: { width: 1200 },
  dark: { width: 1200, colorScheme: 'dark' },
  phone: { width: 390 },
  paper: { width: 794, media: 'print' },
};

describeWith(chromiumHere, 'the report’s page to the eye', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rankscope-pictures-'));
  const address = pathToFileURL(join(folder, 'index.html')).href;
  let browser: Browser;

  beforeAll(async () => {
    const study = { ...exampleStudy(), inside: [exampleInside([0, 90])] };
    writeFileSync(join(folder, 'index.html'), (await buildReport(study)).get('index.html')!);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Every fold open, the first run too. */
  const open = (page: Page) =>
    page.evaluate(`(async () => {
      for (const fold of document.querySelectorAll('details:not(.run), #run-0')) fold.open = true;
      for (let i = 0; i < 100 && document.querySelector('#run-0 canvas') === null; i++) await new Promise((on) => setTimeout(on, 50));
    })()`);
  const broken = (styles: string) => async (page: Page) => {
    await open(page);
    await page.addStyleTag({ content: styles });
  };

  it.each(Object.keys(looks))(
    'looks as it was found good: %s',
    async (name) => {
      await assertPicture(browser, kept, name, await pictureOf(browser, address, looks[name], open));
    },
    60_000,
  );

  itWith(
    patience,
    'is looked at so that a missing section, a moved block and ink that cannot be read are seen, somewhat paler ink not',
    async () => {
      const good = await pictureOf(browser, address, looks.dark, open);
      const against = async (styles: string) =>
        differences(browser, good, await pictureOf(browser, address, looks.dark, broken(styles)));
      expect(await against('section:has(#findings) { display: none }')).not.toEqual([]);
      expect(await against('#dashboard ~ .panels { margin-left: 60px }')).not.toEqual([]);
      expect(await against('body { --ink: #2a2b2e }')).not.toEqual([]);
      expect(await against('figure img { filter: invert(1) }')).not.toEqual([]);
      expect(await against('body { --ink: #d8d8d6 }')).toEqual([]);
    },
    120_000,
  );
});
