/**
 * In a cloud the role may change hands and the data path not (reference aws-ha.md, section 1.1): a call that nobody may make, an API that
 * nobody answers at, a network interface that the guest never sees, or calls that were still under way. What it was, and what helps.
 */

import { causesOf, type TraceRecord } from '../../kernel/trace.ts';
import type { Failover } from '../failover.ts';
import { memberNamed, type PairSettings, type Setting } from '../pair-settings.ts';
import { finding, setting, type Explanation, type Finding } from './case.ts';

/** `terraform-apply` puts assets back to where the scenario has them, and asks nobody who is active (C-085). */
export const dataPathOnly: Explanation = ({ action }) => {
  if (action.action !== 'terraform-apply') return null;
  const moved = action.consequences.filter(({ kind }) => kind === 'asset');
  const owners = [...new Set(moved.map(({ data }) => (data['owner'] as string | null) ?? 'nobody'))];
  const text =
    moved.length === 0
      ? 'everything was where it is put back to'
      : `it moved the data path to ${owners.join(' and ')}, and roles do not follow the data path`;
  return finding('data-path-only', 'C-085', null, text, moved.slice(0, 1));
};

/** Why a firewall that became active does not have the data path, or not all of it. */
export interface LeftBehind extends Finding {
  /** Ordinal of the takeover of the role. */
  readonly failover: number;
  /** Rules of `hasim lint` that tell it beforehand. */
  readonly lint: readonly string[];
  /** What helps, in words; null where there is nothing to be done, or nothing is known. */
  readonly remedy: string | null;
}

interface Why {
  readonly reason: string;
  readonly rule: string | null;
  readonly lint?: readonly string[];
  readonly setting?: Setting;
  readonly remedy?: string;
}

/** The call that failed, and who made it. */
interface Failed {
  readonly node: string;
  readonly action: string;
  readonly settings: PairSettings;
  /** The chain that led to it, itself first. */
  readonly chain: readonly TraceRecord[];
}

/** By the error of the call, in EC2's words. */
const WHY: Readonly<Record<string, (failed: Failed) => Why>> = {
  NoCredentials: ({ node }) => ({
    reason: 'no-instance-profile',
    rule: 'C-050',
    lint: ['X07'],
    setting: setting(`aws.instances.${node}.iam-instance-profile`, 'none'),
    remedy: `give ${node} an instance profile whose policy allows the calls`,
  }),
  UnauthorizedOperation: unauthorized,
  ConnectTimeout: unreachable,
  RequestLimitExceeded: ({ settings }) => ({
    reason: 'throttled',
    rule: 'C-047',
    lint: ['X38'],
    setting: setting('unpublished.aws-attempts', settings.unpublished['aws-attempts'] ?? ''),
    remedy: 'fewer assets in one takeover, such as one route instead of many; or more attempts',
  }),
  AttachmentLimitExceeded: ({ node }) => ({
    reason: 'attachment-limit',
    rule: 'C-065',
    lint: ['X21'],
    remedy: `give ${node} an instance type that takes more network interfaces`,
  }),
  PrivateIpAddressLimitExceeded: ({ node }) => ({
    reason: 'address-limit',
    rule: null,
    lint: ['X21'],
    remedy: `give ${node} an instance type that takes more private addresses`,
  }),
};

const ELSEWHERE: Why = {
  reason: 'subnets-differ',
  rule: 'C-063',
  lint: ['X19'],
  remedy: 'put the network interfaces of both firewalls at one device index into one subnet',
};

const INDEX_TAKEN: Why = {
  reason: 'index-taken',
  rule: 'C-033',
  lint: ['X16'],
  remedy: 'leave the device indexes of what moves free at the passive',
};

/** By the action, where one error means different things. */
const REFUSED: Readonly<Record<string, Why>> = {
  'AssignPrivateIpAddresses InvalidParameterValue': ELSEWHERE,
  'AttachNetworkInterface InvalidParameterValue': INDEX_TAKEN,
};

/** Errors that end a call and no takeover: somebody else was faster, or has already done it. */
const HARMLESS: ReadonlySet<unknown> = new Set([
  'InvalidAttachmentID.NotFound',
  'InvalidNetworkInterface.InUse',
]);

/**
 * Why the data path did not follow a takeover of the role; null when it did, or outside of a cloud.
 *
 * @param records of the whole run, or as much of it as has happened
 * @param until id of the record with which the next takeover of this firewall begins
 */
