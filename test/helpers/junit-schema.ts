/**
 * Reads XML strictly, and says where a JUnit report departs from the schema that continuous integration reads it by: junit-10.xsd of Jenkins'
 * xunit plugin, of which this is the part that a report without reruns can touch.
 */

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

interface ElementRule {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly children: readonly string[];
}

const OUTCOME: ElementRule = { required: [], optional: ['type', 'message'], children: [] };

const SCHEMA: Readonly<Record<string, ElementRule>> = {
  testsuites: {
    required: [],
    optional: ['name', 'time', 'tests', 'failures', 'errors'],
    children: ['testsuite'],
  },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  },
  testcase: {
    required: ['name'],
    optional: ['time', 'classname', 'group'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  failure: OUTCOME,
  error: OUTCOME,
  skipped: OUTCOME,
  'system-out': { required: [], optional: [], children: [] },
  'system-err': { required: [], optional: [], children: [] },
};

/** SUREFIRE_TIME of the schema: seconds, and no exponent. */
const SECONDS = /^\d{1,3}(\d{3})*(\.\d*)?$|^\d*(\.\d*)?$/;
const COUNTS = ['tests', 'failures', 'errors', 'skipped'];

/** What is against the schema; empty when it is valid. */
export function departures(element: XmlElement, path = element.name): string[] {
  const rule = SCHEMA[element.name];
  if (rule === undefined) return [`${path}: no such element`];
  const given = Object.keys(element.attributes);
  return [
    ...rule.required.filter((name) => !given.includes(name)).map((name) => `${path}: no ${name}`),
    ...given
      .filter((name) => ![...rule.required, ...rule.optional].includes(name))
      .map((name) => `${path}: no such attribute ${name}`),
    ...COUNTS.filter((name) => given.includes(name) && !/^\d+$/.test(element.attributes[name] ?? '')).map(
      (name) => `${path}: ${name} is no count`,
    ),
    ...(given.includes('time') && !SECONDS.test(element.attributes['time'] ?? '')
      ? [`${path}: time is not in seconds`]
      : []),
    ...element.children.flatMap((child, index) =>
      rule.children.includes(child.name)
        ? departures(child, `${path}/${child.name}[${index}]`)
        : [`${path}: no ${child.name} in it`],
    ),
  ];
}

// oxlint-disable-next-line no-control-regex
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const NAME = '[A-Za-z][\\w-]*';
const TOKEN = new RegExp(
  [
    '<!\\[CDATA\\[(?<cdata>[\\s\\S]*?)\\]\\]>',
    `<(?<open>${NAME})(?<attributes>(?:\\s+${NAME}="[^"<]*")*)\\s*(?<empty>/?)>`,
    `</(?<close>${NAME})>`,
    '(?<text>[^<]+)',
  ].join('|'),
  'y',
);
const LONE_AMPERSAND = /&(?!(amp|lt|gt|quot|apos|#\d+|#x[\dA-Fa-f]+);)/;

/** The root of a document. @throws Error where it is not well-formed */
export function parseXml(text: string): XmlElement {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
  if (!text.startsWith(declaration)) throw new Error('expected an XML declaration');
  if (ILLEGAL.test(text)) throw new Error('a character that XML has no place for');
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  TOKEN.lastIndex = declaration.length;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(text)?.groups;
    const inner = open.at(-1);
    if (groups === undefined || inner === undefined)
      throw new Error(`not well-formed: ${text.slice(at, at + 80)}`);
    if (groups['cdata'] !== undefined) inner.text += groups['cdata'];
    else if (groups['text'] !== undefined) {
      if (groups['text'].includes(']]>')) throw new Error('the end of a section that was not begun');
      inner.text += plain(groups['text']);
    } else if (groups['close'] !== undefined) {
      if (open.pop()?.name !== groups['close']) throw new Error(`closed and not open: ${groups['close']}`);
    } else {
      const element = {
        name: groups['open'] ?? '',
        attributes: attributesOf(groups['attributes'] ?? ''),
        children: [],
        text: '',
      };
      inner.children.push(element);
      if (groups['empty'] === '') open.push(element);
    }
  }
  const [only, other] = root.children;
  if (open.length !== 1 || only === undefined || other !== undefined) throw new Error('expected one root');
  return only;
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(new RegExp(`(${NAME})="([^"]*)"`, 'g'))].map(([, name = '', value = '']) => [
      name,
      plain(value),
    ]),
  );
}

function plain(text: string): string {
  if (LONE_AMPERSAND.test(text)) throw new Error(`not escaped: ${text.slice(0, 80)}`);
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole);
}
