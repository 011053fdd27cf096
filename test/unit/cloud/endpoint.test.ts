import { describe, expect, test } from 'vitest';
import { apiWay, type ApiWay } from '../../../src/cloud/aws/endpoint.ts';
import { Inventory } from '../../../src/cloud/aws/inventory.ts';
import { SecurityGroups } from '../../../src/cloud/aws/security-groups.ts';
import type {
  RouteSettings,
  RouteTarget,
  RuleSettings,
  VpcSettings,
} from '../../../src/cloud/aws/settings.ts';
import { PROTOCOL } from '../../../src/cloud/aws/traffic-of.ts';
import { parseIp } from '../../../src/network/address.ts';
import {
  ANYTHING,
  elasticIp,
  fromBlock,
  group,
  instance,
  networkInterface,
  route,
  subnet,
  vpcSettings,
} from '../../helpers/vpc-settings.ts';
import { Wire } from '../../helpers/wire.ts';

const GATEWAY: RouteTarget = { kind: 'internet-gateway' };
const REACHABLE: ApiWay = { reachable: true };
const MANAGEMENT = networkInterface('mgmt-eni', 'mgmt', '10.0.0.10', ['mgmt-sg']);
const TRUST = networkInterface('trust-eni', 'data', '10.0.1.10', ['mgmt-sg']);
const EIP = elasticIp('mgmt-ip', MANAGEMENT);
const TO_GATEWAY = route('0.0.0.0/0', GATEWAY);

interface Case extends Partial<VpcSettings> {
  /** Of the management subnet. */
  readonly routes?: readonly RouteSettings[];
  readonly egress?: readonly RuleSettings[];
  readonly dns?: string;
}

/** One firewall in a VPC; its management has a route to the internet gateway and an elastic IP unless told. */
class Lab {
  readonly inventory: Inventory;
  readonly #groups: SecurityGroups;

  constructor({ routes = [TO_GATEWAY], egress = [ANYTHING], dns, ...part }: Case = {}) {
    const { routeTables = [], ...rest } = part;
    this.inventory = new Inventory(
      vpcSettings({
        securityGroups: [group('mgmt-sg', [], egress)],
        networkInterfaces: [MANAGEMENT, TRUST],
        elasticIps: [EIP],
        instances: [instance('palo-1', ['mgmt-eni'], dns), instance('palo-2', ['trust-eni'])],
        routeTables: [{ name: 'mgmt', edge: false, routes }, ...routeTables],
        ...rest,
      }),
    );
    this.#groups = new SecurityGroups(new Wire().simulation, this.inventory);
  }

