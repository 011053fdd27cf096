/**
 * Folds the records of a run, as they come, into what the result reports: failovers with their parts, and the history of
 * the pair. It works at every trace level, for it listens to the trace instead of reading what the trace has kept.
 */

import { causesOf, type TraceRecord } from '../kernel/trace.ts';
import type { Takeover } from '../traffic/ledger.ts';
import { REASON } from '../ha/reason.ts';
import { isPrimary, type Role } from '../ha/role.ts';
import { Aftermath } from './aftermath.ts';
import { cutChain, type Failover, type FailoverKind } from './failover.ts';
import { activeDevices, type PairHistory, type PairState } from './history.ts';
import { AddressHolders } from './holders.ts';
import type { SettingsInForce } from './in-force.ts';
import { partOf, type Part, type PartName } from './part.ts';
import { setByDuring } from './set-by.ts';
import { SwitchPorts } from './switch-ports.ts';

/** The service that a takeover ends. */
interface Service {
  readonly device: string;
  readonly sinceUs: number;
  /** The former active was active at the takeover, too, or the former holder of an address held it. */
  readonly stillActive: boolean;
}

/** A takeover whose traffic has not passed yet, or has. */
interface Measured {
  readonly record: TraceRecord;
  readonly former: Service | null;
  readonly chain: readonly TraceRecord[];
  /** Virtual addresses that moved with it (active/active). */
  readonly addresses: string[];
  readonly aftermath: Aftermath;
  sessions: Takeover;
  restored: { readonly timeUs: number; readonly by: 'traffic' | 'ports' } | null;
}

const NO_SESSIONS: Takeover = { carried: 0, missing: {}, recreated: 0 };

export class Collector {
  readonly #history: PairHistory;
  readonly #records: TraceRecord[] = [];
  readonly #takeovers: Measured[] = [];
  /** When each device last became active, the latest last. */
  readonly #activeSince = new Map<string, number>();
  readonly #holders = new AddressHolders();
  readonly #switches = SwitchPorts.none();
  readonly #settings: SettingsInForce;

  constructor(history: PairHistory, settings: SettingsInForce) {
    this.#history = history;
    this.#settings = settings;
  }

  /** Takes a record. */
  observe(record: TraceRecord): void {
    this.#records.push(record);
    const before = this.#history.last;
    this.#history.observe(record);
    this.#switches.observe(record);
    for (const takeover of this.#latestTogether()) {
      if (takeover.restored?.by !== 'traffic') takeover.aftermath.observe(record, this.#records);
    }
    if (record.kind === 'role' && isPrimary(record.data['to'] as Role)) this.#tookOver(record, before);
    else if (record.kind === 'address') this.#addressMoved(record);
    else if (record.kind === 'sessions') this.#sessions(record);
    else if (record.kind === 'restored' || record.kind === this.#standIn) this.#restored(record);
  }

  #tookOver(record: TraceRecord, before: PairState): void {
    const first = this.#activeSince.size === 0;
    const former = this.#formerService(record.subject, before);
    this.#activeSince.delete(record.subject); // Set anew, it becomes the latest.
    this.#activeSince.set(record.subject, record.timeUs);
    if (first) return; // The first active of a run takes over from nobody.
    this.#add(record, former, []);
  }

  /** An address that moves with a takeover, or with others in the same instant, is a part of it; else it is one itself. */
  #addressMoved(record: TraceRecord): void {
    const former = this.#holders.observe(record);
    if (former === null) return;
    const address = String(record.data['address']);
    const takeover = this.#latest(record.subject);
    if (takeover?.record.timeUs === record.timeUs) takeover.addresses.push(address);
    else this.#add(record, { ...former, stillActive: this.#holds(former.device, record) }, [address]);
  }

