/**
 * `expect:` — statements that a run must bear out. Each has one mode: `at`, `always`, `never`, `eventually` on the state
 * of the pair, or a measured value of a `failover`, a `probe` or the `sessions`.
 */

import { z } from 'zod';
import { EC2_ACTIONS } from '../../cloud/aws/ec2-actions.ts';
import { aggregate } from './aggregate.ts';
import { countComparison, durationComparison, percentComparison } from './comparison.ts';
import { condition, type Condition } from './condition.ts';
import { lossCauses } from './loss-causes.ts';
import { duration, line, name, wholeNumber } from './units.ts';

/** `trust → untrust`, or with an arrow of ASCII. */
const zones = z
  .string()
  .regex(/^\s*\S+\s*(→|->)\s*\S+\s*$/, 'expected two zones, such as "trust → untrust" or "trust -> untrust"')
  .transform((text) => {
    const [from = '', to = ''] = text.split(/→|->/).map((zone) => zone.trim());
    return { from, to };
  });

const sessionsSchema = z
  .strictObject({
    workload: name().optional().describe('Of this workload only.'),
    started: countComparison().optional().describe('How many began.'),
    completed: countComparison().optional().describe('How many came to their end.'),
    lost: countComparison().optional().describe('By any cause.'),
    ...lossCauses.shape,
    carried: countComparison().optional().describe('Taken over by the survivor of a failover.'),
    failed: countComparison().optional().describe('Never got an answer to their opening packets.'),
    undecrypted: countComparison().optional().describe('Went on after a failover without being decrypted.'),
    recreated: countComparison()
      .optional()
      .describe('Made anew by the survivor from a packet in the middle.'),
    stalled: countComparison().optional().describe('So often a user had to wait, and was served again.'),
    'median-stall': durationComparison().optional().describe('Of several workloads, the longest.'),
    'longest-stall': durationComparison().optional().describe('The longest that a user had to wait.'),
  })
  .refine(
    (value) => Object.keys(value).some((key) => key !== 'workload'),
    'expected a measure of the sessions, such as lost or carried, got none',
  );

