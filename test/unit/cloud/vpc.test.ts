import { describe, expect, test } from 'vitest';
import { Inventory, type NetworkInterface } from '../../../src/cloud/aws/inventory.ts';
import type { RouteTarget, VpcSettings } from '../../../src/cloud/aws/settings.ts';
import { Vpc, type PacketFilter } from '../../../src/cloud/aws/vpc.ts';
import { formatIp, parseCidr, parseIp } from '../../../src/network/address.ts';
import { FLAG, FRAME, makeFrame, type Frame } from '../../../src/network/frame.ts';
import { Listener, Wire } from '../../helpers/wire.ts';

const ROUTER = 0x0600_0000_0001;
const CLIENT_MAC = 0xc1;
const FIREWALL_MAC = 0xf1;

const to = (name: string): RouteTarget => ({ kind: 'network-interface', name });

function networkInterface(
  name: string,
  subnet: string,
  ip: string,
): VpcSettings['networkInterfaces'][number] {
  const plain = { securityGroups: ['all'], sourceDestCheck: false };
  return { name, subnet, privateIp: parseIp(ip), secondaryIps: [], ...plain };
}

const SETTINGS: VpcSettings = {
  cidr: parseCidr('10.0.0.0/16'),
  subnets: [
    { name: 'private', cidr: parseCidr('10.0.4.0/24'), zone: 'a', routeTable: 'private' },
    { name: 'public', cidr: parseCidr('10.0.2.0/24'), zone: 'a', routeTable: 'public' },
  ],
  routeTables: [
    {
      name: 'private',
      edge: false,
      routes: [
        { destination: parseCidr('0.0.0.0/0'), target: to('inside') },
        { destination: parseCidr('192.168.0.0/16'), target: { kind: 'transit-gateway', name: 'tgw' } },
      ],
    },
    {
      name: 'public',
      edge: false,
      routes: [{ destination: parseCidr('0.0.0.0/0'), target: { kind: 'internet-gateway' } }],
    },
  ],
  securityGroups: [],
  networkInterfaces: [
    networkInterface('client', 'private', '10.0.4.20'),
    networkInterface('management', 'public', '10.0.2.9'),
    networkInterface('inside', 'public', '10.0.2.10'),
  ],
  elasticIps: [
    {
      name: 'eip',
      publicIp: parseIp('203.0.113.20'),
      association: { networkInterface: 'inside', privateIp: parseIp('10.0.2.10') },
    },
  ],
  instances: [
    { name: 'host', type: 't3.micro', networkInterfaces: ['client'], instanceProfile: null, firewall: null },
    {
      name: 'palo',
      type: 'm5.xlarge',
      networkInterfaces: ['management', 'inside'],
      instanceProfile: null,
      firewall: null,
    },
  ],
  instanceProfiles: [],
  internetGateway: parseCidr('198.51.100.1/24'),
  natGateways: [],
  endpoints: [],
};

/** A host and a firewall in a VPC, and somebody on the internet who knows nobody yet. */
class Lab {
  readonly wire = new Wire();
  readonly inventory: Inventory;
  readonly vpc: Vpc;
  readonly client: Listener;
  readonly firewall: Listener;
  readonly internet: Listener;
  readonly filter: { -readonly [Key in keyof PacketFilter]: PacketFilter[Key] } = {
    egress: () => true,
    ingress: () => true,
    changedBy: 0,
  };

  constructor(settings: Partial<VpcSettings> = {}) {
    this.inventory = new Inventory({ ...SETTINGS, ...settings });
    this.vpc = new Vpc(this.wire.network, this.inventory, this.filter);
    this.inventory.attachmentChanged = (item) => this.vpc.attachmentChanged(item);
    this.client = this.#guest('host', 0, CLIENT_MAC);
    this.firewall = this.#guest('palo', 1, FIREWALL_MAC);
    this.internet = this.wire.listener('internet');
    this.wire.cable(
      this.internet.port,
      this.vpc.addInternet(this.wire.registry, parseCidr('198.51.100.1/24')),
    );
  }

