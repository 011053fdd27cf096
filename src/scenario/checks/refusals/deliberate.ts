/**
 * Refusals of PAN-OS, and `deliberate:`, which lifts those of the rules that it lists: the value is then simulated as given.
 * A rule that is listed and that nothing goes against is a mistake as well: whoever listed it believes otherwise.
 */

import { nodeAt, type Path } from '../../located.ts';
import type { Device } from '../../schema/device.ts';
import { origin } from '../../schema/pan-os.ts';
import { scenarioSchema, type Scenario } from '../../schema/scenario.ts';
import type { Reporter } from '../report.ts';
import { CLOUD } from './cloud.ts';
import { MODE } from './mode.ts';
import { PEERS } from './peers.ts';
import { PORTS } from './ports.ts';
import { rangeBreaches } from './ranges.ts';
import type { Refusal } from './refusal.ts';

/** Everything that PAN-OS refuses, but for the ranges, which stand in the schema. */
export const REFUSALS: readonly Refusal[] = [...CLOUD, ...MODE, ...PORTS, ...PEERS];

/** Something in the scenario that PAN-OS refuses. */
interface Finding {
  readonly rule: string;
  readonly path: Path;
  readonly part: 'key' | 'value';
  readonly message: string;
}

/**
 * Reports what PAN-OS refuses and is not deliberate.
 *
 * @param scenario null when the schema refused it; then only the ranges are checked
 */
export function checkRefusals(reporter: Reporter, scenario: Scenario | null): void {
  const listed = listedRules(reporter);
  const findings = [...outOfRange(reporter), ...(scenario === null ? [] : refused(reporter, scenario))];
  for (const { rule, path, part, message } of findings) {
    if (listed.includes(rule)) continue;
    const hint = `List ${rule} under deliberate: to simulate it all the same.`;
    if (part === 'key') reporter.atKey(path, message, hint);
    else reporter.at(path, message, hint);
  }
  if (scenario === null) return;
  for (const [index, rule] of listed.entries()) {
    if (findings.some((finding) => finding.rule === rule)) continue;
    const message = `expected a rule that this scenario goes against, got ${String(rule)}`;
    reporter.at(['deliberate', index], message, `Nothing here goes against ${String(rule)}.`);
  }
}

function listedRules({ tree }: Reporter): readonly unknown[] {
  const list = nodeAt(tree, ['deliberate']);
  return list?.kind === 'list' ? list.items.map((item) => (item.kind === 'scalar' ? item.value : null)) : [];
}

function outOfRange({ tree }: Reporter): Finding[] {
  return Array.from(rangeBreaches(scenarioSchema, tree), ({ range, path, message }) => {
    return { rule: range.rule, path, part: 'value', message: `${message} (${origin(range)})` };
  });
}

function refused({ tree }: Reporter, { devices, start }: Scenario): Finding[] {
  const entries = Object.entries(devices);
  return entries.flatMap(([name, device], index) => {
    const peer: Device | null = entries[1 - index]?.[1] ?? null;
    const given = (path: Path): boolean => nodeAt(tree, ['devices', name, ...path]) !== undefined;
    return REFUSALS.flatMap((refusal): Finding[] => {
      const { rule, at, part = 'value', breach } = refusal;
      const found = breach(device, { peer, second: index === 1, start, given });
      if (found === null) return [];
      const [expected, got] = found;
      const message = `expected ${expected}, got ${got} (${origin(refusal)})`;
      return [{ rule, path: ['devices', name, ...at], part, message }];
    });
  });
}
