/** Monitoring, election and timers of pairs with cables: combinations that cost more than they bring, or end in a loop. */

import { profileTimers } from '../../ha/timers.ts';
import { writeDuration } from '../../scenario/schema/units.ts';
import { haPath, ofEach, onPremisesRule, PAGES } from '../on-premises-rule.ts';
import type { Firewall, Pair } from '../pair.ts';
import type { Edit, Problem, Rule } from '../rule.ts';

function isPreemptive({ ha }: Firewall): boolean {
  return ha['election-option'].preemptive;
}

function linkMonitored({ ha }: Firewall): string[] {
  const links = ha.monitoring['link-monitoring'];
  if (!links.enabled) return [];
  return Object.values(links['link-group']).flatMap((group) => (group.enabled ? group.interface : []));
}

function hasPathMonitoring({ ha }: Firewall): boolean {
  const paths = ha.monitoring['path-monitoring'];
  const groups = [paths['virtual-router'], paths['virtual-wire'], paths.vlan].flatMap((type) =>
    Object.values(type),
  );
  return paths.enabled && groups.some(({ enabled }) => enabled);
}

function isMonitored(firewall: Firewall): boolean {
  return linkMonitored(firewall).length > 0 || hasPathMonitoring(firewall);
}

/** Timers of the profile with those of `advanced:` over them, in microseconds. */
function timersOf({ ha, device }: Firewall) {
  const { timers } = ha['election-option'];
  const profile = profileTimers(timers === 'aggressive' ? timers : 'recommended', device.platform);
  const own = typeof timers === 'string' ? {} : timers.advanced;
  return {
    heartbeatUs: own['heartbeat-interval'] ?? profile.heartbeatIntervalUs,
    promotionUs: own['promotion-hold-time'] ?? profile.promotionHoldUs,
    masterHoldUs: own['additional-master-hold-up-time'] ?? profile.additionalMasterHoldUpUs,
    flapMax: own['flap-max'] ?? profile.flapMax,
  };
}

function advanced(firewall: Firewall, timer: string) {
  return haPath(firewall, 'election-option', 'timers', 'advanced', timer);
}

function isActivePassive({ ha }: Firewall): boolean {
  return ha.mode === 'active-passive';
}

function shutsDown(firewall: Firewall): boolean {
  return isActivePassive(firewall) && firewall.ha['passive-link-state'] === 'shutdown';
}

const PREEMPTIVE = ['election-option', 'preemptive'] as const;

/** Interfaces with an address that no link group has, where others have been thought of. */
function unmonitored(firewall: Firewall): Problem | null {
  const monitored = linkMonitored(firewall);
  const left = Object.keys(firewall.device.interfaces).filter((port) => !monitored.includes(port));
  if (monitored.length === 0 || left.length === 0) return null;
  const groups = haPath(firewall, 'monitoring', 'link-monitoring', 'link-group');
  const repair: Edit[] = [{ path: [...groups, 'hasim-lint'], set: { interface: left } }];
  const message = `no link group of ${firewall.name} has ${left.join(' or ')}`;
  return { path: groups, part: 'key', message, repair };
}

/** Path groups that need longer to fail than the loss of a whole firewall takes. */
function slowPaths(firewall: Firewall): Problem[] {
  const { heartbeatUs, promotionUs } = timersOf(firewall);
  const lossUs = 3 * heartbeatUs + promotionUs;
  const paths = firewall.ha.monitoring['path-monitoring'];
  if (!paths.enabled) return [];
  return Object.entries(paths['virtual-router']).flatMap(([name, group]): Problem[] => {
    const detectionUs = group['ping-interval'] * group['ping-count'];
    if (!group.enabled || detectionUs <= lossUs) return [];
    const path = haPath(firewall, 'monitoring', 'path-monitoring', 'virtual-router', name, 'ping-interval');
    const pings = `${writeDuration(group['ping-interval'])} × ${group['ping-count']}`;
    const message = `the pings of ${name} at ${firewall.name} need ${writeDuration(detectionUs)} (${pings}) to fail, longer than a lost peer takes (${writeDuration(lossUs)})`;
    return [{ path, message }];
  });
}