  /** The firewall holds the address of this record, too: the two do not hear each other, or not yet. */
  #holds(device: string, { data }: TraceRecord): boolean {
    const holdings = this.#history.last.addresses[String(data['address'])] ?? [];
    return holdings.some((holding) => holding.device === device && holding.mac === data['mac']);
  }

  #add(record: TraceRecord, former: Service | null, addresses: string[]): void {
    const chain = this.chain(record.id);
    const aftermath = new Aftermath(record, this.#switches);
    const measured = { record, former, chain, addresses, aftermath, sessions: NO_SESSIONS, restored: null };
    this.#takeovers.push(measured);
  }

  /** The latest active before this one, unless it is the same firewall again. */
  #formerService(survivor: string, before: PairState): Service | null {
    const latest = [...this.#activeSince].at(-1);
    if (latest === undefined || latest[0] === survivor) return null;
    const [device, sinceUs] = latest;
    return { device, sinceUs, stillActive: activeDevices(before).includes(device) };
  }

  #latest(device: string): Measured | undefined {
    const latest = this.#takeovers[this.#takeovers.length - 1];
    return latest?.record.subject === device ? latest : undefined;
  }

  #sessions(record: TraceRecord): void {
    const takeover = this.#latest(record.subject);
    if (takeover?.record.timeUs === record.timeUs) takeover.sessions = record.data as unknown as Takeover;
  }

  /** Traffic that passes is the measure; ports that forward stand in for it until some does. */
  #restored(record: TraceRecord): void {
    const by = record.kind === 'restored' ? 'traffic' : 'ports';
    for (const takeover of this.#latestTogether()) {
      if (takeover.record.subject !== record.subject) return;
      if (record.kind === 'takeover' && !takeover.aftermath.moved) return;
      if (takeover.restored?.by !== 'traffic') takeover.restored = { timeUs: record.timeUs, by };
    }
  }

  /** The latest takeovers of one instant: addresses and then the role may come in one, and the same packet restores both. */
  #latestTogether(): readonly Measured[] {
    const latest = this.#takeovers.at(-1)?.record;
    const before = this.#takeovers.findLastIndex(
      ({ record }) => record.subject !== latest?.subject || record.timeUs !== latest.timeUs,
    );
    return this.#takeovers.slice(before + 1);
  }

  /** Every record so far. */
  get records(): readonly TraceRecord[] {
    return this.#records;
  }

  /** The chain of causes of a record, itself first. */
  chain(id: number): readonly TraceRecord[] {
    return causesOf(this.#records, id);
  }

  /** Records that stand in for traffic until some passes: ports that forward, or in a cloud a data path that has been moved. */
  get #standIn(): string {
    return this.#settings.cloud === null ? 'port' : 'takeover';
  }

  /** All failovers so far. */
  failovers(): readonly Failover[] {
    return this.#takeovers.map((takeover, index) => describe(takeover, index + 1, this.#settings));
  }
}

function describe(measured: Measured, ordinal: number, settings: SettingsInForce): Failover {
  const { record, former, chain, sessions } = measured;
  const restored =
    measured.restored ?? (isInService(measured) ? { timeUs: record.timeUs, by: 'ports' } : null);
  const kind = kindOf(measured);
  // What is planned begins with the end of its hold, whatever once took the role or the addresses away.
  const planned = kind === 'preemption' || kind === 'return';
  const root = (planned ? chain.find(isHoldOver) : undefined) ?? (chain.at(-1) as TraceRecord);
  const { startUs, detectedUs, heldUs } = cutChain(chain, Math.max(root.timeUs, former?.sinceUs ?? 0));
  const until = (part: PartName, fromUs: number, toUs: number): Part =>
    partOf(part, toUs - fromUs, setByDuring(chain, fromUs, toUs, settings));
  const parts = [
    until('detection', startUs, detectedUs),
    until('hold', detectedUs, heldUs),
    until('promotion', heldUs, record.timeUs),
    ...measured.aftermath.parts(restored?.timeUs ?? null, settings),
  ];
  const usOf = (part: PartName): number | null => parts.find((item) => item.part === part)?.us ?? null;
  const cloud = parts.find(({ part }) => part === 'cloud');
  return {
    ordinal,
    kind,
    from: former?.device ?? null,
    to: record.subject,
    ...groundsOf(record, chain),
    addresses: measured.addresses,
    rootRecord: root.id,
    takeoverRecord: record.id,
    trigger: triggerOf(root),
    startUs,
    takeoverUs: record.timeUs,
    restoredUs: restored?.timeUs ?? null,
    restoredBy: restored?.by ?? null,
    detectionUs: detectedUs - startUs,
    holdUs: heldUs - detectedUs,
    promotionUs: record.timeUs - heldUs,
    ...(cloud === undefined ? {} : { cloudUs: cloud.us }),
    portUs: usOf('port'),
    announcementUs: usOf('announcement'),
    learningUs: usOf('learning'),
    restorationUs: usOf('restoration'),
    parts,
    totalUs: restored === null ? null : restored.timeUs - startUs,
    sessions: booksOf(sessions),
  };
}

