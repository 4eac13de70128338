import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { type Requirement, toolsDemanded } from './requirements.ts';

const executablePath = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
  .filter((path) => path !== undefined)
  .find((path) => existsSync(path));

/** A browser that is installed: none is fetched. */
export const chromiumHere: Requirement = {
  missing: executablePath === undefined ? 'no Chromium was found; CHROMIUM_PATH names one' : null,
  demanded: toolsDemanded,
};

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
