import { describe, expect, test } from 'vitest';
import { bindNat, translate, type NatRule } from '../../../src/firewall/nat.ts';
import { SessionOwnership } from '../../../src/firewall/session-ownership.ts';
import { FRAME, makeFrame } from '../../../src/network/frame.ts';
import { SessionTable } from '../../../src/traffic/session-table.ts';

const BOTH = { self: true, peer: true, split: false };
const ALONE = { ...BOTH, peer: false };
const AWAY = { ...BOTH, self: false };

/** Device 0 with a session of its own (1) and one of its peer's (2), after these states of the pair. */
function after(onReturn: 'revert' | 'stay', ...states: readonly (typeof BOTH)[]): string[] {
  const table = new SessionTable();
  const ownership = new SessionOwnership(table, 0, onReturn);
  ownership.follow(BOTH, 0);
  for (const owner of [0, 1] as const) {
    table.create(owner + 1, 'tcp', 0, { owner, layer7: true, nat: null });
  }
  for (const [step, state] of states.entries()) ownership.follow(state, (step + 1) * 1_000);
  return [...table].map(({ owner, layer7, lastUs }) => `${owner}${layer7 ? ' layer 7' : ''} ${lastUs}`);
}

describe('session ownership', () => {
  test('session ownership: the peer fails and returns: its session changes hands, is touched, and reverts', () => {
    expect(after('revert')).toEqual(['0 layer 7 0', '1 layer 7 0']);
    expect(after('revert', ALONE)).toEqual(['0 layer 7 0', '0 1000']);
    expect(after('revert', ALONE, BOTH)).toEqual(['0 layer 7 0', '1 1000']);
  });

  test('session ownership: this firewall leaves and returns: its own table says the same as its peer does', () => {
    expect(after('revert', AWAY)).toEqual(['1 0', '1 layer 7 0']);
    expect(after('revert', AWAY, BOTH)).toEqual(['0 2000', '1 layer 7 0']);
  });

  test('session ownership: sessions that stay: with whoever took them over, on either side', () => {
    expect(after('stay', ALONE, BOTH)).toEqual(['0 layer 7 0', '0 1000']);
    expect(after('stay', AWAY, BOTH)).toEqual(['1 0', '1 layer 7 0']);
  });

  test('session ownership: a split datapath: owns its whole table, and gives back with layer 7', () => {
    const split = { ...BOTH, split: true };
    expect(after('revert', split)).toEqual(['0 layer 7 0', '0 layer 7 1000']);
    expect(after('revert', split, BOTH)).toEqual(['0 layer 7 0', '1 layer 7 1000']);
  });

  test('session ownership: a copy that comes after its owner has failed: owned', () => {
    const table = new SessionTable();
    const ownership = new SessionOwnership(table, 0, 'revert');
    ownership.follow(ALONE, 0);
    const copy = table.create(1, 'tcp', 0, { owner: 1, layer7: true, nat: null });
    expect(ownership.owns(copy)).toBe(true);
    ownership.follow(BOTH, 1);
    expect(ownership.owns(copy)).toBe(false);
  });
});

describe('source NAT', () => {
  const source = { ip: 0x0a00_0000, prefix: 24 };
  const rule = (translatedIp: number, binding: NatRule['binding']): NatRule => ({
    name: String(translatedIp),
    source,
    translatedIp,
    binding,
  });
  const host = 0x0a00_0005;
  const secondary = { device: 1, isPrimary: false } as const;
  const primary = { device: 0, isPrimary: true } as const;

  test('source NAT: the first rule that matches the source and is bound to the owner', () => {
    const rules = [rule(10, 0), rule(11, 1), rule(12, 'both')];
    expect(bindNat(rules, host, primary)?.translatedIp).toBe(10);
    expect(bindNat(rules, host, secondary)?.translatedIp).toBe(11);
    expect(bindNat([rule(10, 'primary'), rule(12, 'both')], host, secondary)?.translatedIp).toBe(12);
    expect(bindNat([rule(10, 'primary')], host, primary)?.translatedIp).toBe(10);
    expect(bindNat([rule(11, 1)], host, null)?.translatedIp).toBe(11); // Active/passive knows no binding.
    expect(bindNat(rules, 0x0a00_0105, primary)).toBeNull();
  });

  test('source NAT: out with the translated source, back with the original destination', () => {
    const nat = { originalIp: host, translatedIp: 10 };
    const out = makeFrame(FRAME.tcp, 0, 0, host, 99, {});
    const back = makeFrame(FRAME.tcp, 0, 0, 99, 10, {});
    expect(translate(out, nat)).toMatchObject({ sourceIp: 10, destinationIp: 99 });
    expect(translate(back, nat)).toMatchObject({ sourceIp: 99, destinationIp: host });
    expect(translate(out, null)).toBe(out);
  });
});
