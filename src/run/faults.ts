/**
 * Carries out the timeline of a scenario: faults and operator actions, each noted as the root of what follows from it.
 */

import { protocolNumber } from '../cloud/aws/written-rule.ts';
import { Route } from '../kernel/route.ts';
import type { Simulation } from '../kernel/simulation.ts';
import { parseIp } from '../network/address.ts';
import type { Link } from '../network/link.ts';
import type { Network } from '../network/network.ts';
import type { ConfigChange } from '../firewall/config-sync.ts';
import type { Compatibility, HaConfig } from '../ha/config.ts';
import type { Firewall } from '../firewall/firewall.ts';
import type { TimelineAction } from '../scenario/schema/timeline.ts';
import { impairmentOf } from './link-settings.ts';
import { readInterfaces, readRoutes } from './running-config.ts';

export const TIMELINE_EVENTS = ['timeline.act'] as const;

/** What actions act on. */
export interface Stage {
  readonly simulation: Simulation;
  readonly network: Network;
  firewall(name: string): Firewall;
  /** Null outside of AWS. */
  readonly cloud: CloudStage | null;
}

/** What actions do to a VPC. */
export interface CloudStage {
  /** An instance that was stopped is started. */
  start(instance: string): void;
  terminate(instance: string): void;
  /** @param protocol IP protocol number; null = rules for all protocols */
  revokeIngress(group: string, protocol: number | null): void;
  authorizeIngress(group: string, protocol: number | null): void;
  /** @param node the firewall that cannot reach the API; null = nobody can */
  apiUnavailable(node: string | null, cause: number): void;
  apiAvailable(node: string | null): void;
  /** Puts back what Terraform manages. */
  apply(): void;
}

/** What an operator does; every other action is a fault, or the end of one. */
export const OPERATOR_ACTIONS: ReadonlySet<string> = new Set([
  'suspend',
  'functional',
  'candidate',
  'commit',
  'upgrade',
  'sync-to-remote',
  'clear-session-all',
  'policy-push',
  'authorize-security-group-ingress',
  'terraform-apply',
]);

/** Schedules every action of the timeline. */
export function scheduleTimeline(stage: Stage, timeline: readonly TimelineAction[]): void {
  const route = new Route<TimelineAction>(stage.simulation, 'timeline.act', (item) => act(stage, item));
  for (const item of timeline) stage.simulation.scheduleAt(item.atUs, route.kind, route.add(item));
}

function act(stage: Stage, item: TimelineAction): void {
  const { simulation } = stage;
  const operator = OPERATOR_ACTIONS.has(item.action);
  const data = { action: item.action, text: describeAction(item) };
  simulation.cause = simulation.note(operator ? 'operator' : 'fault', subjectOf(item), data, 0);
  perform(stage, item, simulation.cause);
}

