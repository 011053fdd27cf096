/** What all firewalls of a run share, and what they tell the rest of it. */

import type { ArpRegistry } from '../network/ip-interface.ts';
import type { Network } from '../network/network.ts';
import type { RoutingEvents } from '../network/routing-events.ts';
import type { FlowNumbers } from '../traffic/flow-numbers.ts';
import type { SyncRoutes } from '../traffic/session-sync.ts';
import type { Firewall } from './firewall.ts';
import type { IpsecRoutes } from './ipsec.ts';
import type { KeepAliveRoutes } from './keep-alive.ts';
import type { FirewallRoutes } from './routes.ts';
import type { PluginContext } from './vm-series-plugin.ts';
import type { Books } from './takeover-books.ts';

/** The pair's sessions are judged outside of either firewall. */
export interface FirewallListener {
  /** The firewall takes over what its peer served, because of a record: what becomes of the sessions, as the tables stand now. */
  takesOver(firewall: Firewall, record: number): Books;
  /** It has dropped a packet for want of a session; `record`: the change of role since which it serves. */
  sessionMissing(firewall: Firewall, flow: number, record: number): void;
}

export interface FirewallContext {
  readonly flowNumbers: FlowNumbers;
  readonly network: Network;
  readonly registry: ArpRegistry;
  readonly routes: FirewallRoutes;
  readonly syncRoutes: SyncRoutes;
  readonly routing: RoutingEvents;
  readonly keepAliveRoutes: KeepAliveRoutes;
  readonly ipsecRoutes: IpsecRoutes;
  readonly listener: FirewallListener;
  /** Null outside of a cloud. */
  readonly plugin: PluginContext | null;
}
