/**
 * `npm run conformance`: runs the conformance tests, prints every rule with its verdict and its source, and writes
 * `docs/conformance.md`. Exit code 1 when a rule fails or a test cannot be run.
 */

import { writeFileSync } from 'node:fs';
import { startVitest } from 'vitest/node';
import { findings, PAGE, readSources } from '../helpers/conformance.ts';
import { renderMarkdown, renderTable } from '../helpers/conformance-report.ts';

const vitest = await startVitest('test', ['test/conformance/'], { watch: false, reporters: ['dot'] });
const failing = new Set<string>();
let broken = 0;
for (const file of vitest.state.getTestModules()) {
  if (file.state() === 'failed') broken += 1;
  for (const test of file.children.allTests()) {
    if (test.result().state === 'failed') failing.add(test.name.slice(0, 'R-000'.length));
  }
}
await vitest.close();

const found = findings(failing);
writeFileSync(PAGE, renderMarkdown(found, readSources()));
process.stdout.write(`\n${renderTable(found).join('\n')}\n`);
process.exitCode = failing.size > 0 || broken > 0 ? 1 : 0;
