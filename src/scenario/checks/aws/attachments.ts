/**
 * The links that network interfaces are, read from the tree, so that names can be checked in a file that has other mistakes, too.
 */

import { attachmentLinks } from '../../aws-cabling.ts';
import { entriesAt, nodeAt, type Located, type Path } from '../../located.ts';

/** Both ends of the link of every network interface, by its name; none without `aws:`. */
export function attachmentsIn(tree: Located): ReadonlyMap<string, readonly [string, string]> {
  const devices = [...entriesAt(tree, ['devices']).keys()];
  const instances = Object.fromEntries(
    Array.from(entriesAt(tree, ['aws', 'instances']).keys(), (name) => {
      return [
        name,
        { 'network-interfaces': textsAt(tree, ['aws', 'instances', name, 'network-interfaces']) },
      ];
    }),
  );
  const links = attachmentLinks({ vpc: { cidr: '0.0.0.0/0', latency: 0 }, instances }, devices);
  return new Map(Object.entries(links).map(([name, { between }]) => [name, between]));
}

/** The text at a path, or null where there is none. */
export function textAt(tree: Located, path: Path): string | null {
  const node = nodeAt(tree, path);
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : null;
}

/** The items of a list; of one that is no text, nothing. */
function textsAt(tree: Located, path: Path): string[] {
  const node = nodeAt(tree, path);
  if (node?.kind !== 'list') return [];
  return node.items.map((item) => (item.kind === 'scalar' ? String(item.value) : ''));
}
