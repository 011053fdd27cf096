/** extends: a scenario that stands on another. */

import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../../src/scenario/load.ts';
import { loaded, messagesOf, mistakesOf, PAIR, pairWith, readFrom } from '../../helpers/scenario-text.ts';

describe('extends', () => {
  const child = 'extends: lib/base.yaml\nname: child\ntimeline: [{ at: 5s, suspend: palo-1 }]\nexpect: []\n';

  test('extends: a child over its base: mappings merge, lists are replaced', () => {
    const over = `${child}network: { links: { palo-1-uplink: { loss: 1% } } }\n`;
    const { scenario, files } = loaded(over, { 'lib/base.yaml': PAIR });

    expect(files).toEqual(['pair.yaml', 'lib/base.yaml']);
    expect(scenario.name).toBe('child');
    expect(scenario.timeline).toHaveLength(1);
    expect(scenario.network.links['palo-1-uplink']).toEqual({
      between: ['palo-1:ethernet1/1', 'untrust'],
      latency: 50,
      loss: 0.01,
    });
    expect(Object.keys(scenario.devices)).toEqual(['palo-1', 'palo-2']);
  });

  test('extends: null in the child: deletes the key of the base', () => {
    const { scenario } = loaded(`${child}workloads: { web: null }\n`, { 'lib/base.yaml': PAIR });
    expect(scenario.workloads).toEqual({});
  });

  test('extends: a base of a base: relative to the file that names it', () => {
    const middle = 'extends: ../deep/./root.yaml\nname: middle\n';
    const { files } = loaded(child, { 'lib/base.yaml': middle, 'deep/root.yaml': PAIR });
    expect(files).toEqual(['pair.yaml', 'lib/base.yaml', 'deep/root.yaml']);
  });

  test('extends: a mistake in the base: told where it stands', () => {
    const base = pairWith(['suspend', 'x'], ['latency: 50us', 'latency: 50'], ['until: 3min', 'until: 4sec']);
    expect(messagesOf(child, { 'lib/base.yaml': base })).toEqual([
      'lib/base.yaml:2:8: expected a duration such as 200ms, 3s or 1min, got "4sec".',
      'lib/base.yaml:45:71: expected a duration such as 200ms, 3s or 1min, got 50. Write the unit with the number.',
    ]);
  });

  test('extends: a missing base: told at the name', () => {
    expect(mistakesOf(child)).toMatchInlineSnapshot(`
      "pair.yaml:1:10: expected a readable scenario file, got lib/base.yaml: no such file.
         1 | extends: lib/base.yaml
           |          ^^^^^^^^^^^^^
      "
    `);
  });

  test('extends: a circle: told at the name that closes it', () => {
    expect(messagesOf(child, { 'lib/base.yaml': 'extends: ../pair.yaml\n' })).toEqual([
      'lib/base.yaml:1:10: expected a base that does not lead back here, got pair.yaml → lib/base.yaml → pair.yaml.',
    ]);
  });

  test('extends: a chain of nine: refused', () => {
    const names = Array.from({ length: 10 }, (_, index) => `${index}.yaml`);
    const files = Object.fromEntries(names.map((name, index) => [name, `extends: ${names[index + 1]}\n`]));
    expect(messagesOf('extends: 0.yaml\n', files)).toEqual([
      '6.yaml:1:10: expected at most 8 files in a chain of extends, got more.',
    ]);
  });

  test('extends: something that is no name: refused', () => {
    expect(messagesOf('extends: [a]\nname: x\n')).toEqual([
      'pair.yaml:1:1: expected the name of a scenario file, got a list of 1.',
    ]);
    expect(messagesOf('extends: ""\nname: x\n')).toEqual([
      'pair.yaml:1:10: expected the name of a scenario file, got "".',
    ]);
  });

  test('load: a file by its name: bases are looked up beside it', () => {
    const result = loadScenario(
      'lib/child.yaml',
      readFrom({ 'lib/child.yaml': 'extends: base.yaml', 'lib/base.yaml': PAIR }),
    );
    expect(result).toMatchObject({ ok: true, files: ['lib/child.yaml', 'lib/base.yaml'] });
  });
});
