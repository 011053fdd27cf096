// Runs one scenario once in this fresh process with the built library, and prints how long the run alone took.
import { readFileSync } from 'node:fs';
import { loadScenario, run } from '../dist/index.js';

const loaded = loadScenario(process.argv[2], (file) => readFileSync(file, 'utf8'));
if (!loaded.ok) throw new Error('the scenario has mistakes');
const start = process.hrtime.bigint();
const result = run(loaded.scenario);
const ms = Number(process.hrtime.bigint() - start) / 1e6;
console.log(JSON.stringify({ ms, events: result.events, digest: result.digests.protocol }));