  #guest(instance: string, index: number, mac: number): Listener {
    const listener = this.wire.listener(instance);
    this.wire.cable(listener.port, this.vpc.addPlace(instance, index, mac, 'dhcp'));
    return listener;
  }

  /** A packet from a guest to the router. */
  send(from: Listener, source: string, destination: string): void {
    const mac = from === this.client ? CLIENT_MAC : FIREWALL_MAC;
    from.port.send(
      makeFrame(FRAME.udp, mac, ROUTER, parseIp(source), parseIp(destination), { flags: FLAG.toServer }),
    );
    this.wire.run(this.wire.simulation.nowUs + 10);
  }
}

const addresses = ({ sourceIp, destinationIp, destinationMac }: Frame): readonly unknown[] => [
  formatIp(sourceIp),
  formatIp(destinationIp),
  destinationMac,
];

const heard = (listener: Listener): readonly unknown[] =>
  listener.heard.filter(({ frame }) => frame.kind === FRAME.udp).map(({ frame }) => addresses(frame));

const item = (lab: Lab, name: string): NetworkInterface => lab.inventory.networkInterface(name);

describe('VPC: routes', () => {
  test('VPC: a route to a network interface: the packet comes to the guest behind it, as it is', () => {
    const lab = new Lab();

    lab.send(lab.client, '10.0.4.20', '198.51.100.10');

    expect(heard(lab.firewall)).toEqual([['10.0.4.20', '198.51.100.10', FIREWALL_MAC]]);
  });

  test('VPC: an address of the VPC: the local route, to whoever has the address', () => {
    const lab = new Lab();

    lab.send(lab.firewall, '198.51.100.10', '10.0.4.20');

    expect(heard(lab.client)).toEqual([['198.51.100.10', '10.0.4.20', CLIENT_MAC]]);
  });

  test('VPC: a longer prefix that leads out of the model: the packet is dropped, not sent the other way', () => {
    const lab = new Lab();

    lab.send(lab.client, '10.0.4.20', '192.168.1.1');

    expect(heard(lab.firewall)).toEqual([]);
  });

  test('VPC: a network interface that nobody has: a black hole, and the guest has no carrier', () => {
    const lab = new Lab();
    lab.inventory.detach('inside');
    lab.inventory.detached('inside');

    lab.send(lab.client, '10.0.4.20', '198.51.100.10');

    expect([heard(lab.firewall), lab.firewall.port.carrier]).toEqual([[], false]);
  });

  test('VPC: one that is attached, and that its guest does not see yet: a black hole until it does', () => {
    const lab = new Lab();
    lab.vpc.setUsable('inside', false);
    lab.send(lab.client, '10.0.4.20', '198.51.100.10');
    expect(heard(lab.firewall)).toEqual([]);

    lab.vpc.setUsable('inside', true);
    lab.send(lab.client, '10.0.4.20', '198.51.100.10');
    expect(heard(lab.firewall)).toHaveLength(1);
  });
});

describe('VPC: what a network interface lets through', () => {
  const checked = SETTINGS.networkInterfaces.map((one) => ({ ...one, sourceDestCheck: true }));

  test('VPC: source/destination check: drops what is not for the network interface itself', () => {
    const lab = new Lab({ networkInterfaces: checked });

    lab.send(lab.client, '10.0.4.20', '198.51.100.10');
    lab.send(lab.client, '10.0.4.20', '10.0.2.10');

    expect(heard(lab.firewall)).toEqual([['10.0.4.20', '10.0.2.10', FIREWALL_MAC]]);
  });

  test('VPC: source/destination check: drops what is not from it', () => {
    const lab = new Lab({ networkInterfaces: checked });

    lab.send(lab.firewall, '198.51.100.10', '10.0.4.20');
    lab.send(lab.firewall, '10.0.2.10', '10.0.4.20');

    expect(heard(lab.client)).toEqual([['10.0.2.10', '10.0.4.20', CLIENT_MAC]]);
  });

  test.each(['egress', 'ingress'] as const)(
    'VPC: security groups refuse %s: the packet is dropped',
    (way) => {
      const lab = new Lab();
      lab.filter[way] = (at) => at.settings.name !== (way === 'egress' ? 'client' : 'inside');

      lab.send(lab.client, '10.0.4.20', '198.51.100.10');

      expect(heard(lab.firewall)).toEqual([]);
    },
  );
});

