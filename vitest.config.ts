import { defineConfig } from 'vitest/config';

// CI counts the tests from a report beside the one that people read.
const report = process.env['HASIM_TEST_REPORT'];

export default defineConfig({
  test: {
    // A conformance test without an assertion would hold its rule whatever happens.
    projects: [
      {
        extends: true,
        test: {
          name: 'conformance',
          include: ['test/conformance/**/*.test.ts'],
          expect: { requireAssertions: true },
        },
      },
      {
        extends: true,
        test: { name: 'hasim', include: ['test/**/*.test.ts'], exclude: ['test/conformance/**'] },
      },
    ],
    globalSetup: ['test/helpers/build.ts'],
    setupFiles: ['test/helpers/property-seed.ts'],
    testTimeout: 60_000,
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
  },
});
