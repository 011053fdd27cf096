/**
 * Every kind of record as one short sentence, without its time and its subject, which have columns of their own.
 *
 * The table is complete by its type: a new kind of record does not compile until somebody has said how it reads.
 */

import { formatDuration } from '../kernel/time.ts';
import type { TraceRecord } from '../kernel/trace.ts';
import type { RecordData, RecordKind } from '../run/record.ts';
import type { DeviceSettings } from '../run/result.ts';
import { counted, grouped, printable } from './table.ts';

/** What a sentence knows beside its data: who speaks. */
interface Speaker {
  readonly settings: DeviceSettings | undefined;
  /** Name of the other firewall. */
  readonly peer: string;
}

type Sentences = { readonly [Kind in RecordKind]: (data: RecordData[Kind], speaker: Speaker) => string };

const SENTENCES: Sentences = {
  fault: ({ text }) => printable(text),
  operator: ({ text }) => printable(text),
  power: ({ state }) => (state === 'off' ? 'power is off' : 'boots'),
  dataplane: ({ state }) => (state === 'failed' ? 'dataplane fails' : 'dataplane works again'),
  link: describeLink,
  path: ({ destination, reachable }) =>
    `${destination} ${reachable ? 'answers again' : 'does not answer any more'}`,
  monitor: ({ monitor, failed }) => `${monitor} monitoring: ${failed ? 'failed' : 'all well again'}`,
  'control-path': ({ path, up, reason }) =>
    `${path} is ${up ? 'up' : 'down'}${reason === undefined ? '' : `: ${reason}`}`,
  peer: describePeer,
  timer: describeTimer,
  role: ({ from, to, reason }) => `${from === null ? 'starts as' : `${from} →`} ${to}  ${reason}`,
  reason: ({ reason }) => `reason: ${reason}`,
  log: ({ severity, text }) => `system log, ${severity}: ${text}`,
  garp: ({ times, sent, lost, addresses }) =>
    `gratuitous ARP${addresses === undefined ? '' : ` for ${addresses.join(', ')}`} × ${times}${describePorts(sent, lost)}`,
  address: (data) => `${data.held ? 'holds' : 'gives up'} ${describeAddress(data)} (${data.mac})`,
  lacp: (data) => `LACP is negotiated on ${data.interface}`,
  adjacency: ({ neighbor, state, reason }) =>
    `adjacency with ${printable(neighbor)} is ${state}${reason === undefined ? '' : `: ${reason}`}`,
  routes: ({ neighbor, state }) => `routes through ${printable(neighbor)} are ${state}`,
  port: (data) => `forwards on ${data.interface}`,
  'spanning-tree': ({ towards, forwardDelayUs }) =>
    `the port towards ${towards} listens and learns for ${formatDuration(2 * forwardDelayUs)} (spanning tree)`,
  learned: (data) =>
    'towards' in data
      ? `sends ${data.mac} to ${data.towards} from now on, not to ${data.instead}`
      : `takes ${data.address} to be at ${data.mac} from now on, not at ${data.instead}`,
  takeover: describeTakeover,
  'api-call': describeApiCall,
  asset: describeAsset,
  restored: ({ address }) =>
    address === undefined
      ? 'the first answer passes: traffic is back'
      : `the first packet to ${address} passes on: traffic is back`,
  sessions: (data) => `sessions: ${describeSessions(data)}`,
  'session-sync': describeSessionSync,
  ike: ({ tunnel, step }) =>
    step === 'no SA' ? `knows no SA of tunnel ${tunnel}: negotiates` : `tunnel ${tunnel}: ${step}`,
  ha2: describeHa2,
  'configuration-sync': describeConfigurationSync,
  ha3: (data) =>
    'up' in data
      ? `HA3 is ${data.up ? 'up' : 'down'}`
      : `HA3 drops packets of ${data.bytes} bytes: ${data.link} takes ${data.mtu}`,
  configuration: ({ synchronized }) =>
    synchronized ? 'both run the same configuration' : 'the two configurations differ now',
};

