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
    // The longest takes half a minute on a busy machine: only what hangs is ended.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // A busy machine may keep a browser's next frame back for more than the second that is waited for otherwise.
    expect: { poll: { timeout: 15_000 } },
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
  },
});
