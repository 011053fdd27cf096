import { describe, expect, it } from 'vitest';
import * as hasim from '../../src/index.ts';
import { readFileSync } from 'node:fs';
import { PAIR } from '../helpers/scenario-text.ts';

describe('the library', () => {
  it('load, run, render: the three functions are one way', () => {
    const readText = (): string => '';
    const loaded = hasim.parseScenario(PAIR, { file: 'pair.yaml', readText });
    if (!loaded.ok) throw new Error(hasim.renderDiagnostics(loaded.diagnostics));
    const result = hasim.run(loaded.scenario, { file: 'pair.yaml', untilUs: 30_000_000 });
    expect(hasim.renderText(result)).toContain('Again: hasim run pair.yaml --seed 7');
    expect(JSON.parse(hasim.renderJson(result))).toMatchObject({ endedAtUs: 30_000_000 });
  });

  it('a run in slices: the same result', () => {
    const loaded = hasim.parseScenario(PAIR, { file: 'pair.yaml', readText: () => '' });
    if (!loaded.ok) throw new Error(hasim.renderDiagnostics(loaded.diagnostics));
    const sliced = hasim.startRun(loaded.scenario, { untilUs: 30_000_000 });
    while (sliced.advance(1_000) === 'paused');
    expect(hasim.renderJson(sliced.result())).toBe(
      hasim.renderJson(hasim.run(loaded.scenario, { untilUs: 30_000_000 })),
    );
  });

  it('its version: as in package.json', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(hasim.VERSION).toBe(manifest.version);
  });
});