/** An active-secondary that becomes active-primary and takes no address along goes on forwarding what it forwarded. */
function isInService({ record, addresses }: Measured): boolean {
  return addresses.length === 0 && record.data['from'] === 'active-secondary';
}

/** The end of the hold with which a preemption or a return begins. */
function isHoldOver({ kind, data }: TraceRecord): boolean {
  if (kind !== 'timer' || data['step'] !== 'expired') return false;
  return data['timer'] === 'preemption-hold-time' || data['timer'] === 'tentative-hold-time';
}

/** The record's own books, without whom they were taken from. */
function booksOf({ carried, missing, recreated, undecrypted }: Takeover): Takeover {
  return { carried, missing, recreated, ...(undecrypted === undefined ? {} : { undecrypted }) };
}

/**
 * Why: the last change of role that led to it. An address moves without one where its holder is silent, or loses the link of the
 * address's interface or has it back.
 */
function groundsOf(
  { data }: TraceRecord,
  chain: readonly TraceRecord[],
): { readonly reason: string; readonly rule: string } {
  const role = chain.find(({ kind }) => kind === 'role');
  if (role !== undefined) return { reason: role.data['reason'] as string, rule: role.data['rule'] as string };
  const silent = chain.some((cause) => cause.kind === 'peer' && cause.data['connection'] === 'down');
  if (silent)
    return { reason: REASON.hasim.peerFailed, rule: data['share'] === undefined ? 'R-131' : 'R-136' };
  return chain.some(isLinkUp)
    ? { reason: 'Link is back', rule: 'R-133' }
    : { reason: 'Link down', rule: 'R-132' };
}

function isLinkUp({ kind, data }: TraceRecord): boolean {
  return kind === 'link' && data['up'] === true;
}

/** T3 and T4 serve where nobody did; a tentative that finds no primary does the same. */
const RECOVERIES: readonly unknown[] = ['T3', 'T4', 'T27'];

function kindOf({ record, former, chain }: Measured): FailoverKind {
  const { rule } = record.data;
  if (rule === 'T16' || rule === 'T29') return 'preemption';
  // Whoever comes back has its addresses back before the peer that kept them for it has heard of that.
  if (record.kind === 'address' && chain.some((cause) => returned(cause, record.subject))) return 'return';
  if (former?.stillActive === true) return 'split-brain';
  if (RECOVERIES.includes(rule)) return 'recovery';
  return chain.at(-1)?.kind === 'operator' ? 'switchover' : 'failover';
}

/** The firewall's own way back into service, or its link's, which gives it its addresses back. */
function returned(record: TraceRecord, device: string): boolean {
  const { kind, subject, data } = record;
  return subject === device && (isLinkUp(record) || (kind === 'role' && data['to'] === 'active-secondary'));
}

function triggerOf(root: TraceRecord): string {
  const { text } = root.data;
  if (typeof text === 'string') return text;
  if (isHoldOver(root)) return `${String(root.data['timer'])} passed`;
  if (root.kind === 'path') return 'lost path pings, no fault';
  return root.kind === 'control-path' ? 'lost heartbeats, no fault' : root.kind;
}
