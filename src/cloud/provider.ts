/**
 * What the firewalls of a pair need of a cloud, whichever it is: that somebody moves the data path to the one that becomes active.
 *
 * In a cloud nothing answers a gratuitous ARP. The role is PAN-OS's and the data path is the provider's; they are two things, and
 * this is where they meet (reference aws-ha.md, section 1.1). A provider is one folder, and passes the contract tests of
 * `test/helpers/provider-contract.ts`.
 */

/** Kernel events that every provider schedules. */
export const CLOUD_EVENTS = ['cloud.call', 'cloud.operation', 'cloud.takeover'] as const;

/** Something whose owner decides where packets go. */
export interface Asset {
  /** In the provider's words: `network-interface`, `private-ip`, `elastic-ip`, `route`. */
  readonly kind: string;
  /** As the scenario names it: `palo-outside-eni`, `10.0.2.100`, `0.0.0.0/0 of trust`. */
  readonly name: string;
  /** The firewall that has it now; null = nobody. */
  readonly owner: string | null;
}

/** How a takeover of the data path stands or ended. */
export type TakeoverStep = 'begun' | 'complete' | 'failed' | 'abandoned';

export interface CloudProvider {
  /**
   * This firewall has become active and takes the data path over. What it has already needs no call. A takeover that is under way
   * for it is begun anew.
   *
   * @param cause record that made it active
   */
  takeOver(node: string, cause: number): void;
  /** This firewall is active and has long had the data path: it looks after it from now on, if the provider's client does that. */
  watch(node: string): void;
  /** The firewall does not serve any more, or is off: it makes no further call, and hears of none. What the provider was asked to do, it does. */
  abandon(node: string): void;
  /** Everything that a takeover moves, in the order of the scenario. */
  assets(): readonly Asset[];
}
