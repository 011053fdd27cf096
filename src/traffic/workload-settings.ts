/**
 * What a workload is told: who asks, how its sessions come and go, what their packets are, and how long its users wait.
 */

import type { Distribution } from '../kernel/distribution.ts';
import type { ArrivalProcess } from './arrivals.ts';
import type { Decryption } from './decryption.ts';
import type { WorkloadProtocol } from './protocol.ts';
import type { TcpSettings } from './tcp.ts';

export interface WorkloadSettings {
  readonly name: string;
  /** What people call it; of no effect. */
  readonly application: string;
  readonly protocol: WorkloadProtocol;
  /** What the firewall's policy does with the sessions of a TCP workload. */
  readonly decryption: Decryption;
  /** Sessions that are open from the start. */
  readonly concurrent: number;
  /** How further sessions come; null = none do. */
  readonly arrivals: ArrivalProcess | null;
  /** How long a session lasts; null = to the end of the run. */
  readonly holding: Distribution | null;
  /** Of a session, drawn once: see `packetIntervals`. */
  readonly packetInterval: Distribution;
  readonly packetBytes: number;
  /** The server's, of TCP and UDP; 0 = none. */
  readonly port: number;
  readonly tcp: TcpSettings;
}
