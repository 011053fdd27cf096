import { describe, expect, test } from 'vitest';
import { Inventory } from '../../../src/cloud/aws/inventory.ts';
import { admits, SecurityGroups } from '../../../src/cloud/aws/security-groups.ts';
import type { SecurityGroupSettings } from '../../../src/cloud/aws/settings.ts';
import { PROTOCOL, type Traffic } from '../../../src/cloud/aws/traffic-of.ts';
import { parseIp } from '../../../src/network/address.ts';
import {
  ANYTHING,
  fromBlock,
  fromGroup,
  group,
  networkInterface,
  vpcSettings,
} from '../../helpers/vpc-settings.ts';
import { Wire } from '../../helpers/wire.ts';

const HERE = '10.0.1.10';
const PEER = '10.0.1.11';
const STRANGER = '192.0.2.7';
const SECOND_US = 1_000_000;
const nobody = (): readonly string[] => [];

interface Packet {
  readonly protocol?: keyof typeof PROTOCOL;
  readonly port?: number;
  readonly flow?: number;
  readonly ends?: boolean;
}

/** A packet of a client's conversation with a server. */
function question(source: string, destination: string, packet: Packet = {}): Traffic {
  const { protocol = 'tcp', port, flow = 1, ends = false } = packet;
  const ports = port === undefined ? [] : [port];
  const addresses = { source: parseIp(source), destination: parseIp(destination) };
  return { protocol: PROTOCOL[protocol], ports, ...addresses, answer: false, flow, ends };
}

/** What the server sends back in it. */
function answer({ source, destination, ...traffic }: Traffic, ends = false): Traffic {
  return { ...traffic, source: destination, destination: source, answer: true, ends };
}

/** One network interface with one security group, its peer with the same one, and a clock. */
class Lab {
  readonly wire = new Wire();
  readonly inventory: Inventory;
  readonly groups: SecurityGroups;

  constructor(...securityGroups: SecurityGroupSettings[]) {
    const names = securityGroups.map(({ name }) => name);
    this.inventory = new Inventory(
      vpcSettings({
        securityGroups,
        networkInterfaces: [
          networkInterface('here', 'data', HERE, names),
          networkInterface('peer', 'data', PEER, names),
        ],
      }),
    );
    this.groups = new SecurityGroups(this.wire.simulation, this.inventory);
  }

  comesIn(traffic: Traffic): boolean {
    return this.groups.ingress(this.inventory.networkInterface('here'), traffic);
  }

  goesOut(traffic: Traffic): boolean {
    return this.groups.egress(this.inventory.networkInterface('here'), traffic);
  }

  wait(seconds: number): void {
    this.wire.run(this.wire.simulation.nowUs + seconds * SECOND_US);
  }
}

describe('rules', () => {
  const packet = { protocol: PROTOCOL.tcp, ports: [443] };
  const peer = parseIp(PEER);

  test.each([
    ['of all protocols', ANYTHING, true],
    ['of the protocol', fromBlock(PROTOCOL.tcp, '10.0.0.0/8'), true],
    ['of another protocol', fromBlock(PROTOCOL.udp, '10.0.0.0/8'), false],
    ['of the port', fromBlock(PROTOCOL.tcp, '10.0.0.0/8', 443), true],
    ['of another port', fromBlock(PROTOCOL.tcp, '10.0.0.0/8', 444), false],
    ['for the address alone', fromBlock(PROTOCOL.tcp, `${PEER}/32`), true],
    ['for another block', fromBlock(PROTOCOL.tcp, '10.0.2.0/24'), false],
  ])('a rule %s: admits or does not', (_, rule, expected) => {
    expect(admits([rule], packet, peer, nobody)).toBe(expected);
  });

  test('a rule of a range: admits its two ends, and not what is beside them', () => {
    const rule = { ...fromBlock(PROTOCOL.tcp, '0.0.0.0/0'), ports: { from: 1000, to: 1002 } };

    const admitted = [999, 1000, 1002, 1003].filter((port) =>
      admits([rule], { ...packet, ports: [port] }, peer, nobody),
    );

    expect(admitted).toEqual([1000, 1002]);
  });

  test('several ports: each has to be admitted, by whichever rule', () => {
    const rules = [
      fromBlock(PROTOCOL.tcp, '0.0.0.0/0', 28_769),
      fromBlock(PROTOCOL.tcp, '0.0.0.0/0', 28_260),
    ];
    const ha1 = { ...packet, ports: [28_769, 28_260] };

    expect(admits(rules, ha1, peer, nobody)).toBe(true);
    expect(rules.some((rule) => admits([rule], ha1, peer, nobody))).toBe(false);
  });

  test('a rule for a security group: admits whoever has it, and nobody else', () => {
    const rule = fromGroup(PROTOCOL.tcp, 'web');
    const groupsAt = (ip: number): readonly string[] => (ip === peer ? ['web'] : ['other']);

    expect(admits([rule], packet, peer, groupsAt)).toBe(true);
    expect(admits([rule], packet, parseIp(STRANGER), groupsAt)).toBe(false);
  });

  test('no rule: nothing is admitted', () => {
    expect(admits([], packet, peer, nobody)).toBe(false);
  });
});