describe('VPC: internet gateway', () => {
  /** Somebody on the internet has been heard, so that nobody has to be asked for. */
  function met(lab: Lab): void {
    const [from, own] = [parseIp('198.51.100.10'), parseIp('198.51.100.1')];
    lab.internet.port.send(makeFrame(FRAME.arpRequest, 0xaa, 0xffff_ffff_ffff, from, own, {}));
    lab.wire.run(lab.wire.simulation.nowUs + 10);
  }

  test('VPC: out: the elastic IP takes the place of the private address', () => {
    const lab = new Lab();
    met(lab);

    lab.send(lab.firewall, '10.0.2.10', '198.51.100.10');

    expect(heard(lab.internet)).toEqual([['203.0.113.20', '198.51.100.10', 0xaa]]);
  });

  test('VPC: out from an address without an elastic IP: dropped', () => {
    const lab = new Lab();
    met(lab);

    lab.send(lab.firewall, '10.0.4.20', '198.51.100.10');

    expect(heard(lab.internet)).toEqual([]);
  });

  test('VPC: in: to the network interface for which the elastic IP stands now', () => {
    const lab = new Lab();
    const packet = (): void => {
      const [from, eip] = [parseIp('198.51.100.10'), parseIp('203.0.113.20')];
      lab.internet.port.send(makeFrame(FRAME.udp, 0xaa, ROUTER, from, eip, { flags: FLAG.toServer }));
      lab.wire.run(lab.wire.simulation.nowUs + 10);
    };

    packet();
    expect(heard(lab.firewall)).toEqual([['198.51.100.10', '10.0.2.10', FIREWALL_MAC]]);

    lab.inventory.associated('eip', 'client', item(lab, 'client').settings.privateIp);
    packet();
    expect(heard(lab.client)).toEqual([['198.51.100.10', '10.0.4.20', CLIENT_MAC]]);
  });
});

describe('VPC: ARP', () => {
  const ask = (lab: Lab, sender: string, target: string): void => {
    const frame = makeFrame(
      FRAME.arpRequest,
      CLIENT_MAC,
      0xffff_ffff_ffff,
      parseIp(sender),
      parseIp(target),
      {},
    );
    lab.client.port.send(frame);
    lab.wire.run(lab.wire.simulation.nowUs + 10);
  };

  test('VPC: ARP for any address of the subnet: the router answers', () => {
    const lab = new Lab();

    ask(lab, '10.0.4.20', '10.0.4.1');

    expect(lab.client.heard.map(({ frame }) => [frame.kind, frame.sourceMac])).toEqual([
      [FRAME.arpReply, ROUTER],
    ]);
  });

  test('VPC: gratuitous ARP: nobody listens, and nothing moves', () => {
    const lab = new Lab();

    ask(lab, '10.0.2.10', '10.0.2.10');
    lab.send(lab.client, '10.0.4.20', '198.51.100.10');

    expect([lab.client.heard, heard(lab.firewall)]).toEqual([[], [expect.anything()]]);
  });
});

describe('VPC: HA messages from one subnet into another', () => {
  const PEER_MAC = 0x0e00_0000_0099;

  test.each<[gateway: string | null, arrives: boolean]>([
    ['dhcp', true],
    ['10.0.2.1', true],
    ['10.0.2.254', false],
    [null, false],
  ])('VPC: the gateway is %s: it arrives: %s', (gateway, arrives) => {
    const lab = new Lab();
    const sender = lab.wire.listener('sender');
    const known = gateway === null || gateway === 'dhcp' ? gateway : parseIp(gateway);
    lab.wire.cable(sender.port, lab.vpc.addPlace('palo', 0, PEER_MAC, known));

    sender.port.send(makeFrame(FRAME.sessionSync, PEER_MAC, CLIENT_MAC, 0, 0, { bytes: 64 }));
    lab.wire.run(10);

    expect(lab.client.heard.map(({ frame }) => frame.kind)).toEqual(arrives ? [FRAME.sessionSync] : []);
  });

  test('VPC: within a subnet: nobody asks for a gateway', () => {
    const lab = new Lab();
    const sender = lab.wire.listener('sender');
    lab.wire.cable(sender.port, lab.vpc.addPlace('palo', 0, PEER_MAC, null));

    sender.port.send(makeFrame(FRAME.sessionSync, PEER_MAC, FIREWALL_MAC, 0, 0, { bytes: 64 }));
    lab.wire.run(10);

    expect(lab.firewall.heard.map(({ frame }) => frame.kind)).toEqual([FRAME.sessionSync]);
  });
});