/**
 * Says what a record says, without its time and subject.
 *
 * @param devices the settings of both firewalls, as the result holds them
 */
export function describeRecord(record: TraceRecord, devices: readonly DeviceSettings[]): string {
  const settings = devices.find(({ name }) => name === record.subject);
  const peer = devices.find(({ name }) => name !== record.subject)?.name ?? 'its peer';
  if (!Object.hasOwn(SENTENCES, record.kind)) return `${record.kind} ${JSON.stringify(record.data)}`;
  const sentence = SENTENCES[record.kind as RecordKind] as (data: unknown, speaker: Speaker) => string;
  return sentence(record.data, { settings, peer });
}

function describeLink({ interface: port, up, visible }: RecordData['link']): string {
  if (!visible) return up ? `keeps ${port} dark itself: no failure to see` : `keeps ${port} dark itself`;
  return up ? `${port} has carrier again` : `${port} loses carrier`;
}

function describePeer(data: RecordData['peer'], { peer }: Speaker): string {
  const { connection, connecting, role = 'unknown' } = data;
  if (connection === 'down') return `loses its peer: ${data.reason ?? 'no reason given'}`;
  if (data.preempting === true) return `hears that ${peer} asks for the active role`;
  const monitor = data.monitorFailed === true && role !== 'non-functional' ? ', with a failed monitor' : '';
  const without =
    data.interfacesDown === undefined ? '' : `, without link on ${data.interfacesDown.join(', ')}`;
  return connecting === true
    ? `connects to ${peer}, which is ${role}${monitor}${without}`
    : `hears that ${peer} is ${role}${monitor}${without}`;
}

function describeTimer({ timer, step, durationUs = 0 }: RecordData['timer'], { settings }: Speaker): string {
  if (step === 'cancelled') return `${timer} cancelled`;
  if (step === 'expired') return `${timer} has passed`;
  if (timer === 'session-sync-wait')
    return `waits for the session sync, at most ${formatDuration(durationUs)}`;
  if (timer === 'flap-window') return `has left active: counts flaps for ${formatDuration(durationUs)}`;
  return `waits ${timer === 'monitor-fail-hold-up-time' ? describeHoldUp(durationUs, settings) : `${timer} ${formatDuration(durationUs)}`}`;
}

/** The active waits the sum of two timers, the passive only the first; the duration tells which it was. */
function describeHoldUp(durationUs: number, settings: DeviceSettings | undefined): string {
  const ownUs = settings?.monitorFailHoldUpUs ?? durationUs;
  const masterUs = settings?.additionalMasterHoldUpUs ?? 0;
  const own = `monitor-fail-hold-up-time ${formatDuration(ownUs)}`;
  const master = `additional-master-hold-up-time ${formatDuration(masterUs)}`;
  if (masterUs === 0 || durationUs !== ownUs + masterUs)
    return `monitor-fail-hold-up-time ${formatDuration(durationUs)}`;
  return `${own} + ${master}`;
}

/** A virtual address, or the share of it that is spoken of. */
export function describeAddress({ address, share }: RecordData['address']): string {
  return share === undefined ? address : `device ${share}'s share of ${address}`;
}

/** Ports in words: where it went out, and where it was lost for want of carrier. */
export function describePorts(sent: readonly string[], lost: readonly string[]): string {
  const out = sent.length === 0 ? '' : ` (${sent.join(', ')})`;
  return lost.length === 0 ? out : `${out}, lost without carrier (${lost.join(', ')})`;
}

