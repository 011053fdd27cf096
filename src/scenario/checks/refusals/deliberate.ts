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
import { PLACEMENT } from './placement.ts';
import type { Refusal } from './refusal.ts';

/** Everything that PAN-OS refuses, but for the ranges, which stand in the schema. */
export const REFUSALS: readonly Refusal[] = [...CLOUD, ...MODE, ...PORTS, ...PEERS];

/** Something in the scenario that PAN-OS refuses. */
interface Finding {
  /** Any of them, listed under `deliberate:`, lifts it. */
  readonly rules: readonly string[];
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
  for (const { rules, path, part, message } of findings) {
    if (rules.some((rule) => listed.includes(rule))) continue;
    const hint = `List ${rules[0]} under deliberate: to simulate it all the same.`;
    if (part === 'key') reporter.atKey(path, message, hint);
    else reporter.at(path, message, hint);
  }
  if (scenario === null) return;
  for (const [index, rule] of listed.entries()) {
    if (isOfLint(rule) || findings.some(({ rules }) => rules.some((one) => one === rule))) continue;
    const message = `expected a rule that this scenario goes against, got ${String(rule)}`;
    reporter.at(['deliberate', index], message, `Nothing here goes against ${String(rule)}.`);
  }
}

/** Rules of `hasim lint`, which tells by itself of those that find nothing. */
function isOfLint(rule: unknown): boolean {
  return typeof rule === 'string' && /^[XH]/.test(rule);
}

function listedRules({ tree }: Reporter): readonly unknown[] {
  const list = nodeAt(tree, ['deliberate']);
  return list?.kind === 'list' ? list.items.map((item) => (item.kind === 'scalar' ? item.value : null)) : [];
}

function outOfRange({ tree }: Reporter): Finding[] {
  return Array.from(rangeBreaches(scenarioSchema, tree), ({ range, path, message }) => {
    return { rules: [range.rule], path, part: 'value', message: `${message} (${origin(range)})` };
  });
}

function refused(reporter: Reporter, scenario: Scenario): Finding[] {
  return [...refusedOfDevices(reporter, scenario), ...refusedOfVpc(scenario)];
}

function refusedOfVpc(scenario: Scenario): Finding[] {
  return PLACEMENT.flatMap((refusal) =>
    refusal.breaches(scenario).map(({ path, expected, got }): Finding => {
      const message = `expected ${expected}, got ${got} (${origin(refusal)})`;
      return { rules: [refusal.rule], path, part: 'value', message };
    }),
  );
}

function refusedOfDevices({ tree }: Reporter, { devices, start, unpublished }: Scenario): Finding[] {
  const entries = Object.entries(devices);
  return entries.flatMap(([name, device], index) => {
    const peer: Device | null = entries[1 - index]?.[1] ?? null;
    const given = (path: Path): boolean => nodeAt(tree, ['devices', name, ...path]) !== undefined;
    return REFUSALS.flatMap((refusal): Finding[] => {
      const { rule, onAws, sources, at, part = 'value', breach } = refusal;
      const rules = onAws === undefined ? [rule] : [rule, onAws];
      const found = breach(device, { peer, second: index === 1, start, unpublished, given });
      if (found === null) return [];
      const [expected, got] = found;
      const cited = origin({ rule: rules.join(', '), sources });
      const message = `expected ${expected}, got ${got} (${cited})`;
      return [{ rules, path: ['devices', name, ...at], part, message }];
    });
  });
}
