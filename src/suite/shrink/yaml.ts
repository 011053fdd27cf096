/** A scenario as YAML, laid out as our own: blocks, with short mappings and lists on one line. */

import { Document, isCollection, isMap, isNode, isPair, parse, type Node } from 'yaml';
import type { PlainMap } from './plain.ts';

/** Columns of a line that is not broken. */
const WIDTH = 106;
/** Mappings and lists within each other on one line: so many in an entry of a list (`- { at: 9s, that: { role: { a: active } } }`). */
const DEEPEST_ITEM = 4;
const DEEPEST_VALUE = 2;

/**
 * @param head lines of the comment that it opens with, without `#`
 * @returns the text of a scenario file
 */
export function writeScenario(tree: PlainMap, head: readonly string[] = []): string {
  const document = new Document(tree, { aliasDuplicateObjects: false });
  const { contents } = document;
  if (isMap(contents)) {
    for (const [index, { key, value }] of contents.items.entries()) {
      layOut(value as Node | null, 2, DEEPEST_VALUE);
      if (index > 0 && isCollection(value) && isNode(key)) key.spaceBefore = true;
    }
  }
  const comment = head.map((line) => `# ${line}`.trimEnd());
  return `${[...comment, tidied(document.toString({ lineWidth: 0 }), tree).trimEnd()].join('\n')}\n`;
}

/** Lists as `[a, b]`; mappings stay `{ a: b }`. Where a text of the scenario would be changed, all stays as it is. */
function tidied(text: string, tree: PlainMap): string {
  const tidy = text.replaceAll('[ ', '[').replaceAll(' ]', ']');
  return JSON.stringify(parse(tidy)) === JSON.stringify(tree) ? tidy : text;
}

/** Puts what is in a node on one line where it fits. @param indent of what is in it */
function layOut(node: Node | null, indent: number, deepest: number): void {
  if (!isCollection(node)) return;
  for (const item of node.items) {
    const [value, before] = isPair(item) ? [item.value, String(item.key).length + 2] : [item, 2];
    if (!isCollection(value)) continue;
    const depth = isPair(item) ? deepest : DEEPEST_ITEM;
    if (depthOf(value) <= depth && indent + before + lengthOf(value) <= WIDTH) value.flow = true;
    else layOut(value, indent + 2, isPair(item) ? DEEPEST_VALUE : DEEPEST_ITEM);
  }
}

function depthOf(node: unknown): number {
  if (!isCollection(node)) return 0;
  return 1 + Math.max(0, ...node.items.map((item) => depthOf(isPair(item) ? item.value : item)));
}

function lengthOf(node: Node): number {
  const text = JSON.stringify(node.toJSON());
  return text.replaceAll('"', '').replaceAll(/[,:{}]/g, '$& ').length;
}
