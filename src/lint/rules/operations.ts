/** What happens around the pair: gateways in front of it, tokens of the metadata service, rules that are revoked, keep-alives. */

import { attachmentName } from '../../scenario/aws-cabling.ts';
import { writeDuration } from '../../scenario/schema/units.ts';
import { awsRule } from '../aws-rule.ts';
import { section5, URLS, type Problem, type Rule } from '../rule.ts';

const R3 = 'https://github.com/salsop/salsop-aws-terraform-vmseries-crosszone-high-availabilty-deployment';

/** The protocols of HA1, as rules of a group have them. */
const HA1_PROTOCOLS: readonly unknown[] = ['icmp', 'tcp', 'all', 1, 6];

export const OPERATIONS: readonly Rule[] = [
  awsRule({
    id: 'X36',
    severity: 'warning',
    title: 'A transit gateway is attached without appliance mode',
    source: section5('X36', URLS.R1),
    consequence:
      'the two directions of a session may take different ways, and the firewall drops what it sees half of',
    check: ({ aws }) =>
      Object.entries(aws['transit-gateways']).flatMap(([name, gateway]): Problem[] => {
        if (gateway['appliance-mode']) return [];
        const path = ['aws', 'transit-gateways', name, 'appliance-mode'];
        return [{ path, message: `${name} has no appliance mode`, repair: [{ path, set: true }] }];
      }),
  }),
  awsRule({
    id: 'X39',
    severity: 'warning',
    title: 'The metadata service wants tokens that the plugin may not know',
    source: section5('X39', R3),
    consequence: 'the plugin gets no credentials, so no call of the EC2 API is signed',
    check: ({ firewalls }) =>
      firewalls.flatMap(({ name, instance }): Problem[] => {
        if (instance?.['metadata-options']['http-tokens'] !== 'required') return [];
        const { plugin } = instance['vm-series'];
        // Tokens were a problem in 2021 (R3, plugin 2) and are none in 2026 (R1, plugin 3); nobody says since when.
        if (Number(plugin.split('.')[0]) >= 3) return [];
        const path = ['aws', 'instances', name, 'metadata-options', 'http-tokens'];
        const message = `${name} requires tokens (IMDSv2), and its plugin is ${plugin}`;
        return [{ path, message, repair: [{ path, set: 'optional' }] }];
      }),
  }),
  awsRule({
    id: 'X40',
    severity: 'warning',
    title: 'The rule that admits HA1 is removed while both are healthy',
    source: section5('X40', URLS.R1),
    consequence:
      'a false failover: the passive promotes itself and pulls interfaces or addresses from an active that works',
    check: ({ scenario, firewalls }) => {
      const groups = new Set(firewalls.flatMap(({ attached }) => attached[0]?.['security-groups'] ?? []));
      return scenario.timeline.flatMap((entry): Problem[] => {
        if (entry.action !== 'revoke-security-group-ingress') return [];
        const { 'security-group': group, protocol } = entry.value;
        if (!groups.has(group) || !HA1_PROTOCOLS.includes(protocol)) return [];
        const path = ['timeline', entry.entry, 'revoke-security-group-ingress'];
        return [
          {
            path,
            part: 'key',
            message: `${group}, the group of management, loses its rules for ${protocol}`,
          },
        ];
      });
    },
  }),
  awsRule({
    id: 'X41',
    severity: 'note',
    title: 'Strata Cloud Manager is expected to manage HA',
    source: section5('X41', URLS.R4),
    consequence:
      'HA over the management port was not supported in its folders (2025.r5.0): configure HA on the firewalls',
    check: ({ aws }) =>
      aws['strata-cloud-manager']
        ? [{ path: ['aws', 'strata-cloud-manager'], message: 'the pair is managed by Strata Cloud Manager' }]
        : [],
  }),
  awsRule({
    id: 'X42',
    severity: 'note',
    title: 'The keep-alive of HA2 is shorter than the worst jitter of HA2',
    source: section5('X42', URLS.P2),
    consequence: 'the log fills with keep-alives that failed, and an action may follow',
    check: ({ scenario, firewalls }) => {
      const links = new Set(firewalls.map(({ name }) => attachmentName(name, 1)));
      const worstUs = Math.max(
        0,
        ...scenario.timeline.flatMap((entry) => {
          if (entry.action !== 'impair' || !links.has(entry.value.link)) return [];
          return [(entry.value.latency ?? 0) + (entry.value.jitter ?? 0)];
        }),
      );
      return firewalls.flatMap(({ name, ha }): Problem[] => {
        const { enabled, threshold } = ha['state-synchronization']['ha2-keep-alive'];
        if (!enabled || threshold > worstUs) return [];
        const path = [
          'devices',
          name,
          'high-availability',
          'state-synchronization',
          'ha2-keep-alive',
          'threshold',
        ];
        const message = `the threshold of ${name} is ${writeDuration(threshold)}, and HA2 is late by up to ${writeDuration(worstUs)}`;
        return [{ path, message }];
      });
    },
  }),
];
