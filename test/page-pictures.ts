import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import type { Browser, Page } from 'playwright-core';

/** How a page is looked at. */
export interface Look {
  /** Of the window, CSS pixels. */
  readonly width: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly media?: 'screen' | 'print';
}

/** A quarter of the size is enough to see what stands where, and takes a tenth of the bytes. */
const SCALE = 0.25;
/** Side of the squares whose gray is compared, in CSS pixels: a line of text is two or three of them high. */
const CELL = 8;
/** Height of the stripes that are looked for in the other picture, and how far up and down: cells. */
const STRIPE = 16;
const REACH = 5;
/** Grays of 0 to 255 that hinting and antialiasing of another Chromium do not reach. */
const GRAY = 28;
/** Share of a stripe's cells that may differ by more. */
const SHARE = 0.04;

const face = readFileSync(
  createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSerifCondensed.ttf'),
).toString('base64');

/** A picture of a whole page, in the face that the program ships, whatever this machine has. PNG. */
export async function pictureOf(
  browser: Browser,
  address: string,
  { width, colorScheme = 'light', media = 'screen' }: Look,
  prepare: (page: Page) => Promise<unknown> = async () => {},
): Promise<Buffer> {
  const context = await browser.newContext({
    ...{ viewport: { width, height: 800 }, deviceScaleFactor: SCALE, colorScheme, bypassCSP: true },
  });
  try {
    const page = await context.newPage();
    await page.goto(address);
    await page.emulateMedia({ media, colorScheme });
    await page.addStyleTag({
      content: `@font-face { font-family: shipped; src: url(data:font/ttf;base64,${face}); } body { font-family: shipped; }`,
    });
    await prepare(page);
    // As text: it runs in the page, whose types the tests do not have.
    await page.evaluate(`(async () => {
      await document.fonts.ready;
      for (const image of document.images) image.loading = 'eager';
      const seen = [...document.images].filter((image) => image.getClientRects().length > 0);
      await Promise.all(seen.map((image) => image.decode()));
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    })()`);
    return await page.screenshot({ fullPage: true, animations: 'disabled' });
  } finally {
    await context.close();
  }
}

/**
 * What differs between two pictures of a page beyond how letters are drawn, one line for each stripe that is not found near its place in
 * the other; empty where they show the same.
 */
export async function differences(browser: Browser, kept: Buffer, seen: Buffer): Promise<string[]> {
  const page = await browser.newPage();
  try {
    const [a, b] = (await page.evaluate(
      `Promise.all(${JSON.stringify([kept, seen].map((png) => png.toString('base64')))}.map(${GRAYS}))`,
    )) as Grays[];
    if (a.columns !== b.columns) return [`is ${b.columns * CELL} pixels wide, was ${a.columns * CELL}`];
    const found: string[] = [];
    if (Math.abs(a.rows - b.rows) > Math.max(REACH, 0.02 * a.rows)) {
      found.push(`is ${b.rows * CELL} pixels high, was ${a.rows * CELL}`);
    }
    for (let top = 0; top < a.rows; top += STRIPE) {
      const offsets = Array.from({ length: 2 * REACH + 1 }, (_, i) => i - REACH);
      const share = Math.min(...offsets.map((offset) => shareApart(a, b, top, offset)));
      if (share > SHARE) found.push(`${Math.round(100 * share)} % differ ${top * CELL} pixels from the top`);
    }
    return found;
  } finally {
    await page.close();
  }
}

interface Grays {
  readonly columns: number;
  readonly rows: number;
  /** Row by row, 0 to 255. */
  readonly grays: readonly number[];
}

/** The mean gray of every cell of a PNG; in the browser, which can decode one. */
const GRAYS = `async (png) => {
  const image = await createImageBitmap(await (await fetch('data:image/png;base64,' + png)).blob());
  const size = ${CELL * SCALE};
  const [columns, rows] = [Math.floor(image.width / size), Math.floor(image.height / size)];
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const grays = [];
  for (let row = 0; row < rows; row++) {
    const { data } = context.getImageData(0, row * size, image.width, size);
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let y = 0; y < size; y++) {
        for (let x = column * size; x < (column + 1) * size; x++) {
          const at = 4 * (y * image.width + x);
          sum += 0.3 * data[at] + 0.59 * data[at + 1] + 0.11 * data[at + 2];
        }
      }
      grays.push(Math.round(sum / size ** 2));
    }
  }
  return { columns, rows, grays };
}`;

/** Share of a stripe's cells that are another gray in the other picture, so many cells lower. */
function shareApart(a: Grays, b: Grays, top: number, offset: number): number {
  const bottom = Math.min(a.rows, top + STRIPE);
  let apart = 0;
  for (let row = top; row < bottom; row++) {
    for (let column = 0; column < a.columns; column++) {
      const other = b.grays[(row + offset) * a.columns + column];
      // What lies beyond the page's ends is as good as another gray, but for the last stripe.
      if (other === undefined) apart += row + offset < 0 ? 1 : 0;
      else if (Math.abs(other - a.grays[row * a.columns + column]) > GRAY) apart++;
    }
  }
  return apart / ((bottom - top) * a.columns);
}

/**
 * Holds a picture against the one that is kept under its name; keeps it where there is none, or where RANKSCOPE_ACCEPT_PICTURES=1 says
 * so.
 *
 * @throws if it differs: with where, and with where the new one was written.
 */
export async function assertPicture(
  browser: Browser,
  folder: string,
  name: string,
  seen: Buffer,
): Promise<void> {
  const path = join(folder, `${name}.png`);
  mkdirSync(folder, { recursive: true });
  const isKept = existsSync(path);
  const found = isKept ? await differences(browser, readFileSync(path), seen) : [];
  if (isKept && found.length === 0) return;
  if (process.env.RANKSCOPE_ACCEPT_PICTURES === '1' || (!isKept && process.env.CI === undefined)) {
    writeFileSync(path, seen);
    return;
  }
  const rejected = join(folder, `${name}.new.png`);
  writeFileSync(rejected, seen);
  throw new Error(
    [
      isKept ? `The page "${name}" looks other than kept:` : `No picture of the page "${name}" is kept.`,
      ...found.map((line) => `  ${line}`),
      `Look at ${relative('.', rejected)} beside ${name}.png. If that is how it should be: RANKSCOPE_ACCEPT_PICTURES=1 and the same test again.`,
    ].join('\n'),
  );
}
