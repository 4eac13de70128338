import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Two workers: the suite is meant to finish on a two-core machine.
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
