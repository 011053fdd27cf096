/** HA links of pairs with cables: how much it takes to cut the firewalls off from each other, and what a cut costs. */

import { switchesOf } from '../cables.ts';
import { haPath, ofEach, onPremisesRule, PAGES } from '../on-premises-rule.ts';
import type { Firewall, Pair } from '../pair.ts';
import type { Edit, Problem, Rule } from '../rule.ts';

/** Platforms whose HA1-B port restarts with the dataplane (D10). */
const HA1_B_RESTARTS: readonly string[] = ['PA-1400', 'PA-3200', 'PA-3400'];

/** The ports of the control paths of a firewall, heartbeat-backup included. */
function controlPorts({ ha }: Firewall): string[] {
  const { ha1, 'ha1-backup': backup } = ha.interface;
  const heartbeat = ha['election-option']['heartbeat-backup'] ? ['management'] : [];
  return [ha1.port, ...(backup === undefined ? [] : [backup.port]), ...heartbeat];
}

function sharedSwitch({ scenario }: Pair, firewall: Firewall): Problem | null {
  const [first = '', ...others] = [...new Set(controlPorts(firewall))];
  const switches = switchesOf(scenario, firewall.name, first);
  for (const port of others) {
    const shared = switchesOf(scenario, firewall.name, port).find((name) => switches.includes(name));
    if (shared === undefined) continue;
    const message = `HA1 (${first}) and its backup (${port}) of ${firewall.name} both pass ${shared}`;
    return { path: haPath(firewall, 'interface', 'ha1', 'port'), message };
  }
  return null;
}

function withoutBackup(firewall: Firewall): Problem | null {
  if (controlPorts(firewall).length > 1) return null;
  const { port } = firewall.ha.interface.ha1;
  const path = haPath(firewall, 'interface', 'ha1');
  // On management HA1 would share the port of heartbeat-backup, which D04 forbids: a cable has to be laid.
  const edit: Edit = { path: haPath(firewall, 'election-option', 'heartbeat-backup'), set: true };
  const repair = port === 'management' ? {} : { repair: [edit] };
  const message = `${firewall.name} has HA1 on ${port}, and neither ha1-backup nor heartbeat-backup`;
  return { path, part: 'key', message, ...repair };
}

/** Hosts beside the pair that have a virtual MAC address of its group: another pair with this group-id. */
function otherPairs({ scenario, firewalls }: Pair): string[] {
  const group = firewalls[0].ha['group-id'].toString(16).padStart(2, '0');
  return Object.entries(scenario.network.hosts).flatMap(([name, { mac }]) =>
    mac?.toLowerCase().startsWith(`00:1b:17:00:${group}:`) === true ? [name] : [],
  );
}

/** A group-id that nobody on the segments has. */
function freeGroup(pair: Pair): number {
  const taken = Object.values(pair.scenario.network.hosts).map(({ mac = '' }) =>
    Number.parseInt(mac.split(':')[4] ?? '', 16),
  );
  const own = pair.firewalls[0].ha['group-id'];
  return (
    Array.from({ length: 63 }, (_, index) => index + 1).find((id) => id !== own && !taken.includes(id)) ?? own
  );
}

