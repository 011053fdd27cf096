/**
 * `npm run golden`: runs every scenario, prints what has moved against the golden file and by how much, and writes the file
 * anew. Nothing else ever writes it.
 */

import { writeFileSync } from 'node:fs';
import { run } from '../../src/run/run.ts';
import { libraryScenario, scenarioNames } from '../helpers/library.ts';
import { accountOf, differences, GOLDEN_FILE, readGolden, type Account } from './golden.ts';

const before = readGolden();
const after: Record<string, Account> = {};
let moved = 0;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

for (const name of scenarioNames()) {
  const result = run(libraryScenario(name), { traceLevel: 'full' });
  const account = accountOf(result);
  after[name] = account;
  for (const { passed, name: expectation, measured } of result.verdicts) {
    if (!passed) say(`${name}: expectation not met: ${expectation}; measured ${measured}`);
  }
  const golden = before[name];
  const lines = golden === undefined ? ['new'] : differences(golden, account);
  if (lines.length === 0) continue;
  moved += 1;
  say([name, ...lines].join('\n  '));
}
for (const name of Object.keys(before)) {
  if (after[name] === undefined) say(`${name}\n  gone`);
}

writeFileSync(GOLDEN_FILE, `${JSON.stringify(after, null, 2)}\n`);
say(`${Object.keys(after).length} scenarios, ${moved} moved`);
