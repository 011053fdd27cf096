/**
 * `aws:` — the VPC around a pair of VM-Series firewalls, in the words of AWS: subnets, route tables, security groups, network
 * interfaces (ENIs), elastic IPs, instances, instance profiles, and how the EC2 API behaves.
 *
 * Names are the scenario's own and stand for the ids of AWS. An instance named like a device is that firewall; its network
 * interfaces are listed by device index: 0 is the management interface, 1 is ethernet1/1, 2 is ethernet1/2 (reference aws-ha.md,
 * sections 1.2 and 2). Any other instance is a plain host that probes and workloads may start from.
 */

import { z } from 'zod';
import { cidr, duration, ipProtocol, ipv4, line, name, wholeNumber } from './units.ts';
import { EC2_ACTIONS } from '../../cloud/aws/ec2-actions.ts';
import { INSTANCE_TYPES } from '../../cloud/aws/instance-types.ts';
import { awsApi } from './aws-api.ts';

/** The name by which a route, a link and an endpoint mean the internet gateway of the VPC. */
export const INTERNET_GATEWAY = 'internet-gateway';

/** No instance type has more (A5). */
const MOST_NETWORK_INTERFACES = 15;

const subnet = z.strictObject({
  cidr: cidr().describe('Its addresses.'),
  'availability-zone': name().default('a').describe('The zone of the subnet.'),
  'route-table': name().describe('The table by which it routes.'),
});

const route = z.strictObject({
  destination: cidr().describe('The network that it leads to.'),
  target: name().describe(
    'A network interface, an instance, a NAT gateway, a transit gateway, or internet-gateway.',
  ),
  count: wholeNumber(1, 1_000)
    .default(1)
    .describe('So many routes, to consecutive blocks of the size of the destination.'),
});

const routeTable = z.strictObject({
  routes: z.array(route).default([]).describe('Besides the one to the VPC itself.'),
  'edge-association': z
    .literal(INTERNET_GATEWAY)
    .optional()
    .describe('It routes what comes in from the internet.'),
});

/** `22`, `1024-65535`. */
const ports = z
  .union([
    wholeNumber(0, 65_535),
    z.string().regex(/^\d{1,5}-\d{1,5}$/, 'expected a port, or a range such as 1024-65535'),
  ])
  .transform((value, context): { from: number; to: number } => {
    const [from = 0, to = from] = String(value).split('-').map(Number);
    if (from <= to && to <= 65_535) return { from, to };
    context.addIssue({
      code: 'custom',
      message: 'expected a range of ports from 0 to 65535, the lower one first',
    });
    return z.NEVER;
  });

const rule = z
  .strictObject({
    protocol: ipProtocol().describe('IP protocol; HA2 with transport ip is 99.'),
    ports: ports.optional().describe('Destination ports of tcp and udp; all unless told.'),
    cidr: cidr().optional().describe('Whoever has an address in it.'),
    'security-group': name().optional().describe('Whoever has this group; self is the group itself.'),
  })
  .superRefine((entry, context) => {
    const peers = [entry.cidr, entry['security-group']].filter((item) => item !== undefined);
    if (peers.length !== 1) {
      context.addIssue({ code: 'custom', message: 'expected exactly one of cidr and security-group' });
    }
    if (entry.ports !== undefined && entry.protocol !== 'tcp' && entry.protocol !== 'udp') {
      context.addIssue({
        code: 'custom',
        path: ['ports'],
        message: 'expected ports only beside tcp and udp',
      });
    }
  });

const securityGroup = z.strictObject({
  ingress: z.array(rule).default([]).describe('What comes in; nothing unless told.'),
  egress: z.array(rule).optional().describe('What goes out; everything unless told.'),
});

const networkInterface = z.strictObject({
  subnet: name().describe('Where it is.'),
  'private-ip': ipv4().describe('Its primary private address.'),
  'secondary-private-ips': z.array(ipv4()).default([]).describe('Those that secondary-ip moves.'),
  'security-groups': z
    .array(name())
    .min(1, 'expected at least one security group')
    .max(16)
    .describe('A packet passes when a rule of any of them admits it.'),
  'source-dest-check': z
    .boolean()
    .default(true)
    .describe('On, it drops packets that are neither from nor to it.'),
});

const elasticIp = z.strictObject({
  'public-ip': ipv4().describe('The address on the internet.'),
  'network-interface': name().optional().describe('With which it is associated; with none unless told.'),
  'private-ip': ipv4().optional().describe('Of that network interface; its primary one unless told.'),
});

