/**
 * Switches that are joined in a circle. What is sent to all would go round it for ever: the switches of the model flood, learn and age, and
 * hold a port back for as long as spanning tree would, but block none. Runs on the tree, like the links.
 */

import { nodeAt } from '../located.ts';
import { textAt } from './aws/attachments.ts';
import type { Reporter } from './report.ts';

/** Reports every link that closes a circle of switches. */
export function checkLoops(reporter: Reporter): void {
  const switches = new Set(reporter.given('switch'));
  const groups = new Map([...switches].map((name) => [name, new Set([name])]));
  for (const link of reporter.given('link')) {
    const path = ['network', 'links', link, 'between'];
    if (nodeAt(reporter.tree, path)?.kind !== 'list') continue;
    const [one = '', other = ''] = [0, 1].map((index) => textAt(reporter.tree, [...path, index]) ?? '');
    const [from, to] = [groups.get(one), groups.get(other)];
    if (from === undefined || to === undefined) continue;
    if (from === to) {
      const second = one === other ? `both ends at ${one}` : `a second way between ${one} and ${other}`;
      const hint = 'Leave out the link that spanning tree would block: the switches of the model block none.';
      reporter.at(path, `expected switches joined without a circle, got ${second}`, hint);
      continue;
    }
    for (const name of to) groups.set(name, from.add(name));
  }
}
