/**
 * The kinds of records that the model notes, and what each carries in `data`: the vocabulary of the trace, of `explain`
 * and of every timeline. `subject` is the device, unless it says otherwise.
 */

export interface RecordData {
  /** A fault is injected. Subject: what it is done to. `text`: the entry in words, such as `interface-down palo-1:ethernet1/1`. */
  fault: { action: string; text: string };
  /** An operator acts. `text`: such as `suspend palo-2`. */
  operator: { action: string; text: string };
  /** The device is switched off, or on its way up. */
  power: { state: 'off' | 'booting' };
  /** The dataplane has failed, or works again after its restart. */
  dataplane: { state: 'failed' | 'restarted' };
  /** The agent knows that a data interface lost or regained carrier; not visible = the firewall keeps it dark itself. */
  link: { interface: string; up: boolean; visible: boolean };
  /** A monitored destination became unreachable or reachable. */
  path: { destination: string; reachable: boolean };
  /** The verdict of link or path monitoring. */
  monitor: { monitor: 'link' | 'path'; failed: boolean };
  /** A control path (ha1, ha1-backup, heartbeat-backup) came up or went down. */
  'control-path': { path: string; up: boolean; reason?: string };
  /** The peer was heard (with a new content) or is declared failed. */
  peer: {
    connection: 'up' | 'down';
    connecting?: boolean;
    role?: string;
    monitorFailed?: boolean;
    preempting?: boolean;
    /** Its interfaces without link, of those that carry virtual addresses. */
    interfacesDown?: readonly string[];
    path?: string;
    reason?: string;
  };
  /** A protocol timer. */
  timer: { timer: string; step: 'set' | 'cancelled' | 'expired'; durationUs?: number };
  /** A change of role; `from` is null at a start, `rule` the reference's transition (T1-T29) or `converged`. */
  role: { from: string | null; to: string; reason: string; rule: string };
  /** The reason of the present role changed, as `Waiting for state synchronization completion` in initial. */
  reason: { reason: string };
  /** A line of the system log, subtype ha. */
  log: { severity: 'informational' | 'critical'; text: string };
  /**
   * Gratuitous ARP for every address, or for these virtual addresses: so many times, on which ports it left and on which it was
   * lost for want of carrier.
   */
  garp: {
    times: number;
    sent: readonly string[];
    lost: readonly string[];
    addresses?: readonly string[];
  };
  /**
   * A virtual address, with the virtual MAC of one device, is this firewall's from now on, or not any more. `share`: with ARP load
   * sharing, whose share of the requesters it is about.
   */
  address: { address: string; interface: string; mac: string; held: boolean; share?: 0 | 1 };
  /** LACP on a data port has come to an agreement with the switch. */
  lacp: { interface: string; negotiated: true };
  /** A routing neighbour and this node hear each other, or do not any more. Subject: a device or a router. */
  adjacency: { neighbor: string; state: 'up' | 'down'; reason?: string };
  /** What becomes of the routes through a neighbour; `stale`: still used, though the neighbour is away. */
  routes: { neighbor: string; state: 'usable' | 'stale' | 'withdrawn' };
  /** A data port forwards. */
  port: { interface: string; forwarding: true };
  /**
   * A port that has gained carrier passes nothing while it listens and then learns, each for the forward delay. Subject: the switch;
   * `towards`: the other end of its link.
   */
  'spanning-tree': { towards: string; forwardDelayUs: number };
  /**
   * What was believed of an address is put right: a switch (subject) sees a MAC address behind another port, or a node with an ARP
   * cache (subject) hears of another MAC address. What nobody believed anything of is not noted.
   */
  learned:
    { mac: string; towards: string; instead: string } | { address: string; mac: string; instead: string };
  /** The first answer to a client has been forwarded by the new active; in active/active, what came in by an address it took. */
  restored: { address?: string };
  /** What became of the sessions at a takeover; subject: the new active. */
  sessions: {
    from: string;
    carried: number;
    missing: Readonly<Record<string, number>>;
    recreated: number;
    undecrypted?: number;
  };
  /** IKE at the firewall that has the service: it meets a tunnel without an SA, or has negotiated with its gateway. */
  ike: { tunnel: string; step: 'no SA' | 'phase-1 renegotiated' | 'phase-1 and phase-2 negotiated' };
  /**
   * Bulk session sync at a joining firewall; or at one that serves: its messages leave a second late and more, told at each doubling,
   * or none is late any more. `messages`, `behindUs`: how many wait and for how long the first; of `caught-up`, the most there were.
   */
  'session-sync':
    | { step: 'requested' | 'complete'; sessions?: number }
    | { step: 'behind' | 'caught-up'; messages: number; behindUs: number };
  /**
   * HA2 keep-alives of a link stay unanswered for their threshold, or are answered again. `carriedBy`: the link that carries
   * state synchronization from now on; null = none does, and it is off.
   */
  ha2: { link: string; step: 'failed' | 'recovered'; action: string; carriedBy: string | null };
  /** Configuration sync over HA1. */
  'configuration-sync': {
    step: 'started' | 'applied' | 'failed';
    version?: number;
    interfaces?: readonly string[];
    reason?: string;
  };
  /** The running configuration changed; whether the two firewalls now have the same. */
  configuration: { synchronized: boolean };
  /**
   * HA3 lost or regained its carrier, as the agent knows it; or a packet with HA3's header was larger than a link takes
   * (bytes), the first in a minute.
   */
  ha3: { up: boolean } | { dropped: 'mtu'; bytes: number; mtu: number; link: string };
  /**
   * A takeover of the data path by a firewall (subject) that has become active begins, has moved everything, or ends short of that.
   * `mode`: of the provider, such as `interface-move`; `calls`: so many have succeeded; `moved`: so many assets.
   */
  takeover: {
    step: 'begun' | 'complete' | 'failed' | 'abandoned';
    mode: string;
    calls?: number;
    moved?: number;
    reason?: string;
  };
  /**
   * One attempt of a firewall (subject) at a call of the provider's API is over. `target`: what it was about; `latencyUs`: since it
   * was sent; `error`: its code, absent when it succeeded, and `why` where there is more to say; `retryUs`: until the next attempt, absent when there is none.
   */
  'api-call': {
    action: string;
    target: string;
    attempt: number;
    latencyUs: number;
    error?: string;
    why?: string;
    retryUs?: number;
  };
  /**
   * Something that decides where packets go changes hands (subject: whom it is about, the firewall that gets or loses it). `state`
   * in the provider's words: of a network interface `detaching`, `available`, `attaching`, `attached`, `usable` or `unusable` (the guest
   * sees it, or never will), of an address or a route `moving` (the call has returned) and `moved`, of an address that is taken away
   * before it is given to somebody `unassigned`, and of its EIP `disassociated`.
   * `owner`: who has it from now on.
   */
  asset: { asset: string; kind: string; state: string; owner: string | null };
}

export type RecordKind = keyof RecordData;
