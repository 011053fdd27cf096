/**
 * The kernel events of the firewalls, and the routes that bring them to the object they are for.
 */

import { Route } from '../kernel/route.ts';
import type { Simulation } from '../kernel/simulation.ts';
import { TIMER_NAMES } from '../ha/timers.ts';
import type { ConfigSync } from './config-sync.ts';
import type { ControlPath } from './control-path.ts';
import type { DataPort } from './data-port.ts';
import type { DataplaneLife } from './dataplane-life.ts';
import type { Firewall } from './firewall.ts';
import type { Announcer } from './garp.ts';
import type { HaPorts } from './ha-ports.ts';
import type { HaAgent } from './ha-agent.ts';
import type { Ha3Link } from './ha3-link.ts';
import type { HelloExchange } from './hello.ts';
import type { LinkMonitor } from './link-monitor.ts';
import type { PathProbe } from './path-monitor.ts';
import type { PolicyPush } from './policy-push.ts';

const EARLIER_EVENTS = [
  'ha.timer',
  'power.boot',
  'ha-agent.start',
  'dataplane.start',
  'heartbeat.send',
  'heartbeat.timeout',
  'ha1.monitor-hold',
  'hello.send',
  'hello.retransmit',
  'hello.silence',
  'link.detect',
  'ha3.detect',
  'path.ping',
  'port.light',
  'port.ready',
  'garp.send',
  'config.applied',
  'config.retransmit',
] as const;

/** Kinds that came later; a run numbers them behind all others, so that runs without them keep their digests. */
export const LATER_FIREWALL_EVENTS = ['policy.pushed', 'ha-port.start', 'service.restored'] as const;

export const FIREWALL_EVENTS = [...EARLIER_EVENTS, ...LATER_FIREWALL_EVENTS] as const;

/** What the record of a restored service says. */
export interface Restoration {
  /** The firewall. */
  readonly subject: string;
  readonly data: { readonly address?: string };
}

export class FirewallRoutes {
  readonly timer: Route<HaAgent>;
  readonly boot: Route<Firewall>;
  readonly agentStart: Route<Firewall>;
  readonly dataplaneStart: Route<DataplaneLife>;
  readonly heartbeatSend: Route<ControlPath>;
  readonly heartbeatTimeout: Route<ControlPath>;
  readonly monitorHold: Route<ControlPath>;
  readonly helloSend: Route<HelloExchange>;
  readonly helloRetransmit: Route<HelloExchange>;
  readonly helloSilence: Route<HelloExchange>;
  readonly linkDetect: Route<LinkMonitor>;
  readonly ha3Detect: Route<Ha3Link>;
  readonly pathPing: Route<PathProbe>;
  readonly portLight: Route<DataPort>;
  readonly portReady: Route<DataPort>;
  readonly garp: Route<Announcer>;
  readonly configApplied: Route<ConfigSync>;
  readonly configRetransmit: Route<ConfigSync>;
  readonly policyPush: Route<PolicyPush>;
  readonly haPortStart: Route<HaPorts>;
  readonly #restored: Route<Simulation>;

  constructor(simulation: Simulation) {
    this.timer = new Route(simulation, 'ha.timer', (item, timer) => {
      item.timerFired(TIMER_NAMES[timer] as (typeof TIMER_NAMES)[number]);
    });
    this.boot = new Route(simulation, 'power.boot', (item) => item.booted());
    this.agentStart = new Route(simulation, 'ha-agent.start', (item) => item.agentStarted());
    this.dataplaneStart = new Route(simulation, 'dataplane.start', (item) => item.restarted());
    this.heartbeatSend = new Route(simulation, 'heartbeat.send', (item) => item.sendHeartbeat());
    this.heartbeatTimeout = new Route(simulation, 'heartbeat.timeout', (item) => item.heartbeatTimedOut());
    this.monitorHold = new Route(simulation, 'ha1.monitor-hold', (item) => item.monitorHoldExpired());
    this.helloSend = new Route(simulation, 'hello.send', (item) => item.sendPeriodically());
    this.helloRetransmit = new Route(simulation, 'hello.retransmit', (item) => item.retransmit());
    this.helloSilence = new Route(simulation, 'hello.silence', (item) => item.silent());
    this.linkDetect = new Route(simulation, 'link.detect', (item, port) => item.detect(port));
    this.ha3Detect = new Route(simulation, 'ha3.detect', (item) => item.detect());
    this.pathPing = new Route(simulation, 'path.ping', (item) => item.tick());
    this.portLight = new Route(simulation, 'port.light', (item) => item.light());
    this.portReady = new Route(simulation, 'port.ready', (item, condition) => item.meets(condition));
    this.garp = new Route(simulation, 'garp.send', (item, left, which) => item.announceAgain(left, which));
    this.configApplied = new Route(simulation, 'config.applied', (item, _a, _b, running) => {
      item.apply(running as Parameters<ConfigSync['apply']>[0]);
    });
    this.configRetransmit = new Route(simulation, 'config.retransmit', (item) => item.retransmit());
    this.policyPush = new Route(simulation, 'policy.pushed', (item) => item.pushed());
    this.haPortStart = new Route(simulation, 'ha-port.start', (item) => item.restarted());
    this.#restored = new Route(simulation, 'service.restored', (item, record, _, payload) => {
      const { subject, data } = payload as Restoration;
      item.note('restored', subject, data, record);
    });
    this.#restored.add(simulation);
  }

  /**
   * Notes that traffic passes again, when the packet that shows it would have come so far.
   *
   * @param wayUs how long the packet, which is carried at once, would have been under way
   * @param record what brought the takeover about
   */
  noteRestored(wayUs: number, restoration: Restoration, record: number): void {
    this.#restored.schedule(wayUs, 0, record, 0, restoration);
  }
}
