// How fast a report's page is in a browser: first paint, until its chart can be used, a change of metric, moving over ten runs.
//
//   npm run build && node bench/report-page.mjs <report>/index.html [--throttle 4] [--repeats 5]
//
// Needs an installed Chromium (CHROMIUM_PATH names one). Times are medians, in milliseconds; without a graphics card the canvas is drawn by
// the processor, so that frames of moving are slower here than where there is one.
import { existsSync, statSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { throttle: { type: 'string', default: '1' }, repeats: { type: 'string', default: '5' } },
});
const file = resolve(positionals[0] ?? 'report/index.html');
const address = pathToFileURL(file).href;
const executablePath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome']
  .filter((path) => path !== undefined)
  .find((path) => existsSync(path));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });

/** Notes when the chart first says what it shows. */
const watch = `addEventListener('DOMContentLoaded', () => {
  const look = () => {
    if (document.querySelector('#compare-runs .says')?.textContent) window.usable = performance.now();
    else requestAnimationFrame(look);
  };
  look();
});`;

async function open(fragment = '') {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: Number(options.throttle) });
  await page.addInitScript(watch);
  await page.goto(address + fragment, { timeout: 120_000 });
  // The page's policy forbids what waitForFunction does there.
  while (!(await page.evaluate('window.usable !== undefined'))) await page.waitForTimeout(50);
  return page;
}

const rows = { 'first paint': [], usable: [], 'change of metric': [], 'choice of all runs': [] };
for (let repeat = 0; repeat < Number(options.repeats); repeat++) {
  const page = await open();
  const [paint, usable] = await page.evaluate(
    "[performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN, window.usable]",
  );
  rows['first paint'].push(paint);
  rows.usable.push(usable);
  rows['change of metric'].push(await page.evaluate(changed('[name=metric]', 'select.options[1].value')));
  rows['choice of all runs'].push(await page.evaluate(pressed('Show all of these')));
  await page.context().close();
}

// Ten runs, all layers, a fifth of the axis: moved by the wheel once a frame.
const page = await open('#layers=all&color=layer');
await page.evaluate(`(async () => {
  const boxes = [...document.querySelectorAll('#compare-runs .checks input')].slice(10);
  for (const box of boxes) box.checked = false;
  boxes[0]?.dispatchEvent(new Event('change', { bubbles: true }));
})()`);
await page.waitForTimeout(1500);
const moving = {};
for (const share of [1, 0.5, 0.25]) {
  if (share < 1) await page.evaluate(pressed('Zoom in'));
  await page.waitForTimeout(500);
  const before = await processorTime();
  const times = await page.evaluate(moved(120));
  moving[share] = { ...times, processor: ((await processorTime()) - before) / times.frames.length };
}
const says = await page.evaluate("document.querySelector('#compare-runs .says').textContent");
await browser.close();

console.log(
  `${(statSync(file).size / 1e6).toFixed(2)} MB, processor slowed down ${options.throttle} times; ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`,
);
for (const [name, times] of Object.entries(rows)) {
  console.log(`${name.padEnd(20)} ${median(times).toFixed(0).padStart(7)} ms`);
}
console.log(says.split(':')[0]);
for (const [share, { drawing, frames, processor }] of Object.entries(moving)) {
  console.log(
    `moving, ${(100 * share).toFixed(0)} % of the axis: ${median(drawing).toFixed(1)} ms to draw (${quantile(drawing, 0.95).toFixed(1)} of 19 in 20), ${(1000 / mean(frames)).toFixed(0)} frames a second, ${(100 * (frames.filter((one) => one < 20).length / frames.length)).toFixed(0)} % of them within 20 ms; processor ${processor.toFixed(1)} ms a frame, all of the browser's processes`,
  );
}

/** Of all processes of the browser until now, in milliseconds: what else the machine does is not in it. */
async function processorTime() {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return 1000 * processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

/** Sets a choice, and waits until the chart says something else and that is painted. */
function changed(selector, value) {
  return waiting(`const select = document.querySelector('#compare-runs ${selector}');
    select.value = ${value};
    select.dispatchEvent(new Event('change', { bubbles: true }));`);
}

function pressed(label) {
  return waiting(
    `[...document.querySelectorAll('#compare-runs button')].find(({ textContent }) => textContent === '${label}').click();`,
  );
}

function waiting(act) {
  return `new Promise((resolve) => {
    const says = () => document.querySelector('#compare-runs .says').textContent;
    const before = says();
    const start = performance.now();
    ${act}
    const look = () => {
      if (says() !== before) requestAnimationFrame(() => resolve(performance.now() - start));
      else if (performance.now() - start > 60000) resolve(NaN);
      else setTimeout(look);
    };
    look();
  })`;
}

function moved(count) {
  return `new Promise((resolve) => {
    const over = document.querySelector('#compare-runs .u-over');
    const [drawing, frames] = [[], []];
    let last = null;
    const frame = async (now) => {
      if (last !== null) frames.push(now - last);
      last = now;
      if (frames.length === ${count}) return resolve({ drawing, frames });
      const start = performance.now();
      over.dispatchEvent(new WheelEvent('wheel', { deltaX: frames.length < ${count} / 2 ? 4 : -4, cancelable: true }));
      // The frame draws in a microtask.
      await null;
      await null;
      drawing.push(performance.now() - start);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  })`;
}

function median(values) {
  return quantile(values, 0.5);
}

function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