  way(forwards?: (networkInterface: string) => boolean): ApiWay {
    return apiWay(this.inventory, this.#groups, 'palo-1', forwards);
  }
}

const unreachable = (why: string): ApiWay => ({ reachable: false, why });

describe('EC2 API: by the internet gateway', () => {
  test('EC2 API: a route to the internet gateway and an elastic IP: reachable', () => {
    expect(new Lab().way()).toEqual(REACHABLE);
  });

  test('EC2 API: no elastic IP on the management interface: unreachable, until it has one (X11)', () => {
    const lab = new Lab({ elasticIps: [{ ...EIP, association: null }] });
    expect(lab.way()).toEqual(unreachable('mgmt-eni has no elastic IP'));

    lab.inventory.associated('mgmt-ip', 'mgmt-eni', MANAGEMENT.privateIp);

    expect(lab.way()).toEqual(REACHABLE);
  });

  test('EC2 API: an elastic IP on another address of the interface: is none for management', () => {
    const lab = new Lab({ elasticIps: [elasticIp('mgmt-ip', MANAGEMENT, '10.0.0.100')] });

    expect(lab.way()).toEqual(unreachable('mgmt-eni has no elastic IP'));
  });

  test('EC2 API: no route out of the management subnet: unreachable (X11)', () => {
    const lab = new Lab({ routes: [route('192.168.0.0/16', GATEWAY)] });

    expect(lab.way()).toEqual(unreachable('no route to the internet from the subnet mgmt'));
  });

  test('EC2 API: two routes that fit: the longer prefix', () => {
    const transit: RouteTarget = { kind: 'transit-gateway', name: 'tgw' };
    const halves = [route('0.0.0.0/1', transit), route('128.0.0.0/1', transit)];

    expect(new Lab({ routes: [TO_GATEWAY, ...halves] }).way()).toEqual(
      unreachable('a transit-gateway is no way to the internet here'),
    );
  });
});

describe('EC2 API: security groups of management', () => {
  test('EC2 API: TCP 443 alone may go out, names resolved by the VPC: reachable', () => {
    expect(new Lab({ egress: [fromBlock(PROTOCOL.tcp, '0.0.0.0/0', 443)] }).way()).toEqual(REACHABLE);
  });

  test('EC2 API: TCP 443 may not go out: unreachable', () => {
    const lab = new Lab({ egress: [fromBlock(PROTOCOL.udp, '0.0.0.0/0', 53)] });

    expect(lab.way()).toEqual(unreachable('its security groups let no TCP 443 out'));
  });
});

describe('EC2 API: through others', () => {
  const nat = { name: 'nat', subnet: 'public', publicIp: parseIp('203.0.113.30') };
  const throughNat = (routes: readonly RouteSettings[]): Lab =>
    new Lab({
      routes: [route('0.0.0.0/0', { kind: 'nat-gateway', name: 'nat' })],
      elasticIps: [],
      subnets: [
        subnet('mgmt', '10.0.0.0/24'),
        subnet('data', '10.0.1.0/24'),
        subnet('public', '10.0.2.0/24'),
      ],
      natGateways: [nat],
      routeTables: [{ name: 'public', edge: false, routes }],
    });

  test('EC2 API: a NAT gateway in a subnet that routes to the internet gateway: reachable, without an elastic IP', () => {
    expect(throughNat([TO_GATEWAY]).way()).toEqual(REACHABLE);
  });

  test('EC2 API: a NAT gateway in a subnet without that route: unreachable', () => {
    expect(throughNat([]).way()).toEqual(
      unreachable('the NAT gateway nat has no route to the internet gateway'),
    );
  });

  const throughPair = (): Lab =>
    new Lab({
      routes: [route('0.0.0.0/0', { kind: 'network-interface', name: 'trust-eni' })],
      elasticIps: [],
    });
  const passesNothing = unreachable('its way leads through trust-eni, which passes nothing on');

  test('EC2 API: a network interface of the pair: reachable while its firewall forwards (X12)', () => {
    const asked: string[] = [];
    const forwards = (result: boolean) => (name: string) => {
      asked.push(name);
      return result;
    };

    expect(throughPair().way(forwards(true))).toEqual(REACHABLE);
    expect(throughPair().way(forwards(false))).toEqual(passesNothing);
    expect(asked).toEqual(['trust-eni', 'trust-eni']);
  });

  test('EC2 API: a network interface that nobody has: unreachable, whoever forwards', () => {
    const lab = throughPair();
    const item = lab.inventory.networkInterface('trust-eni');
    item.attachment = null;

    expect(lab.way(() => true)).toEqual(passesNothing);
  });

  test('EC2 API: a route that leads somewhere else meanwhile: asked anew', () => {
    const lab = throughPair();
    const [only] = lab.inventory.routes;
    expect(lab.way(() => false)).toEqual(passesNothing);

    if (only !== undefined) only.effective = { kind: 'internet-gateway' };

    expect(lab.way(() => false)).toEqual(unreachable('mgmt-eni has no elastic IP'));
  });
});

describe('EC2 API: an interface endpoint', () => {
  const endpoint = (privateDns: boolean, part: Case = {}): Lab =>
    new Lab({ endpoints: [{ subnets: ['data'], privateDns }], routes: [], elasticIps: [], ...part });

  test('EC2 API: an interface endpoint with private DNS: reachable without any route to the internet', () => {
    expect(endpoint(true).way()).toEqual(REACHABLE);
  });

  test('EC2 API: an interface endpoint without private DNS: its name leads to the internet all the same (X14)', () => {
    expect(endpoint(false).way()).toEqual(unreachable('no route to the internet from the subnet mgmt'));
  });

  test('EC2 API: TCP 443 may go to the endpoint only: reachable', () => {
    const egress = [fromBlock(PROTOCOL.tcp, '10.0.0.0/16', 443)];

    expect(endpoint(true, { egress }).way()).toEqual(REACHABLE);
  });

  test('EC2 API: TCP 443 may not go to the endpoint: unreachable', () => {
    const egress = [fromBlock(PROTOCOL.tcp, '192.0.2.0/24', 443)];

    expect(endpoint(true, { egress }).way()).toEqual(unreachable('its security groups let no TCP 443 out'));
  });
});

describe('EC2 API: a DNS server of its own', () => {
  test('EC2 API: a DNS server in the VPC, UDP 53 may go out: reachable', () => {
    expect(new Lab({ dns: '10.0.1.53' }).way()).toEqual(REACHABLE);
  });

  test('EC2 API: a DNS server, and UDP 53 may not go out: unreachable', () => {
    const lab = new Lab({ dns: '10.0.1.53', egress: [fromBlock(PROTOCOL.tcp, '0.0.0.0/0', 443)] });

    expect(lab.way()).toEqual(
      unreachable('its security groups let no UDP 53 out, so the name of the endpoint is not resolved'),
    );
  });

  test('EC2 API: a DNS server on the internet without a way there: unreachable, in spite of an endpoint (X13)', () => {
    const endpoints = [{ subnets: ['data'], privateDns: true }];
    const lab = new Lab({ dns: '192.0.2.53', endpoints, routes: [] });

    expect(lab.way()).toEqual(
      unreachable('its DNS server is not reached: no route to the internet from the subnet mgmt'),
    );
  });

  test('EC2 API: a DNS server on the internet by a route of its own: reachable', () => {
    const endpoints = [{ subnets: ['data'], privateDns: true }];
    const lab = new Lab({ dns: '192.0.2.53', endpoints, routes: [route('192.0.2.0/24', GATEWAY)] });

    expect(lab.way()).toEqual(REACHABLE);
  });
});

test('EC2 API: an instance without a network interface: unreachable', () => {
  const lab = new Lab({ instances: [instance('palo-1', [])] });

  expect(lab.way()).toEqual(unreachable('no management interface'));
});
