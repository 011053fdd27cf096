import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  devicesOf,
  holdsAddress,
  shareOf,
  type AddressRule,
  type VirtualAddress,
} from '../../../src/firewall/virtual-address.ts';
import type { DeviceId, HaConfig } from '../../../src/ha/config.ts';
import { ACTIVE_ACTIVE_ROLES, type ActiveActiveRole } from '../../../src/ha/role.ts';
import { helloOf, unstarted, type HaState } from '../../../src/ha/state.ts';
import { parseIp } from '../../../src/network/address.ts';

const PORT = 'ethernet1/1';
const PRIMARY = 'active-primary';
const SECONDARY = 'active-secondary';
const MODULO: AddressRule = { kind: 'ip-modulo', evenTo: 0 };
const BOUND: AddressRule = { kind: 'bound-to-active-primary' };

function floating(first: number, second: number, failoverOnLinkDown = false): AddressRule {
  return { kind: 'floating', priorities: [first, second], failoverOnLinkDown };
}

function address(rule: AddressRule): VirtualAddress {
  return { ip: parseIp('10.0.0.1'), interface: PORT, rule };
}

/** What matters of one firewall; a peer that is not heard is `lost`. */
interface Side {
  readonly role: ActiveActiveRole;
  readonly down?: readonly string[];
}

function stateOf({ role, down = [] }: Side, peer: Side | null, connection: 'up' | 'down'): HaState {
  const peerState = { ...unstarted(), role: peer?.role ?? 'initial', interfacesDown: peer?.down ?? [] };
  // The hello has more than this decision asks for.
  const hello = peer === null ? null : helloOf({} as HaConfig, peerState);
  return {
    ...unstarted(),
    role,
    interfacesDown: down,
    peer: { connection: hello === null ? 'never' : connection, downReason: null, hello },
  };
}

/** The MACs, by device, with which a firewall holds an address. */
function held(rule: AddressRule, self: DeviceId, own: Side, peer: Side | null, heard = true): DeviceId[] {
  const item = address(rule);
  const state = stateOf(own, peer, heard ? 'up' : 'down');
  return devicesOf(item).filter((device) => holdsAddress(item, device, self, state));
}

describe('floating address: both able', () => {
  test.each<[number, number, DeviceId[], DeviceId[]]>([
    [0, 255, [0], []],
    [255, 0, [], [1]],
    [10, 10, [0], []],
  ])('floating: priorities %i and %i: device 0 holds %j, device 1 %j', (first, second, zero, one) => {
    const rule = floating(first, second);
    for (const [a, b] of [
      [PRIMARY, SECONDARY],
      [SECONDARY, PRIMARY],
    ] as const) {
      expect(held(rule, 0, { role: a }, { role: b })).toEqual(zero);
      expect(held(rule, 1, { role: b }, { role: a })).toEqual(one);
    }
  });
});

describe('floating address: the owner is not able', () => {
  test.each(['initial', 'tentative', 'non-functional', 'suspended'] as const)(
    'floating: its owner is %s: the peer holds it, with the owner’s MAC',
    (role) => {
      expect(held(floating(0, 255), 0, { role }, { role: PRIMARY })).toEqual([]);
      expect(held(floating(0, 255), 1, { role: PRIMARY }, { role })).toEqual([0]);
    },
  );

  test.each(ACTIVE_ACTIVE_ROLES)(
    'floating: its owner was %s and is heard no more: a primary holds it',
    (role) => {
      expect(held(floating(0, 255), 1, { role: PRIMARY }, { role }, false)).toEqual([0]);
    },
  );

  test('floating: the primary is heard no more: the secondary takes nothing before it is promoted', () => {
    expect(held(floating(0, 255), 1, { role: SECONDARY }, { role: PRIMARY }, false)).toEqual([]);
    expect(held(floating(255, 0), 1, { role: SECONDARY }, { role: PRIMARY }, false)).toEqual([1]);
  });

  test('floating: a primary that never heard a peer: holds it, whoever owns it', () => {
    expect(held(floating(0, 255), 1, { role: PRIMARY }, null)).toEqual([0]);
  });
});

