/** What workloads speak, and as which kind of frame it travels. */

import { FRAME, type FrameKind } from '../network/frame.ts';

/** Beside transport protocols: `icmp` as a ping without end, `ipsec` as tunnels that end at the firewall. */
export type WorkloadProtocol = 'tcp' | 'udp' | 'icmp' | 'ipsec';

export const FRAME_KINDS: Readonly<Record<WorkloadProtocol, FrameKind>> = {
  tcp: FRAME.tcp,
  udp: FRAME.udp,
  icmp: FRAME.echoRequest,
  ipsec: FRAME.esp,
};