export const expectationSchema = z
  .strictObject({
    name: line(200).optional().describe('What is expected, in words; reports show it.'),
    at: duration().optional().describe('The condition in `that` holds at this time.'),
    that: condition.optional().describe('Beside `at`.'),
    always: condition.optional().describe('Holds without a break in the window.'),
    never: condition.optional().describe('Holds at no time of the window.'),
    eventually: condition.optional().describe('Holds at some time of the window.'),
    from: z
      .union([duration(), condition], { error: 'expected a duration such as 3s, or a condition' })
      .optional()
      .describe(
        'Start of the window, 0 unless told; or what has to come and opens it. The time of `at` counts from there.',
      ),
    whenever: condition
      .optional()
      .describe(
        'Instead of `from`: a window opens every time that this comes to hold, and in each of them it is so.',
      ),
    until: z
      .union([duration(), condition], {
        error: 'expected a duration such as 3s, or a condition beside always',
      })
      .optional()
      .describe(
        'End of the window, the end of the run unless told; or beside `always`, what has to come and ends it.',
      ),
    within: duration().optional().describe('The length of the window, instead of its end.'),
    'stays-for': duration({ from: '1us' })
      .optional()
      .describe('Beside `eventually`: and from then on for so long.'),
    log: line(200).optional().describe('Lines of the system log that have this text in them.'),
    device: name().optional().describe('Of this firewall only.'),
    severity: z.enum(['informational', 'critical']).optional().describe('Of the lines of `log`.'),
    times: countComparison().optional().describe('How many; at least one unless told.'),
    failover: wholeNumber(1, 10_000).optional().describe('The n-th failover of the run.'),
    detection: durationComparison().optional().describe('From the fault until a firewall knows of it.'),
    hold: durationComparison()
      .optional()
      .describe('Until the active leaves its role, or the last hold before the takeover is over.'),
    promotion: durationComparison().optional().describe('Until the survivor has the role, or the address.'),
    cloud: durationComparison()
      .optional()
      .describe('In a cloud, until its API has moved the data path to the survivor.'),
    port: durationComparison()
      .optional()
      .describe('Until its data ports forward, and the switches behind them let them.'),
    announcement: durationComparison()
      .optional()
      .describe('Until the gratuitous ARP has left that puts right where the neighbors send.'),
    learning: durationComparison().optional().describe('Until they have learned from it.'),
    restoration: durationComparison()
      .optional()
      .describe('When all this is done, until the first answer is forwarded.'),
    total: durationComparison().optional().describe('From the fault until traffic passes again.'),
    failovers: countComparison().optional().describe('How many failovers and switchovers the run had.'),
    probe: name().optional().describe('What this probe saw over the whole run.'),
    lost: countComparison().optional().describe('Its packets that were lost.'),
    'longest-gap': durationComparison()
      .optional()
      .describe('The longest time between two arrivals in a row.'),
    outage: durationComparison().optional().describe('Loss ÷ rate, of the worse direction unless told.'),
    direction: z.enum(['forward', 'reverse']).optional().describe('Of a udp-stream.'),
    failed: countComparison().optional().describe('Transactions of a tcp-transaction.'),
    'longest-transaction': durationComparison().optional().describe('Of a tcp-transaction.'),
    ha3: name().optional().describe('What this firewall put on HA3 over the whole run; active/active.'),
    'to-owner': countComparison().optional().describe('Packets for the owner of their session.'),
    'set-up': countComparison().optional().describe('First packets, for the firewall that sets sessions up.'),
    dropped: countComparison().optional().describe('Packets that HA3 did not take, whatever the reason.'),
    ha2: name().optional().describe('What this firewall told its peer by session sync over the whole run.'),
    'peak-backlog': countComparison()
      .optional()
      .describe('Most sync messages that waited at once although their lag had passed.'),
    backlog: countComparison().optional().describe('Sync messages that wait so at the end.'),
    drain: durationComparison().optional().describe('From the peak of the backlog until nothing waited.'),
    messages: countComparison().optional().describe('Sync messages sent, of all kinds.'),
    'not-sent': countComparison().optional().describe('Sync messages that never left, whatever the reason.'),
    availability: percentComparison()
      .optional()
      .describe('Share of the run in which the pair was up or degraded, or a direction of traffic up.'),
    zones: zones.optional().describe('Between two zones, such as `trust → untrust`, instead of the pair.'),
    degraded: durationComparison()
      .optional()
      .describe('Time without a peer that could take over as it should.'),
    'dual-active': durationComparison().optional().describe('Time in which both were active.'),
    down: durationComparison().optional().describe('Time in which nobody passed traffic.'),
    'api-calls': z.enum(EC2_ACTIONS).optional().describe('AWS: attempts at calls of this action.'),
    attempts: countComparison().optional().describe('How many, of all outcomes.'),
    succeeded: countComparison().optional().describe('How many of them were carried out.'),
    throttled: countComparison().optional().describe('RequestLimitExceeded.'),
    'over-seeds': aggregate()
      .optional()
      .describe('About runs with many seeds (hasim test --seeds): p99 failover < 4.2s with 95 % confidence.'),
    sessions: sessionsSchema.optional().describe('Sessions over the whole run.'),
  })
  .superRefine(checkMode);

/** Where a condition may stand. */
export const CONDITION_KEYS = [
  'that',
  'always',
  'never',
  'eventually',
  'from',
  'whenever',
  'until',
] as const satisfies readonly (keyof z.output<typeof expectationSchema>)[];

const WINDOW = ['from', 'whenever', 'until', 'within'];

