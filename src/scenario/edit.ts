/**
 * Changes the tree of a scenario, which is then checked and resolved as any other: a change that makes no sense is refused in the
 * words of a scenario file, and everything that is derived from the changed place is derived anew. What lint repairs, what `--set`
 * and `--vary` change and what `shrink` takes away are edits.
 */

import type { Located, LocatedEntry, LocatedMap, Path } from './located.ts';
import { withKey, withoutKey } from './merge.ts';
import type { Span } from './source.ts';

/** One change of a tree: a value set, an item added to a list, or a key or an item removed. */
export type Edit =
  | {
      readonly path: Path;
      readonly set: unknown;
      /** Where it is written, if not there. */ readonly span?: Span;
    }
  | { readonly path: Path; readonly add: unknown }
  | { readonly path: Path; readonly remove: true };

/** A tree with all changes, one after the other; the given one stays as it is. */
export function edited(tree: LocatedMap, edits: readonly Edit[]): LocatedMap {
  return edits.reduce((whole, edit) => {
    const result = change(whole, edit.path, edit, whole.span);
    return result?.kind === 'map' ? result : whole;
  }, tree);
}

/** @returns undefined when nothing is left */
function change(node: Located | undefined, path: Path, edit: Edit, span: Span): Located | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return atPlace(node, edit, span);
  if (node?.kind === 'list') {
    const items = node.items.flatMap((item, index) =>
      index === step ? (change(item, rest, edit, item.span) ?? []) : [item],
    );
    return { ...node, items };
  }
  const map: LocatedMap = node?.kind === 'map' ? node : { kind: 'map', span, entries: new Map() };
  const name = String(step);
  const before = map.entries.get(name);
  if (before === undefined && 'remove' in edit) return node;
  const value = change(before?.value, rest, edit, before?.value.span ?? span);
  if (value === undefined) return withoutKey(map, name);
  const entry: LocatedEntry = { key: before?.key ?? span, value };
  return withKey(map, name, entry);
}

function atPlace(node: Located | undefined, edit: Edit, span: Span): Located | undefined {
  if ('remove' in edit) return undefined;
  if ('set' in edit) return locate(edit.set, edit.span ?? span);
  const items = node?.kind === 'list' ? node.items : [];
  return { kind: 'list', span: node?.span ?? span, items: [...items, locate(edit.add, span)] };
}

/** A plain value as if it stood at a place. */
function locate(value: unknown, span: Span): Located {
  if (Array.isArray(value)) return { kind: 'list', span, items: value.map((item) => locate(item, span)) };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, item]): [string, LocatedEntry] => {
      return [name, { key: span, value: locate(item, span) }];
    });
    return { kind: 'map', span, entries: new Map(entries) };
  }
  return { kind: 'scalar', span, value: value as string | number | boolean | null };
}
