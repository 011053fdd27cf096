import { describe, expect, test } from 'vitest';
import { AddressHolders } from '../../../src/measure/holders.ts';
import { Notes } from '../../helpers/notes.ts';

/** What the holders answer to each change of an address: from whom it was taken, or null. */
function taken(
  changes: readonly (readonly [device: string, mac: string, held: boolean])[],
): (string | null)[] {
  const holders = new AddressHolders();
  const notes = new Notes();
  return changes.map(([device, mac, held], index) => {
    notes.note(index, 'address', device, { address: '10.0.0.1', interface: 'ethernet1/1', mac, held });
    return holders.observe(notes.records[index] as (typeof notes.records)[number])?.device ?? null;
  });
}

describe('holders of virtual addresses', () => {
  test('holders: an address goes over and comes back: taken from the other, each time', () => {
    const changes = [
      ['palo-1', 'a', true],
      ['palo-1', 'a', false],
      ['palo-2', 'a', true],
      ['palo-1', 'a', true],
      ['palo-2', 'a', false],
    ] as const;
    expect(taken(changes)).toEqual([null, null, 'palo-1', 'palo-2', null]);
  });

  test('holders: a shared address, each firewall with its own MAC: nothing is taken but the MAC of one that failed', () => {
    const changes = [
      ['palo-1', 'a', true],
      ['palo-2', 'b', true],
      ['palo-2', 'b', false],
      ['palo-1', 'b', true],
    ] as const;
    expect(taken(changes)).toEqual([null, null, null, 'palo-2']);
  });
});