/** What became of the sessions at a takeover, in words; also for the failovers. */
export function describeSessions({
  carried,
  missing,
  recreated,
  undecrypted = 0,
}: Omit<RecordData['sessions'], 'from'>): string {
  const causes = Object.entries(missing).map(([cause, count]) => `${grouped(count)} ${cause}`);
  const lost = causes.length === 0 ? 'none lost' : `lost: ${causes.join(', ')}`;
  const made = recreated === 0 ? '' : `; ${grouped(recreated)} made anew`;
  const clear = undecrypted === 0 ? '' : `, ${grouped(undecrypted)} of them undecrypted`;
  return `${grouped(carried)} carried over${clear}; ${lost}${made}`;
}

function describeSessionSync(data: RecordData['session-sync'], { peer }: Speaker): string {
  if (data.step === 'requested') return `asks ${peer} for a bulk session sync`;
  if (data.step === 'complete')
    return `bulk session sync complete: ${counted(data.sessions ?? 0, 'session')}`;
  const { messages, behindUs } = data as Extract<RecordData['session-sync'], { messages: number }>;
  const backlog = `${counted(messages, 'message')}, ${formatDuration(behindUs)} behind`;
  return data.step === 'behind' ? `HA2 backlog: ${backlog}` : `HA2 backlog has drained; at most ${backlog}`;
}

function describeHa2({ link, step, action, carriedBy }: RecordData['ha2']): string {
  const verdict = `${link} keep-alive ${step === 'failed' ? 'is not answered' : 'is answered again'}`;
  if (carriedBy !== null) return `${verdict}: ${carriedBy} carries state synchronization`;
  return `${verdict}: state synchronization is off${action === 'split-datapath' ? ', the datapath is split' : ''}`;
}

function describeConfigurationSync(data: RecordData['configuration-sync'], { peer }: Speaker): string {
  const version = data.version === undefined ? '' : ` (version ${data.version})`;
  if (data.step === 'started') return `sends its configuration${version} to ${peer}`;
  if (data.step === 'failed') return `configuration sync fails: ${data.reason ?? 'no reason given'}`;
  const { interfaces = [] } = data;
  return `runs ${peer}'s configuration${version}${interfaces.length === 0 ? '' : `: ${interfaces.join(', ')}`}`;
}

function describeTakeover({ step, mode, calls = 0, moved = 0, reason }: RecordData['takeover']): string {
  const work = `${counted(moved, 'asset')} moved with ${counted(calls, 'call')}`;
  const sentences = {
    begun: `takes the data path over (${mode})`,
    complete: moved === 0 ? 'has the data path: nothing was to be moved' : `has the data path: ${work}`,
    failed: `does not get the data path: ${printable(reason ?? 'unknown')}`,
    abandoned: `gives its takeover of the data path up: ${work}`,
  };
  return sentences[step];
}

function describeApiCall(data: RecordData['api-call']): string {
  const { action, target, attempt, latencyUs, error, why, retryUs } = data;
  const call = `${action} ${printable(target)}`;
  const after = `after ${formatDuration(latencyUs)}`;
  if (error === undefined) return `${call}: ok ${after}${attempt === 1 ? '' : ` (attempt ${attempt})`}`;
  const again = retryUs === undefined ? ', given up' : `, again in ${formatDuration(retryUs)}`;
  const reason = why === undefined ? '' : `: ${printable(why)}`;
  return `${call}: ${error} ${after} (attempt ${attempt})${again}${reason}`;
}

/** What a state of an asset means to somebody who has never seen the API. */
const ASSET_STATES: Readonly<Record<string, string>> = {
  detaching: 'is being detached',
  available: 'is available: nobody has it',
  attaching: 'is being attached',
  attached: 'is attached; the guest does not see it yet',
  usable: 'is in use',
  unusable: 'is attached, and the guest never sees it',
  moved: 'is here',
  unassigned: 'is unassigned: nobody has it',
  disassociated: 'is disassociated: it stands for no address',
};

function describeAsset({ asset, state, owner }: RecordData['asset']): string {
  if (state === 'moving')
    return `${printable(asset)} is on its way; packets still go to ${owner ?? 'nobody'}`;
  return `${printable(asset)} ${ASSET_STATES[state] ?? `is ${state}`}`;
}