export const ON_PREMISES: readonly Rule[] = [
  onPremisesRule({
    id: 'H11',
    severity: 'warning',
    title: 'Preemptive together with passive-link-state shutdown and monitoring',
    rules: 'section 3.1 and R-085 (C18, K02)',
    url: PAGES.C18,
    consequence:
      'ports that are down cannot be monitored: the firewall looks healthy, preempts, fails again, until it is suspended for the loop',
    check: (pair) => {
      if (!pair.firewalls.every(isPreemptive)) return [];
      return ofEach(pair, (firewall) => {
        if (!shutsDown(firewall) || !isMonitored(firewall)) return null;
        const path = haPath(firewall, ...PREEMPTIVE);
        const message = `${firewall.name} is preemptive, shuts its links down as the passive, and monitors them`;
        return { path, message, repair: [{ path, set: false }] };
      });
    },
  }),
  onPremisesRule({
    id: 'H12',
    severity: 'warning',
    title: 'Preemptive at one firewall only',
    rules: 'R-069 (D09)',
    url: PAGES.D09,
    consequence: 'nobody preempts: the setting has no effect',
    check: ({ firewalls }) => {
      const on = firewalls.filter(isPreemptive);
      if (on.length !== 1) return [];
      return on.map((firewall) => {
        return {
          path: haPath(firewall, ...PREEMPTIVE),
          message: `preemptive is on at ${firewall.name} only`,
        };
      });
    },
  }),
  onPremisesRule({
    id: 'H13',
    severity: 'note',
    title: 'Preemptive with equal priorities',
    rules: 'R-071 (K11)',
    url: PAGES.K11,
    consequence: 'the firewall with the lower MAC address of HA1 takes the role back, whichever that is',
    check: ({ firewalls }) => {
      const [one, other] = firewalls;
      const priority = one.ha['election-option']['device-priority'];
      const equal = priority === other.ha['election-option']['device-priority'];
      if (!equal || !isActivePassive(one) || !firewalls.every(isPreemptive)) return [];
      const path = haPath(other, 'election-option', 'device-priority');
      return [
        {
          path,
          message: `${one.name} and ${other.name} are preemptive, and both have device-priority ${priority}`,
        },
      ];
    },
  }),
  onPremisesRule({
    id: 'H14',
    severity: 'warning',
    title: 'Neither links nor paths are monitored',
    rules: 'R-032 and section 4 (D02)',
    url: PAGES.D02,
    consequence:
      'an active that has lost its uplink stays active: there is no failover, and traffic is lost until somebody acts',
    check: (pair) =>
      ofEach(pair, (firewall) => {
        const ports = Object.keys(firewall.device.interfaces);
        if (isMonitored(firewall)) return null;
        const groups = haPath(firewall, 'monitoring', 'link-monitoring', 'link-group', 'hasim-lint');
        const repair: Edit[] = [
          { path: haPath(firewall, 'monitoring', 'link-monitoring', 'enabled'), set: true },
          { path: groups, set: { interface: ports } },
        ];
        const path = haPath(firewall, 'monitoring');
        const message = `${firewall.name} monitors neither links nor paths`;
        return { path, part: 'key', message, ...(ports.length > 0 && { repair }) };
      }),
  }),
  onPremisesRule({
    id: 'H15',
    severity: 'warning',
    title: 'A data interface is in no link group',
    rules: 'R-030 and R-032 (D02, D06)',
    url: PAGES.D06,
    consequence: 'when its cable is pulled the active stays active, unless a monitored path leads through it',
    check: (pair) => ofEach(pair, unmonitored),
  }),
  onPremisesRule({
    id: 'H16',
    severity: 'note',
    title: 'passive-link-state shutdown',
    rules: 'R-065 and section 9 (C01, K12)',
    url: PAGES.C01,
    consequence:
      'a failover waits for links to come up: 3 s to 5 s are reported, about 1 s or less with auto',
    check: (pair) =>
      ofEach(pair, (firewall) => {
        if (!shutsDown(firewall)) return null;
        const path = haPath(firewall, 'passive-link-state');
        const message = `${firewall.name} shuts its links down while it is passive`;
        return { path, message, repair: [{ path, set: 'auto' }] };
      }),
  }),
  onPremisesRule({
    id: 'H17',
    severity: 'note',
    title: 'LACP without pre-negotiation',
    rules: 'R-145 (D20)',
    url: PAGES.D20,
    consequence: 'the negotiation of LACP is added to every failover: less than a second is impossible',
    check: ({ firewalls }) =>
      firewalls.flatMap(({ name, device }) =>
        Object.entries(device.interfaces).flatMap(([port, { lacp }]): Problem[] => {
          if (lacp === undefined || lacp['pre-negotiation']) return [];
          const path = ['devices', name, 'interfaces', port, 'lacp', 'pre-negotiation'];
          return [
            {
              path,
              message: `${port} of ${name} negotiates LACP only once it serves`,
              repair: [{ path, set: true }],
            },
          ];
        }),
      ),
  }),
  onPremisesRule({
    id: 'H18',
    severity: 'warning',
    title: 'flap-max is 0',
    rules: 'R-083 and section 3.1 (D04, K02)',
    url: PAGES.K02,
    consequence: 'nothing ends a loop of failovers: a preemption or monitoring loop goes on for ever',
    check: (pair) =>
      ofEach(pair, (firewall) => {
        if (timersOf(firewall).flapMax !== 0) return null;
        const path = advanced(firewall, 'flap-max');
        return {
          path,
          message: `${firewall.name} is never suspended for flapping`,
          repair: [{ path, set: 3 }],
        };
      }),
  }),
  onPremisesRule({
    id: 'H19',
    severity: 'warning',
    title: 'additional-master-hold-up-time is 0',
    rules: 'R-050 (D04)',
    url: PAGES.D03,
    consequence:
      'a failure that both firewalls see hits the active before it knows that the passive has it too: both leave',
    check: (pair) =>
      ofEach(pair, (firewall) => {
        const { masterHoldUs } = timersOf(firewall);
        if (masterHoldUs > 0 || !isMonitored(firewall) || shutsDown(firewall)) return null;
        const path = advanced(firewall, 'additional-master-hold-up-time');
        const message = `${firewall.name} leaves its role the moment a monitor fails`;
        return { path, message, repair: [{ path, set: '500ms' }] };
      }),
  }),
  onPremisesRule({
    id: 'H20',
    severity: 'note',
    title: 'promotion-hold-time is 0',
    rules: 'R-022 and R-029 (D03)',
    url: PAGES.D03,
    consequence:
      'a peer that is heard again a moment later cannot stop the takeover any more: both are active for a while',
    check: (pair) =>
      ofEach(pair, (firewall) => {
        if (timersOf(firewall).promotionUs > 0) return null;
        const path = advanced(firewall, 'promotion-hold-time');
        return {
          path,
          message: `${firewall.name} takes over the moment it has lost its peer`,
          repair: [{ path, set: '2s' }],
        };
      }),
  }),
  onPremisesRule({
    id: 'H21',
    severity: 'note',
    title: 'monitor-hold-time of HA1 is longer than the heartbeats last',
    rules: 'R-005, R-008 and section 2.3 (D02, D05)',
    url: PAGES.D05,
    consequence: 'lost heartbeats declare the peer failed first: the hold time has no effect',
    check: (pair) =>
      ofEach(pair, (firewall) => {
        const { heartbeatUs } = timersOf(firewall);
        const holdUs = firewall.ha.interface.ha1['monitor-hold-time'];
        // The third heartbeat is lost 2 to 4 intervals after the cut, depending on its phase.
        if (holdUs <= 4 * heartbeatUs) return null;
        const path = haPath(firewall, 'interface', 'ha1', 'monitor-hold-time');
        const message = `HA1 of ${firewall.name} may be down for ${writeDuration(holdUs)}, and three heartbeats are lost within ${writeDuration(4 * heartbeatUs)}`;
        return { path, message };
      }),
  }),
  onPremisesRule({
    id: 'H22',
    severity: 'note',
    title: 'Path monitoring is slower than the loss of a peer',
    rules: 'R-024, R-037 (D02, D06)',
    url: PAGES.D06,
    consequence: 'a way that ends behind the firewall costs more than a firewall that dies',
    check: ({ firewalls }: Pair) => firewalls.flatMap(slowPaths),
  }),
];
