/** `tcp:` → how patient the model's TCP is. */

import type { Tcp } from '../scenario/schema/tcp.ts';
import type { TcpSettings } from '../traffic/tcp.ts';

/** `tcp:` as the model takes it. */
export function tcpSettings(tcp: Tcp): TcpSettings {
  return {
    initialRtoUs: tcp['initial-rto'],
    minRtoUs: tcp['min-rto'],
    maxRtoUs: tcp['max-rto'],
    retries: tcp.retries,
    synRetries: tcp['syn-retries'],
  };
}