describe('floating address: links', () => {
  const down = { down: [PORT] };

  test('floating: the owner’s link is down, with failover-on-link-down: the peer holds it', () => {
    const rule = floating(0, 255, true);
    expect(held(rule, 0, { role: PRIMARY, ...down }, { role: SECONDARY })).toEqual([]);
    expect(held(rule, 1, { role: SECONDARY }, { role: PRIMARY, ...down })).toEqual([0]);
  });

  test('floating: the owner’s link is down, without failover-on-link-down: it stays', () => {
    const rule = floating(0, 255);
    expect(held(rule, 0, { role: PRIMARY, ...down }, { role: SECONDARY })).toEqual([0]);
    expect(held(rule, 1, { role: SECONDARY }, { role: PRIMARY, ...down })).toEqual([]);
  });

  test('floating: another link of the owner is down: it stays', () => {
    const other = { down: ['ethernet1/2'] };
    expect(held(floating(0, 255, true), 0, { role: PRIMARY, ...other }, { role: SECONDARY })).toEqual([0]);
  });

  test('floating: both links are down: nobody holds it', () => {
    const rule = floating(0, 255, true);
    expect(held(rule, 0, { role: PRIMARY, ...down }, { role: SECONDARY, ...down })).toEqual([]);
    expect(held(rule, 1, { role: SECONDARY, ...down }, { role: PRIMARY, ...down })).toEqual([]);
  });
});

describe('floating address: bound to active-primary', () => {
  test.each(ACTIVE_ACTIVE_ROLES)(
    'floating, bound to active-primary: %s: held only as that, with device 0’s MAC',
    (role) => {
      for (const self of [0, 1] as const) {
        expect(held(BOUND, self, { role }, { role: SECONDARY })).toEqual(role === PRIMARY ? [0] : []);
      }
    },
  );
});

describe('shared address', () => {
  test('shared: both able: each holds it with its own MAC', () => {
    expect(held(MODULO, 0, { role: PRIMARY }, { role: SECONDARY })).toEqual([0]);
    expect(held(MODULO, 1, { role: SECONDARY }, { role: PRIMARY })).toEqual([1]);
  });

  test('shared: the peer is tentative, or lost to a primary: held with both MACs', () => {
    expect(held(MODULO, 0, { role: PRIMARY }, { role: 'tentative' })).toEqual([0, 1]);
    expect(held(MODULO, 1, { role: PRIMARY }, { role: PRIMARY }, false)).toEqual([0, 1]);
  });

  test('shared: a link is down: the share stays, for only floating addresses move with a link', () => {
    expect(held(MODULO, 0, { role: PRIMARY, down: [PORT] }, { role: SECONDARY })).toEqual([0]);
  });

  test.each<[0 | 1, string, number]>([
    [0, '10.0.0.10', 0],
    [0, '10.0.0.11', 1],
    [1, '10.0.0.10', 1],
    [1, '10.0.0.11', 0],
  ])('shared, ip-modulo, even addresses to device %i: %s is device %i’s', (evenTo, requester, device) => {
    expect(shareOf({ kind: 'ip-modulo', evenTo }, parseIp(requester), 0)).toBe(device);
  });

  test('shared, ip-hash: neighbouring addresses are divided about evenly, and another seed divides them otherwise', () => {
    const requesters = Array.from({ length: 250 }, (_, index) => parseIp('10.0.0.1') + index);
    const shares = (seed: number) => requesters.map((ip) => shareOf({ kind: 'ip-hash', seed }, ip, 0));
    for (const seed of [0, 1, 4_294_967_295]) {
      const ones = shares(seed).filter((device) => device === 1).length;
      expect(ones).toBeGreaterThan(100);
      expect(ones).toBeLessThan(150);
    }
    expect(shares(1)).not.toEqual(shares(2));
  });
});

describe('two firewalls that know of each other', () => {
  const side = fc.record({
    role: fc.constantFrom(...ACTIVE_ACTIVE_ROLES),
    down: fc.constantFrom([], [PORT]),
  });
  const priority = fc.integer({ min: 0, max: 255 });
  const rule = fc.oneof(
    fc.tuple(priority, priority, fc.boolean()).map(([a, b, down]) => floating(a, b, down)),
    fc.constant(MODULO),
    fc.constant({ kind: 'ip-hash', seed: 7 } as const),
    fc.constant(BOUND),
  );

  test('virtual address: in whatever roles: each MAC has at most one holder, and one if anybody could hold it', () => {
    fc.assert(
      fc.property(rule, side, side, (anyRule, zero, one) => {
        fc.pre(zero.role !== PRIMARY || one.role !== PRIMARY); // A split brain is not known to both.
        const both = [...held(anyRule, 0, zero, one), ...held(anyRule, 1, one, zero)];
        expect(new Set(both).size).toBe(both.length);
        const able = ({ role, down }: Side): boolean =>
          anyRule.kind === 'bound-to-active-primary'
            ? role === PRIMARY
            : (role === PRIMARY || role === SECONDARY) &&
              !(anyRule.kind === 'floating' && anyRule.failoverOnLinkDown && down?.length === 1);
        const expected = able(zero) || able(one) ? devicesOf(address(anyRule)).length : 0;
        expect(both.length).toBe(expected);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