export function dataPathLeftBehind(
  { ordinal, to, takeoverRecord }: Failover,
  records: readonly TraceRecord[],
  settings: PairSettings,
  until = Infinity,
): LeftBehind | null {
  const own = records.filter(({ id, subject }) => subject === to && id > takeoverRecord && id < until);
  const last = own.findLast(({ kind }) => kind === 'takeover');
  if (last === undefined || last.data['step'] === 'complete') return null;
  const begun = own.findLast(
    ({ id, kind, data }) => kind === 'takeover' && data['step'] === 'begun' && id <= last.id,
  );
  const during = own.filter(({ id }) => id >= (begun?.id ?? 0) && (last === begun || id <= last.id));
  const culprit = last.data['step'] === 'failed' ? during.find(isCulprit) : undefined;
  const { reason, rule, lint = [], remedy = null, ...why } = whyOf(last, culprit, records, settings);
  const latest = during.findLast(({ kind }) => kind === 'api-call' || kind === 'asset');
  const text = `${to} is active without ${movedSome(during) ? 'all of ' : ''}the data path: ${wordsOf(last)}`;
  const shown = culprit ?? (last.data['step'] === 'failed' ? undefined : latest);
  const end = last === begun ? undefined : last;
  return {
    ...finding(reason, rule, why.setting ?? null, text, [begun, shown, end]),
    failover: ordinal,
    lint,
    remedy,
  };
}

function wordsOf({ data }: TraceRecord): string {
  if (data['step'] === 'begun') return 'its calls were under way when the observation ends';
  if (data['step'] === 'abandoned') return 'it was no longer active before all had been moved';
  return typeof data['reason'] === 'string' ? data['reason'] : 'its takeover failed';
}

function movedSome(during: readonly TraceRecord[]): boolean {
  return during.some(
    ({ kind, data }) => kind === 'asset' && ['usable', 'moved'].includes(String(data['state'])),
  );
}

/** What a takeover fails by: an error that is not tried again, or a network interface that is of no use. */
function isCulprit({ kind, data }: TraceRecord): boolean {
  if (kind === 'asset') return data['state'] === 'unusable';
  const { error, retryUs } = data;
  return kind === 'api-call' && error !== undefined && retryUs === undefined && !HARMLESS.has(error);
}

function whyOf(
  last: TraceRecord,
  culprit: TraceRecord | undefined,
  records: readonly TraceRecord[],
  settings: PairSettings,
): Why {
  const { step } = last.data;
  if (step === 'begun') return { reason: 'takeover-running', rule: 'C-012' };
  if (step === 'abandoned') return { reason: 'takeover-abandoned', rule: null };
  if (culprit === undefined) return { reason: 'takeover-failed', rule: 'C-012' };
  const node = culprit.subject;
  if (culprit.kind === 'asset') return unusable(node, settings);
  const [action, error] = [String(culprit.data['action']), String(culprit.data['error'])];
  const refused = { reason: 'call-refused', rule: 'C-012' };
  if (!Object.hasOwn(WHY, error)) return REFUSED[`${action} ${error}`] ?? refused;
  const chain = causesOf(records, culprit.id);
  return WHY[error]?.({ node, action, settings, chain }) ?? refused;
}

/** DPDK keeps what is attached while the firewall runs from the dataplane; so does an index after a forced detach. */
function unusable(node: string, settings: PairSettings): Why {
  if (memberNamed(settings, node)?.dpdk !== true) return { reason: 'unusable-index', rule: 'C-058' };
  return {
    reason: 'dpdk',
    rule: 'C-032',
    lint: ['X15'],
    setting: setting(`aws.instances.${node}.vm-series.dpdk-pkt-io`, 'true'),
    remedy: 'switch DPDK off on both firewalls: set system setting dpdk-pkt-io off',
  };
}

/** Rule and lint of the action that the policy lacks; the others are C-056: it is not tried again. */
const LACKING: Readonly<Record<string, readonly [rule: string, lint: string]>> = {
  AttachNetworkInterface: ['C-051', 'X08'],
  DetachNetworkInterface: ['C-056', 'X08'],
  AssociateAddress: ['C-056', 'X10'],
  ReplaceRoute: ['C-052', 'X09'],
  AssignPrivateIpAddresses: ['C-056', 'X09'],
  DescribeRouteTables: ['C-056', 'X09'],
};

function unauthorized({ node, action }: Failed): Why {
  const [rule, lint] = LACKING[action] ?? ['C-056', 'X08'];
  return {
    reason: 'permission-missing',
    rule,
    lint: action === 'ReplaceRoute' ? [lint, 'X37'] : [lint],
    remedy: `let the policy of ${node}'s instance profile allow ec2:${action}`,
  };
}

/** The API is down for everybody or for this one, or its management has no way to it. */
function unreachable({ node, chain }: Failed): Why {
  if (chain.some(({ data }) => data['action'] === 'api-unavailable')) {
    return { reason: 'api-unavailable', rule: 'C-090' };
  }
  return {
    reason: 'api-unreachable',
    rule: 'C-054',
    lint: ['X11', 'X12', 'X13', 'X14'],
    remedy: `give the management interface of ${node} a way to the EC2 API that does not lead through the pair: an elastic IP, a NAT gateway, or an interface endpoint`,
  };
}
