/**
 * How things look in the timeline: the line and colour of a role, the colour of a kind of row, the word before a fault.
 */

import type { Row } from './rows.ts';
import type { Style, Styler } from './style.ts';

/** The line of a role, and how it is coloured. */
const LANES: Readonly<Record<string, readonly [mark: string, style: keyof Styler]>> = {
  active: ['┃', 'green'],
  passive: ['│', 'dim'],
  'active-primary': ['┃', 'green'],
  'active-secondary': ['║', 'cyan'],
  tentative: ['┊', 'yellow'],
  initial: ['┆', 'yellow'],
  'non-functional': ['╳', 'red'],
  suspended: ['╌', 'yellow'],
};

/** What becomes of a takeover in a cloud, and of what it moves; all other states are on the way. */
const TAKEOVERS: Readonly<Record<string, (style: Styler) => Style>> = {
  complete: ({ green }) => green,
  failed: ({ red }) => red,
  abandoned: ({ yellow }) => yellow,
};

const ASSETS: Readonly<Record<string, (style: Styler) => Style>> = {
  usable: ({ cyan }) => cyan,
  moved: ({ cyan }) => cyan,
  unusable: ({ red }) => red,
  available: ({ yellow }) => yellow,
  unassigned: ({ yellow }) => yellow,
  disassociated: ({ yellow }) => yellow,
};

/** Actions that undo a fault; `target-unreachable` and `api-unavailable` are none of them. */
const HEALING = /-(up|end|on|restart|resume|reachable)$|^api-available$|^authorize-/;

/** Whether a fault's action undoes one that was there. */
export function heals(action: string): boolean {
  return HEALING.test(action);
}

/** The piece of a firewall's line for one row; blank while it is off. */
export function lane(role: string | undefined, style: Styler): string {
  if (role === undefined || !Object.hasOwn(LANES, role)) return ' ';
  const [mark, tone] = LANES[role] as readonly [string, keyof Styler];
  return style[tone](mark);
}

/** What was done to the pair, in one word of fixed width, and its colour. */
export function actWord(row: Row, style: Styler): readonly [string, Style] {
  const action = String(row.record.data['action']);
  if (row.kind === 'operator') return ['▶ operator', style.cyan];
  return heals(action) ? ['▲ repair  ', style.green] : ['▼ fault   ', style.red];
}

/** The style of a row in a firewall's column. */
export function toneOf({ kind, record }: Row, style: Styler): Style {
  const { data } = record;
  switch (kind) {
    case 'role': {
      const tone = LANES[String(data['to'])]?.[1] ?? 'bold';
      return (text) => style.bold(style[tone === 'dim' ? 'bold' : tone](text));
    }
    case 'link':
      return data['up'] === true ? style.green : style.red;
    case 'ike':
      return data['step'] === 'no SA' ? style.red : style.green;
    case 'ha2':
      return data['step'] === 'failed' ? style.red : style.green;
    case 'monitor':
      return data['failed'] === true ? style.red : style.green;
    case 'path':
      return data['reachable'] === true ? style.green : style.red;
    case 'adjacency':
      return data['state'] === 'up' ? style.green : style.red;
    case 'control-path':
      return data['up'] === true ? style.green : style.red;
    case 'peer':
      return data['connection'] === 'down' ? style.red : (text) => text;
    case 'power':
    case 'dataplane':
      return data['state'] === 'off' || data['state'] === 'failed' ? style.red : style.green;
    case 'restored':
      return style.green;
    case 'takeover':
      return TAKEOVERS[String(data['step'])]?.(style) ?? ((text) => text);
    case 'api-call':
      return data['error'] === undefined ? (text) => text : style.red;
    case 'asset':
      return ASSETS[String(data['state'])]?.(style) ?? style.dim;
    case 'timer':
    case 'reason':
      return style.yellow;
    case 'address':
      return data['held'] === true ? style.cyan : style.yellow;
    case 'garp':
    case 'learned':
    case 'spanning-tree':
    case 'port':
      return style.dim;
    default:
      return (text) => text;
  }
}