function perform(stage: Stage, item: TimelineAction, cause: number): void {
  const { network } = stage;
  switch (item.action) {
    case 'interface-down':
      return portOf(stage, item.value).fail(cause);
    case 'interface-up':
      return portOf(stage, item.value).repair(cause);
    case 'link-down':
      return network.link(item.value).cut(cause);
    case 'link-up':
      return network.link(item.value).mend(cause);
    case 'blackhole':
      return eachSide(network.link(item.value.link), item.value.direction, (link, side) =>
        link.blackhole(side, cause),
      );
    case 'blackhole-end':
      return eachSide(network.link(item.value.link), item.value.direction, (link, side) =>
        link.clearBlackhole(side),
      );
    case 'impair': {
      const over = impairmentOf(item.value);
      return eachSide(network.link(item.value.link), item.value.direction, (link, side) =>
        link.impair(side, over, cause),
      );
    }
    case 'impair-end':
      return eachSide(network.link(item.value.link), item.value.direction, (link, side) =>
        link.clearImpairment(side),
      );
    case 'power-off':
      return stage.firewall(item.value).powerOff();
    case 'power-on':
      stage.cloud?.start(item.value);
      return stage.firewall(item.value).powerOn();
    case 'reboot':
      return stage.firewall(item.value).reboot();
    case 'ha-agent-hang':
      return stage.firewall(item.value).hangAgent();
    case 'ha-agent-restart':
      return stage.firewall(item.value).restartAgent();
    case 'management-plane-stall':
      return stage.firewall(item.value).stallManagement();
    case 'management-plane-resume':
      return stage.firewall(item.value).resumeManagement();
    case 'dataplane-crash':
      return stage.firewall(item.value).crashDataplane();
    case 'policy-push-failure':
      return stage.firewall(item.value).setPolicyPushFailed(true);
    case 'policy-push':
      return stage.firewall(item.value).setPolicyPushFailed(false);
    case 'target-unreachable':
      network.silence(parseIp(item.value), cause);
      return;
    case 'target-reachable':
      network.unsilence(parseIp(item.value));
      return;
    case 'suspend':
      return stage.firewall(item.value).suspend();
    case 'functional':
      return stage.firewall(item.value).makeFunctional();
    case 'candidate':
      return stage.firewall(item.value.device).configuration.edit(changeOf(item.value));
    case 'commit': {
      const firewall = stage.firewall(item.value.device);
      const ha = item.value['high-availability'];
      if (ha !== undefined) firewall.commitHa(compatibilityOf(ha, firewall.settings.ha));
      return firewall.configuration.commit(changeOf(item.value), firewall.settings.configurationSync);
    }
    case 'upgrade':
      return stage.firewall(item.value.device).upgrade(item.value['sw-version']);
    case 'clear-session-all':
      return stage.firewall(item.value).sync.flushed();
    case 'sync-to-remote':
      return stage.firewall(item.value).configuration.push();
    case 'terminate-instance':
      stage.firewall(item.value).powerOff();
      return stage.cloud?.terminate(item.value);
    case 'revoke-security-group-ingress':
      return stage.cloud?.revokeIngress(item.value['security-group'], protocolNumber(item.value.protocol));
    case 'authorize-security-group-ingress':
      return stage.cloud?.authorizeIngress(item.value['security-group'], protocolNumber(item.value.protocol));
    case 'api-unavailable':
      return stage.cloud?.apiUnavailable(item.value === 'all' ? null : item.value, cause);
    case 'api-available':
      return stage.cloud?.apiAvailable(item.value === 'all' ? null : item.value);
    case 'terraform-apply':
      return stage.cloud?.apply();
  }
}

type Commit = Extract<TimelineAction, { action: 'commit' }>['value'];

/** What is changed of the configuration that the peers share. */
function changeOf(value: Pick<Commit, 'interfaces' | 'static-route'>): ConfigChange {
  const { interfaces, 'static-route': routes } = value;
  return {
    ...(interfaces === undefined ? {} : { interfaces: readInterfaces(interfaces) }),
    ...(routes === undefined ? {} : { routes: readRoutes(routes) }),
  };
}

/** What is changed of the HA settings, in the words in which peers compare them. */
function compatibilityOf(
  ha: NonNullable<Commit['high-availability']>,
  { stateSynchronization }: HaConfig,
): Partial<Compatibility> {
  const { 'group-id': groupId, 'state-synchronization': sync } = ha;
  return {
    ...(groupId === undefined ? {} : { groupId }),
    ...(sync === undefined || !stateSynchronization ? {} : { ha2Transport: sync.transport }),
  };
}

function portOf(stage: Stage, reference: string): ReturnType<Firewall['port']> {
  const [device = '', port = ''] = reference.split(':');
  return stage.firewall(device).port(port);
}

type Direction = 'both' | { readonly from: string };

function eachSide(link: Link, direction: Direction, act: (link: Link, side: 0 | 1) => void): void {
  for (const side of [0, 1] as const) {
    const { node, name } = link.ends[side];
    const fits =
      direction === 'both' || direction.from === node.name || direction.from === `${node.name}:${name}`;
    if (fits) act(link, side);
  }
}

function subjectOf(item: TimelineAction): string {
  if (typeof item.value === 'string') return item.value.split(':')[0] as string;
  if ('security-group' in item.value) return item.value['security-group'];
  return 'link' in item.value ? item.value.link : item.value.device;
}

/** The entry as its author would say it: `interface-down palo-1:ethernet1/1`. */
function describeAction(item: TimelineAction): string {
  if (typeof item.value === 'string') return `${item.action} ${item.value}`;
  if ('security-group' in item.value) {
    return `${item.action} ${item.value['security-group']} ${item.value.protocol}`;
  }
  if (!('link' in item.value)) return `${item.action} ${item.value.device}`;
  const { link, direction } = item.value;
  return `${item.action} ${link}${direction === 'both' ? '' : ` from ${direction.from}`}`;
}