export const ON_PREMISES_LINKS: readonly Rule[] = [
  onPremisesRule({
    id: 'H01',
    severity: 'warning',
    title: 'HA1 has no backup',
    rules: 'R-146 and section 5.3 (K08)',
    url: PAGES.K08,
    consequence: 'one cut of HA1, and both firewalls are active: split brain',
    check: (pair) => ofEach(pair, withoutBackup),
  }),
  onPremisesRule({
    id: 'H02',
    severity: 'warning',
    title: 'HA1 and its backup share a switch',
    rules: 'R-146 and section 5.2 (K08)',
    url: PAGES.K08,
    consequence: 'when this switch fails both paths are gone, and both firewalls are active: split brain',
    check: (pair) => ofEach(pair, (firewall) => sharedSwitch(pair, firewall)),
  }),
  onPremisesRule({
    id: 'H03',
    severity: 'warning',
    title: 'HA1 shares a switch with HA2',
    rules: 'R-095 and R-146 (D05, K08)',
    url: PAGES.D05,
    consequence: 'one switch that fails splits the pair, and the sessions of one are unknown to the other',
    check: (pair) =>
      ofEach(pair, (firewall) => {
        const { ha1, ha2 } = firewall.ha.interface;
        if (ha2 === undefined || controlPorts(firewall).length > 1) return null;
        const switches = switchesOf(pair.scenario, firewall.name, ha1.port);
        const shared = switchesOf(pair.scenario, firewall.name, ha2.port).find((name) =>
          switches.includes(name),
        );
        if (shared === undefined) return null;
        const message = `HA1 (${ha1.port}) and HA2 (${ha2.port}) of ${firewall.name} both pass ${shared}`;
        return { path: haPath(firewall, 'interface', 'ha2', 'port'), message };
      }),
  }),
  onPremisesRule({
    id: 'H04',
    severity: 'error',
    title: 'Another pair on a segment has the same group-id',
    rules: 'R-141 (K14)',
    url: PAGES.K14,
    consequence: 'both pairs have one virtual MAC address: switches send the traffic of one to the other',
    check: (pair) => {
      const [one, other] = pair.firewalls;
      const group = one.ha['group-id'];
      const set = freeGroup(pair);
      const repair: Edit[] = [one, other].map((firewall) => ({ path: haPath(firewall, 'group-id'), set }));
      return otherPairs(pair).map((name) => {
        const path = ['network', 'hosts', name, 'mac'];
        return {
          path,
          message: `${name} has a virtual MAC address of group-id ${group}, the one of this pair`,
          repair,
        };
      });
    },
  }),
  onPremisesRule({
    id: 'H05',
    severity: 'error',
    title: 'HA1 is on HA1-B alone, which restarts with the dataplane',
    rules: 'R-019 (D10)',
    url: PAGES.D10,
    consequence: 'a restart of the dataplane takes HA1 down, and both firewalls are active: split brain',
    check: (pair) =>
      ofEach(pair, (firewall) => {
        const ports = controlPorts(firewall);
        if (ports.length > 1 || ports[0] !== 'ha1-b' || !HA1_B_RESTARTS.includes(firewall.device.platform))
          return null;
        const repair: Edit[] = [{ path: haPath(firewall, 'election-option', 'heartbeat-backup'), set: true }];
        const message = `the only control link of ${firewall.name}, a ${firewall.device.platform}, is on ha1-b`;
        return { path: haPath(firewall, 'interface', 'ha1', 'port'), message, repair };
      }),
  }),
  onPremisesRule({
    id: 'H06',
    severity: 'note',
    title: 'HA1 is on a data port',
    rules: 'R-018 (D05)',
    url: PAGES.D05,
    consequence: 'a dataplane that fails takes HA1 with it, and that alone makes the peer take over',
    check: (pair) =>
      ofEach(pair, (firewall) => {
        const { port } = firewall.ha.interface.ha1;
        if (!port.startsWith('ethernet') || controlPorts(firewall).length > 1) return null;
        return {
          path: haPath(firewall, 'interface', 'ha1', 'port'),
          message: `HA1 of ${firewall.name} is on ${port}`,
        };
      }),
  }),
  onPremisesRule({
    id: 'H07',
    severity: 'error',
    title: 'HA1 is encrypted on one firewall only',
    rules: 'R-149 (K21)',
    url: PAGES.K21,
    consequence: 'the control connection never opens: both firewalls are active',
    check: ({ scenario, firewalls }) => {
      const on = firewalls.filter(({ ha }) => ha.interface.ha1.encryption.enabled);
      const off = firewalls.filter((firewall) => !on.includes(firewall));
      const [encrypted, clear] = [on[0], off[0]];
      if (encrypted === undefined || clear === undefined) return [];
      const path = haPath(clear, 'interface', 'ha1', 'encryption', 'enabled');
      const message = `HA1 of ${encrypted.name} is encrypted, and that of ${clear.name} is not`;
      // A converged pair like this is refused, unless it is deliberate; repaired, it no longer is.
      const deliberate = scenario.deliberate.filter((rule) => rule !== 'R-149');
      const repair: Edit[] = [
        { path, set: true },
        { path: ['deliberate'], set: deliberate },
      ];
      return [{ path, message, repair }];
    },
  }),
  onPremisesRule({
    id: 'H08',
    severity: 'warning',
    title: 'Session synchronization is off',
    rules: 'R-096 (D05, K26)',
    url: PAGES.K26,
    consequence: 'every failover loses every session',
    check: (pair) =>
      ofEach(pair, (firewall) => {
        if (firewall.ha['state-synchronization'].enabled) return null;
        const path = haPath(firewall, 'state-synchronization', 'enabled');
        const message = `state-synchronization of ${firewall.name} is off`;
        return { path, message, repair: [{ path, set: true }] };
      }),
  }),
  onPremisesRule({
    id: 'H09',
    severity: 'note',
    title: 'HA2 has no keep-alive',
    rules: 'R-098 (C07, D05)',
    url: PAGES.C07,
    consequence:
      'HA2 that passes nothing on looks up: nothing is synchronized and nobody is told, until a failover loses sessions',
    check: (pair) =>
      ofEach(pair, (firewall) => {
        const { enabled, 'ha2-keep-alive': keepAlive } = firewall.ha['state-synchronization'];
        if (!enabled || keepAlive.enabled) return null;
        const path = haPath(firewall, 'state-synchronization', 'ha2-keep-alive', 'enabled');
        return { path, message: `ha2-keep-alive of ${firewall.name} is off`, repair: [{ path, set: true }] };
      }),
  }),
  onPremisesRule({
    id: 'H10',
    severity: 'warning',
    title: 'A switch in front of a firewall has no portfast',
    rules: 'section 9 (C16)',
    url: PAGES.C16,
    consequence:
      'a port that comes up listens and learns before it forwards: as long again is added to a failover',
    check: ({ scenario, firewalls }) => {
      const cabled = new Set(
        firewalls.flatMap(({ name, device }) =>
          Object.keys(device.interfaces).flatMap((port) => switchesOf(scenario, name, port)),
        ),
      );
      return [...cabled].flatMap((name): Problem[] => {
        if (scenario.network.switches[name]?.['spanning-tree'].portfast !== false) return [];
        const path = ['network', 'switches', name, 'spanning-tree', 'portfast'];
        return [{ path, message: `${name} has portfast off`, repair: [{ path, set: true }] }];
      });
    },
  }),
];
