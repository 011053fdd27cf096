/**
 * The running configuration of a firewall, and configuration sync: the running configuration of the node that pushes replaces the peer's (D08, D22).
 *
 * It goes over HA1 or its backup, never over heartbeat-backup (K09, R-015), after a commit or when the operator asks for it,
 * and takes its time. The interfaces that the passive gets this way are what it will serve with.
 */

import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import type { Simulation } from '../kernel/simulation.ts';
import { FRAME, type Frame } from '../network/frame.ts';
import type { ControlPath } from './control-path.ts';
import type { FirewallRoutes } from './routes.ts';
import {
  partsKept,
  sameConfiguration,
  type ConfigPart,
  type FirewallSettings,
  type RunningConfig,
} from './settings.ts';

const CONFIG_BYTES = 1400;
/** Transmissions of one push, each twice as long after the one before: TCP gives up on a peer that is gone. */
const TRIES = 6;

export interface ConfigSyncOwner {
  readonly name: string;
  readonly agentRuns: boolean;
  paths(): readonly ControlPath[];
  /** Why the peer cannot take this firewall's configuration, or null. */
  syncObstacle(): string | null;
  configure(running: RunningConfig): void;
}

/** What an operator changes; the rest stays as it is. */
export type ConfigChange = Partial<Pick<RunningConfig, 'interfaces' | 'routes'>>;

/** Durations in microseconds. */
export interface ConfigSyncSettings {
  /** What the peer's configuration does not replace. */
  readonly keeps: readonly ConfigPart[];
  /** From the arrival of a configuration to running it. */
  readonly takesUs: number;
  readonly retransmissionUs: number;
}

/** What configuration sync is told of one firewall's settings. */
export function configSyncOf({ ha, assumptions }: FirewallSettings): ConfigSyncSettings {
  return {
    keeps: partsKept(ha.compatibility),
    takesUs: assumptions.configurationSyncUs,
    retransmissionUs: assumptions.controlRetransmissionUs,
  };
}

export class ConfigSync {
  readonly #owner: ConfigSyncOwner;
  readonly #simulation: Simulation;
  readonly #routes: FirewallRoutes;
  readonly #number: number;
  readonly #settings: ConfigSyncSettings;
  #running: RunningConfig;
  /** What the operator has changed and not committed; the peer never sees it (D22, R-104). */
  #candidate: ConfigChange = {};
  #peer: ConfigSync | null = null;
  #pending: RunningConfig | null = null;
  #tries = 0;
  #retry: Handle = NO_HANDLE;
  #applying: Handle = NO_HANDLE;
  #applyingVersion = -1;

  constructor(
    owner: ConfigSyncOwner,
    simulation: Simulation,
    routes: FirewallRoutes,
    running: RunningConfig,
    settings: ConfigSyncSettings,
  ) {
    this.#owner = owner;
    this.#simulation = simulation;
    this.#routes = routes;
    this.#running = running;
    this.#settings = settings;
    this.#number = routes.configApplied.add(this);
    routes.configRetransmit.add(this);
  }

  connectPeer(peer: ConfigSync): void {
    this.#peer = peer;
  }

  /** This firewall and its peer run the same configuration. */
  get synchronized(): boolean {
    return this.#peer !== null && sameConfiguration(this.#running, this.#peer.#running, this.#settings.keeps);
  }

  /** Changes the candidate configuration, which counts only when it is committed. */
  edit(change: ConfigChange): void {
    if (this.#owner.agentRuns) this.#candidate = { ...this.#candidate, ...change };
  }

  /**
   * Commits the candidate configuration, after one last change (or none).
   *
   * @param push configuration synchronization is enabled: the peer gets it too
   */
  commit(change: ConfigChange, push: boolean): void {
    if (!this.#owner.agentRuns) return;
    const version = this.#running.version + 1;
    this.#install({ ...this.#running, ...this.#candidate, ...change, version });
    this.#candidate = {};
    if (push) this.push();
  }

  #install(running: RunningConfig): void {
    this.#running = running;
    this.#owner.configure(running);
    this.#simulation.note('configuration', this.#owner.name, { synchronized: this.synchronized });
  }

  /** `request high-availability sync-to-remote running-config`: the peer shall run what this firewall runs. */
  push(): void {
    if (!this.#owner.agentRuns) return;
    const path = this.#path();
    if (path === null) {
      this.#note('failed', { reason: 'HA1 is down' });
      return;
    }
    const obstacle = this.#owner.syncObstacle();
    if (obstacle !== null) {
      this.#note('failed', { reason: obstacle });
      return;
    }
    this.#simulation.cause = this.#note('started', { version: this.#running.version });
    this.#pending = this.#running;
    this.#tries = 0;
    this.#transmit(path);
  }

  #path(): ControlPath | null {
    return this.#owner.paths().find(carriesConfiguration) ?? null;
  }

  #transmit(path: ControlPath): void {
    path.send(FRAME.configSync, CONFIG_BYTES, 0, this.#pending);
    this.#simulation.cancel(this.#retry);
    this.#retry = this.#routes.configRetransmit.schedule(
      this.#settings.retransmissionUs * 2 ** this.#tries,
      this.#number,
    );
  }

  retransmit(): void {
    if (this.#pending === null) return;
    this.#simulation.assume('control-retransmission');
    this.#tries += 1;
    const path = this.#path();
    if (path !== null && this.#tries < TRIES) return this.#transmit(path);
    this.#pending = null;
    this.#note('failed', { reason: 'peer does not answer' });
  }

  receive(path: ControlPath, frame: Frame): void {
    if (!this.#owner.agentRuns) return;
    if (frame.kind === FRAME.configAck) {
      if (this.#pending?.version === frame.body) this.#pending = null;
      return;
    }
    const running = frame.body as RunningConfig;
    path.send(FRAME.configAck, 66, 0, running.version);
    if (this.#simulation.isPending(this.#applying) && this.#applyingVersion === running.version) return;
    this.#simulation.cancel(this.#applying);
    this.#applyingVersion = running.version;
    this.#applying = this.#routes.configApplied.schedule(this.#settings.takesUs, this.#number, 0, 0, running);
  }

  /** Runs what the peer runs, but for what each of the two has for itself. */
  apply(pushed: RunningConfig): void {
    this.#simulation.assume('configuration-sync-time');
    const own = this.#settings.keeps.map((part) => [part, this.#running[part]]);
    const running: RunningConfig = { ...pushed, ...Object.fromEntries(own) };
    this.#simulation.cause = this.#note('applied', {
      version: running.version,
      interfaces: running.interfaces.map((item) => item.name),
    });
    this.#install(running);
  }

  stop(): void {
    this.#pending = null;
    this.#simulation.cancel(this.#retry);
    this.#simulation.cancel(this.#applying);
  }

  #note(step: 'started' | 'applied' | 'failed', data: object): number {
    return this.#simulation.note('configuration-sync', this.#owner.name, { step, ...data });
  }
}

/** HA1 or its backup is up, and its connection is open; heartbeat-backup carries no configuration (K09). */
function carriesConfiguration({ up, settings }: ControlPath): boolean {
  return up && settings.name !== 'heartbeat-backup' && settings.encryptionMatches;
}
