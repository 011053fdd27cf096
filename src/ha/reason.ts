/**
 * Reason strings, spelled as PAN-OS prints them (reference section 1.2: K04, K05, K21).
 *
 * The ones under `hasim` are ours: PAN-OS prints no reason for an election or a takeover, and a reader of a
 * timeline needs one.
 */

export const REASON = {
  userRequested: 'User requested',
  nonFunctionalLoop: 'Non-functional loop detected',
  preemptionLoop: 'Preemption loop detected',
  linkDown: 'Link down',
  pathDown: 'Path down',
  dataplaneExit: 'Dataplane down: dataplane exit failure',
  ha1LinkDown: 'HA1 link went down',
  heartbeatFailure: 'Heartbeat ping failure',
  helloFailure: 'Hello protocol failure',
  neverConnected: 'Never able to connect to peer',
  ha3Down: 'HA3 link is down',
  policyPushFailed: 'Policy push to dataplane failed',
  waitingForTentativeHold: 'Waiting for tentative-hold-time',
  waitingForSync: 'Waiting for state synchronization completion',
  hasim: {
    started: 'HA started',
    madeFunctional: 'Made functional by user',
    wonElection: 'Won the election',
    noPeer: 'No peer heard within the initial timeout',
    onlyCandidate: 'Peer is no candidate',
    peerNonFunctional: 'Peer is non-functional',
    peerSuspended: 'Peer is suspended',
    peerTentative: 'Peer is tentative',
    peerNotPrimary: 'Peer is not active-primary',
    peerNotActive: 'Peer is not active',
    peerFailed: 'Peer failed',
    preempted: 'Peer preempted',
    preempting: 'Preemption',
    splitBrainLost: 'Split brain healed: lost the election',
    joined: 'Peer is active',
    synchronized: 'Session synchronization complete',
    syncTimedOut: 'Session synchronization wait expired',
    recovered: 'Monitor failure cleared',
    mismatchFixed: 'Mismatch fixed',
    ha3NotNeeded: 'No active peer to reach over HA3',
    ha3Restored: 'HA3 link restored',
    tentativeHoldOver: 'Tentative hold over',
    dataplaneRestored: 'Dataplane restored',
  },
} as const;

/** Why the peer connection went down, in the words of `Connection down reason` (K21). */
export type ConnectionDownReason =
  | typeof REASON.ha1LinkDown
  | typeof REASON.heartbeatFailure
  | typeof REASON.helloFailure
  | typeof REASON.neverConnected;