describe('security groups', () => {
  test('security groups: two of them: the rules of both count', () => {
    const lab = new Lab(
      group('ping', [fromBlock(PROTOCOL.icmp, '0.0.0.0/0')]),
      group('web', [fromBlock(PROTOCOL.tcp, '0.0.0.0/0', 443)]),
    );

    expect(lab.comesIn(question(STRANGER, HERE, { protocol: 'icmp' }))).toBe(true);
    expect(lab.comesIn(question(STRANGER, HERE, { port: 443 }))).toBe(true);
    expect(lab.comesIn(question(STRANGER, HERE, { port: 22 }))).toBe(false);
  });

  test('security groups: a rule for the group itself: its members, whatever their subnet, and nobody else', () => {
    const lab = new Lab(group('own', [fromGroup(PROTOCOL.tcp, 'own')]));

    expect(lab.comesIn(question(PEER, HERE, { port: 28_769 }))).toBe(true);
    expect(lab.comesIn(question(STRANGER, HERE, { port: 28_769, flow: 2 }))).toBe(false);
  });

  test('security groups: a member by a secondary address: a member once packets go there', () => {
    const lab = new Lab(group('own', [fromGroup(PROTOCOL.tcp, 'own')]));
    const asks = question('10.0.1.100', HERE, { port: 443 });
    lab.inventory.assign('peer', [parseIp('10.0.1.100')], true);
    expect(lab.comesIn(asks)).toBe(false);

    lab.inventory.remapped('peer', [parseIp('10.0.1.100')]);

    expect(lab.comesIn(asks)).toBe(true);
  });

  test('security groups: what may not go out: does not', () => {
    const lab = new Lab(group('web', [ANYTHING], [fromBlock(PROTOCOL.tcp, '0.0.0.0/0', 443)]));

    expect(lab.goesOut(question(HERE, STRANGER, { port: 443 }))).toBe(true);
    expect(lab.goesOut(question(HERE, STRANGER, { port: 22 }))).toBe(false);
  });
});

describe('connection tracking', () => {
  const outOnly = (): Lab => new Lab(group('out', []));

  test('tracking: an answer: passes with no rule for it, and one to no question does not', () => {
    const lab = outOnly();
    const asks = question(HERE, STRANGER, { port: 443 });
    expect(lab.comesIn(answer(asks))).toBe(false);

    lab.goesOut(asks);

    expect(lab.comesIn(answer(asks))).toBe(true);
    expect(lab.comesIn(answer({ ...asks, flow: 2 }))).toBe(false);
  });

  test('tracking: an answer that may not go out by any rule: goes out', () => {
    const lab = new Lab(group('in', [fromBlock(PROTOCOL.tcp, '0.0.0.0/0', 443)], []));
    const asks = question(STRANGER, HERE, { port: 443 });
    lab.comesIn(asks);

    expect(lab.goesOut(answer(asks))).toBe(true);
    expect(lab.goesOut(question(HERE, STRANGER, { port: 443, flow: 2 }))).toBe(false);
  });

  test('tracking: another network interface: has its own', () => {
    const lab = outOnly();
    const asks = question(HERE, STRANGER, { port: 443 });
    lab.goesOut(asks);

    expect(lab.groups.ingress(lab.inventory.networkInterface('peer'), answer(asks))).toBe(false);
  });

  test('tracking: moved to another host: gone, until a packet that a rule admits', () => {
    const lab = outOnly();
    const asks = question(HERE, STRANGER, { port: 443 });
    lab.goesOut(asks);

    lab.groups.forget('here');

    expect(lab.comesIn(answer(asks))).toBe(false);
    lab.goesOut(asks);
    expect(lab.comesIn(answer(asks))).toBe(true);
  });

  test.each([
    ['TCP: five days', 'tcp', 432_000],
    ['UDP that was answered once: 30 s', 'udp', 30],
    ['ICMP: 30 s', 'icmp', 30],
  ] as const)('tracking: idle, %s, and no longer', (_, protocol, seconds) => {
    const lab = outOnly();
    const asks = question(HERE, STRANGER, { protocol, ...(protocol === 'icmp' ? {} : { port: 53 }) });
    lab.goesOut(asks);
    lab.wait(seconds);
    expect(lab.comesIn(answer(asks))).toBe(true);

    lab.wait(seconds + 1);

    expect(lab.comesIn(answer(asks))).toBe(false);
  });

  test('tracking: UDP with more than one exchange: idle for 180 s, and no longer', () => {
    const lab = outOnly();
    const asks = question(HERE, STRANGER, { protocol: 'udp', port: 53 });
    for (let exchange = 0; exchange < 2; exchange += 1) {
      lab.goesOut(asks);
      lab.comesIn(answer(asks));
    }
    lab.wait(180);
    expect(lab.comesIn(answer(asks))).toBe(true);

    lab.wait(181);

    expect(lab.comesIn(answer(asks))).toBe(false);
  });

  test('tracking: the server ends a TCP connection: its end passes, and what comes after does not', () => {
    const lab = outOnly();
    const asks = question(HERE, STRANGER, { port: 443 });
    lab.goesOut(asks);
    lab.goesOut({ ...asks, ends: true });

    expect(lab.comesIn(answer(asks, true))).toBe(true);
    expect(lab.comesIn(answer(asks))).toBe(false);
  });

  test('tracking: ESP: either side may begin, within 600 s', () => {
    const lab = outOnly();
    const mine = question(HERE, STRANGER, { protocol: 'esp', flow: 1 });
    const theirs = question(STRANGER, HERE, { protocol: 'esp', flow: 2 });
    expect(lab.comesIn(theirs)).toBe(false);

    lab.goesOut(mine);

    lab.wait(600);
    expect(lab.comesIn(theirs)).toBe(true);
    lab.wait(601);
    expect(lab.comesIn(theirs)).toBe(false);
  });

  test('tracking: what stands for itself, as messages of HA do: is not tracked', () => {
    const lab = outOnly();
    const message = question(HERE, PEER, { port: 28_769, flow: 0 });
    lab.goesOut(message);

    expect(lab.comesIn(answer(message))).toBe(false);
  });
});