const vmSeries = z.strictObject({
  plugin: z
    .string({ error: 'expected a version of the VM-Series plugin such as 3.0.5' })
    .regex(/^\d{1,2}\.\d{1,2}\.\d{1,3}$/, 'expected a version of the VM-Series plugin such as 3.0.5')
    .default('3.0.5')
    .describe('Version of the VM-Series plugin.'),
  'dpdk-pkt-io': z.boolean().default(true).describe('`set system setting dpdk-pkt-io`.'),
  'mgmt-interface-swap': z
    .boolean()
    .default(false)
    .describe('eth0 becomes ethernet1/1, and eth1 management.'),
  'dns-server': ipv4().optional().describe("Of the management plane; the VPC's own resolver unless told."),
  license: line(60).default('byol').describe('hasim lint compares it between the firewalls.'),
});

const instance = z.strictObject({
  'instance-type': z
    .enum(Object.keys(INSTANCE_TYPES) as [string, ...string[]])
    .default('m5.xlarge')
    .describe('It limits how many network interfaces and addresses there may be.'),
  'network-interfaces': z
    .array(name())
    .min(1, 'expected at least one network interface')
    .max(MOST_NETWORK_INTERFACES, `expected at most ${MOST_NETWORK_INTERFACES} network interfaces`)
    .describe('By device index.'),
  'iam-instance-profile': name().optional().describe('What it may ask of the EC2 API; nothing unless told.'),
  'placement-group': name().optional().describe('hasim lint asks for one; it has no effect on a run.'),
  'metadata-options': z
    .strictObject({
      'http-tokens': z
        .enum(['optional', 'required'])
        .default('optional')
        .describe('required is IMDSv2; hasim lint looks at it.'),
    })
    .prefault({})
    .describe('Of the metadata service.'),
  'vm-series': vmSeries.prefault({}).describe('Of a firewall.'),
});

const instanceProfile = z.strictObject({
  actions: z
    .array(z.union([z.enum(EC2_ACTIONS), z.literal('*')]))
    .describe('What its policy allows of ec2:; `*` is everything.'),
  'route-tables': z
    .array(name())
    .optional()
    .describe('ReplaceRoute on these only (the resource of its statement); on all unless told.'),
});

export const awsSchema = z.strictObject({
  'failover-mode': z
    .enum(['interface-move', 'secondary-ip'])
    .default('secondary-ip')
    .describe('`request plugins vm_series aws ha failover-mode`'),
  region: line(40).default('eu-central-1').describe('For people.'),
  vpc: z
    .strictObject({
      cidr: cidr().describe('Its addresses.'),
      latency: duration({ to: '10s' })
        .prefault('50us')
        .describe('Between a network interface and the router of the VPC, one way.'),
    })
    .describe('The VPC.'),
  subnets: z.record(name(), subnet).describe('By name.'),
  'route-tables': z.record(name(), routeTable).describe('By name.'),
  'security-groups': z.record(name(), securityGroup).describe('By name.'),
  'network-interfaces': z.record(name(), networkInterface).describe('ENIs, by name.'),
  'elastic-ips': z.record(name(), elasticIp).default({}).describe('By name.'),
  instances: z
    .record(name(), instance)
    .describe('One named like a device is that firewall; any other is a host.'),
  'iam-instance-profiles': z.record(name(), instanceProfile).default({}).describe('By name.'),
  'internet-gateway': z
    .strictObject({ ip: cidr().describe('Its address.') })
    .optional()
    .describe('Its side towards the internet: what lies there has this address as its gateway.'),
  'nat-gateways': z
    .record(
      name(),
      z.strictObject({
        subnet: name().describe('Where it is.'),
        'elastic-ip': name().describe('Its address on the internet.'),
      }),
    )
    .default({})
    .describe('By name.'),
  'vpc-endpoints': z
    .record(
      name(),
      z.strictObject({
        subnets: z.array(name()).min(1).describe('Where it has network interfaces.'),
        'private-dns': z
          .boolean()
          .default(true)
          .describe('The usual name of the API leads to it; without, the plugin does not find it.'),
      }),
    )
    .default({})
    .describe('Interface endpoints of the EC2 API.'),
  'transit-gateways': z
    .record(
      name(),
      z.strictObject({
        subnets: z.array(name()).min(1).describe('Where it is attached.'),
        'appliance-mode': z.boolean().default(false).describe('hasim lint asks for it.'),
      }),
    )
    .default({})
    .describe('By name.'),
  'load-balancers': z
    .record(
      name(),
      z.strictObject({ targets: z.array(name()).min(1).describe('Network interfaces or instances.') }),
    )
    .default({})
    .describe('By name.'),
  terraform: z
    .strictObject({
      manages: z
        .array(z.enum(['routes', 'elastic-ips', 'network-interfaces', 'secondary-private-ips']))
        .default([])
        .describe('What is under its control.'),
      'ignore-changes': z.boolean().default(false).describe('It leaves what it manages as it finds it.'),
    })
    .optional()
    .describe('What the next apply puts back to where this file has it.'),
  'strata-cloud-manager': z
    .boolean()
    .default(false)
    .describe('The pair is managed by SCM, HA in its folder.'),
  api: awsApi.prefault({}).describe('How the EC2 API behaves.'),
});

export type Aws = z.output<typeof awsSchema>;
