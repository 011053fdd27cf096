import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { PlainMap } from '../../../../src/suite/shrink/plain.ts';
import { writeScenario } from '../../../../src/suite/shrink/yaml.ts';
import { ROOT } from '../../../helpers/command.ts';
import { scenarioNames } from '../../../helpers/library.ts';

test.each(scenarioNames())('writeScenario: %s: what is read again is what was written', (name) => {
  const tree = parse(readFileSync(`${ROOT}scenarios/${name}`, 'utf8')) as PlainMap;

  const text = writeScenario(tree, ['A comment.']);

  expect(JSON.stringify(parse(text))).toBe(JSON.stringify(tree));
  expect(text.startsWith('# A comment.\n')).toBe(true);
});

test('writeScenario: a whole: short mappings on a line, long ones in a block, a line between blocks', () => {
  const tree: PlainMap = {
    name: 'a: b',
    until: '1min',
    devices: {
      'palo-1': { 'high-availability': { 'election-option': { 'device-priority': 100 } } },
      'palo-2': {},
    },
    timeline: [{ at: '9s', 'interface-down': 'palo-1:ethernet1/1' }],
    expect: [
      { at: '25s', that: { role: { 'palo-2': 'active' } } },
      { failover: 1, total: '< 1s' },
    ],
  };

  expect(writeScenario(tree)).toBe(`name: "a: b"
until: 1min

devices:
  palo-1:
    high-availability: { election-option: { device-priority: 100 } }
  palo-2: {}

timeline:
  - { at: 9s, interface-down: palo-1:ethernet1/1 }

expect:
  - { at: 25s, that: { role: { palo-2: active } } }
  - { failover: 1, total: < 1s }
`);
});

test.each([
  '[ a ]',
  '# no comment',
  'yes: no',
  '7',
  'null',
  ' spaces ',
  'x, y',
  '{ z }',
  '!',
  '*a',
  'a\nb',
  '~',
])('writeScenario: a text that could be taken for YAML (%j): it stays a text', (text) => {
  const tree: PlainMap = { name: text, list: [text, [text]], map: { key: text } };

  expect(parse(writeScenario(tree))).toEqual(tree);
});