describe('rules that change', () => {
  const narrow = group('narrow', [
    fromBlock(PROTOCOL.tcp, '192.0.2.0/24', 443),
    fromBlock(PROTOCOL.udp, '192.0.2.0/24'),
    fromBlock(PROTOCOL.icmp, '192.0.2.0/24'),
  ]);
  const asks = question(STRANGER, HERE, { port: 443 });

  test('revoked: a conversation that is tracked goes on, a new one does not begin', () => {
    const lab = new Lab(narrow);
    lab.comesIn(asks);

    lab.groups.revoke('narrow', PROTOCOL.tcp);

    expect(lab.comesIn(asks)).toBe(true);
    expect(lab.comesIn({ ...asks, flow: 2 })).toBe(false);
  });

  test('revoked: echo requests stop at once, and answers to earlier ones still go out', () => {
    const lab = new Lab(narrow);
    const ping = question(STRANGER, HERE, { protocol: 'icmp' });
    lab.comesIn(ping);

    lab.groups.revoke('narrow', PROTOCOL.icmp);

    expect(lab.comesIn(ping)).toBe(false);
    expect(lab.goesOut(answer(ping))).toBe(true);
  });

  test('revoked: rules of other protocols stay', () => {
    const lab = new Lab(narrow);

    lab.groups.revoke('narrow', PROTOCOL.tcp);

    expect(lab.comesIn(question(STRANGER, HERE, { protocol: 'udp', port: 53 }))).toBe(true);
  });

  test('revoked for everybody, everything may go out: the conversation was not tracked, and ends at once', () => {
    const lab = new Lab(group('web', [fromBlock(PROTOCOL.tcp, '0.0.0.0/0', 443)]));
    lab.comesIn(asks);
    lab.goesOut(answer(asks));

    lab.groups.revoke('web', PROTOCOL.tcp);

    expect(lab.comesIn(asks)).toBe(false);
  });

  test('revoked for everybody, answers pass by one port only: the conversation was tracked, and goes on', () => {
    const egress = [fromBlock(PROTOCOL.tcp, '0.0.0.0/0', 443)];
    const lab = new Lab(group('web', [fromBlock(PROTOCOL.tcp, '0.0.0.0/0', 443)], egress));
    lab.comesIn(asks);

    lab.groups.revoke('web', PROTOCOL.tcp);

    expect(lab.comesIn(asks)).toBe(true);
  });

  test('revoked: allow-all both ways: its conversations are not tracked, and end at once', () => {
    const lab = new Lab(group('all', [ANYTHING]));
    lab.comesIn(asks);

    lab.groups.revoke('all', null);

    expect(lab.comesIn(asks)).toBe(false);
  });

  test('revoked for all protocols: rules for one protocol stay', () => {
    const lab = new Lab(group('both', [ANYTHING, fromBlock(PROTOCOL.tcp, '0.0.0.0/0', 443)]));

    lab.groups.revoke('both', null);

    expect(lab.comesIn(asks)).toBe(true);
    expect(lab.comesIn(question(STRANGER, HERE, { port: 22, flow: 2 }))).toBe(false);
  });

  test('authorized again: what the scenario has is back, and nothing else that was revoked', () => {
    const lab = new Lab(narrow);
    lab.groups.revoke('narrow', PROTOCOL.tcp);
    lab.groups.revoke('narrow', PROTOCOL.icmp);

    lab.groups.authorize('narrow', PROTOCOL.tcp);

    expect(lab.comesIn(asks)).toBe(true);
    expect(lab.comesIn(question(STRANGER, HERE, { port: 22, flow: 2 }))).toBe(false);
    expect(lab.comesIn(question(STRANGER, HERE, { protocol: 'icmp' }))).toBe(false);
  });
});
