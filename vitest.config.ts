import { defineConfig } from 'vitest/config';
import { SkipReasonsReporter } from './test/skip-reasons-reporter.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Two workers: the suite is meant to finish on a two-core machine.
    maxWorkers: 2,
    // Files share what they import: loading the program anew for each of hundreds took a minute. None of them changes a module.
    isolate: false,
    reporters: ['default', new SkipReasonsReporter()],
    // For what hangs, not for what is slow: a busy machine takes ten times as long.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