/** The modes, and what each may stand with. */
const MODES: Readonly<Record<string, readonly string[]>> = {
  at: ['that', 'from', 'whenever'],
  always: WINDOW,
  never: WINDOW,
  eventually: [...WINDOW, 'stays-for'],
  failover: [
    'detection',
    'hold',
    'promotion',
    'cloud',
    'port',
    'announcement',
    'learning',
    'restoration',
    'total',
  ],
  failovers: [],
  probe: ['lost', 'longest-gap', 'outage', 'failed', 'longest-transaction', 'direction'],
  ha3: ['to-owner', 'set-up', 'dropped'],
  ha2: ['peak-backlog', 'backlog', 'drain', 'messages', 'not-sent'],
  availability: ['zones', 'degraded', 'dual-active', 'down'],
  sessions: [],
  log: ['device', 'severity', 'times'],
  'over-seeds': [],
  'api-calls': ['attempts', 'succeeded', 'throttled', 'failed'],
};

/** Modes that say something only with a measure beside them. */
const MEASURED: ReadonlySet<string> = new Set(['failover', 'probe', 'ha3', 'ha2', 'api-calls']);

function checkMode(value: Record<string, unknown>, context: z.RefinementCtx): void {
  const given = Object.keys(value).filter((key) => value[key] !== undefined && key !== 'name');
  const modes = given.filter((key) => key in MODES);
  const mode = modes[0];
  if (mode === undefined || modes.length > 1) {
    context.addIssue({ code: 'custom', message: expectOneMode(given, modes) });
    return;
  }
  const company = MODES[mode] ?? [];
  for (const key of given) {
    if (key === mode || company.includes(key)) continue;
    const may = ['name', ...company].join(', ');
    context.addIssue({
      code: 'custom',
      path: [key],
      message: `expected beside ${mode}: only ${may}, got ${key}`,
    });
  }
  if (mode !== 'always' && typeof value['until'] === 'object') {
    const message = `expected a duration beside ${mode}, for a condition that ends a window stands beside always`;
    context.addIssue({ code: 'custom', path: ['until'], message });
  }
  for (const [one, other] of [
    ['until', 'within'],
    ['from', 'whenever'],
  ] as const) {
    if (value[one] === undefined || value[other] === undefined) continue;
    context.addIssue({
      code: 'custom',
      path: [other],
      message: `expected one of ${one} and ${other}, got both`,
    });
  }
  if (mode === 'at' && typeof value['from'] === 'number') {
    const message = 'expected a condition beside at, whose time counts from when it comes, got a time';
    context.addIssue({ code: 'custom', path: ['from'], message });
  }
  if (mode === 'at' && value['that'] === undefined) {
    context.addIssue({ code: 'custom', message: 'expected the key that beside at, got none' });
  }
  for (const key of ['degraded', 'dual-active']) {
    if (mode !== 'availability' || value['zones'] === undefined || value[key] === undefined) continue;
    const message = `expected beside zones: only down, for a direction is up or down, got ${key}`;
    context.addIssue({ code: 'custom', path: [key], message });
  }
  const measures = MEASURED.has(mode);
  if (measures && given.filter((key) => key !== 'direction').length === 1) {
    context.addIssue({
      code: 'custom',
      message: `expected a measure beside ${mode} (${company.join(', ')}), got none`,
    });
  }
}

function expectOneMode(given: readonly string[], modes: readonly string[]): string {
  if (modes.length > 1) return `expected one of ${modes.join(' and ')}, got both`;
  // `total` without its mode means failover, and `that` means at: say so.
  const companions = Object.keys(MODES).filter((mode) => given.some((key) => MODES[mode]?.includes(key)));
  const [only] = companions;
  if (only !== undefined && companions.length === 1) {
    return `expected the key ${only} beside ${given.join(', ')}, got none`;
  }
  return `expected exactly one of ${Object.keys(MODES).join(', ')}, got none`;
}

export type Expectation = z.output<typeof expectationSchema>;

/** The conditions of an expectation, each with the key at which it stands. */
export function conditionsOf(expectation: Expectation): (readonly [key: string, condition: Condition])[] {
  return CONDITION_KEYS.flatMap((key) => {
    const value = expectation[key];
    return typeof value === 'object' ? [[key, value] as const] : [];
  });
}
