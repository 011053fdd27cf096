/** Why the data path did not follow the role: each kind of reason by a run, with its rule, what lint says and what helps. */

import { describe, expect, test } from 'vitest';
import { failoverStory } from '../../../../src/measure/failover-story.ts';
import { renderFailover } from '../../../../src/report/explain-failover.ts';
import { renderOutcomes } from '../../../../src/report/explain-missed.ts';
import { pairSettings } from '../../../../src/run/pair-settings.ts';
import { run } from '../../../../src/run/run.ts';
import { outcomesOf } from '../../../../src/run/why.ts';
import { resolveAws, type AwsPart } from '../../../helpers/aws-pair.ts';
import { us, type Part } from '../../../helpers/pair.ts';

const CRASH: AwsPart = { timeline: [{ at: '20s', 'power-off': 'palo-1' }], until: '5min' };

function asked(part: AwsPart, atUs?: number) {
  const scenario = resolveAws({ ...CRASH, ...part });
  const result = run(scenario);
  return { scenario, result, outcomes: outcomesOf(scenario, result, atUs) };
}

/** What is said of the first takeover's data path. */
function left(part: AwsPart, atUs?: number) {
  const { outcomes } = asked(part, atUs);
  const found = outcomes[0]?.leftBehind[0];
  if (found === undefined) throw new Error('the data path followed');
  const { reason, rule, lint, setting } = found;
  return {
    reason,
    rule,
    lint,
    setting: setting === null ? null : `${setting.name}: ${setting.value}`,
    found,
  };
}

const profile = (...actions: string[]): Part => ({ 'iam-instance-profiles': { 'palo-ha': { actions } } });
/** palo-2's management has no way to the API. */
const NO_API: AwsPart = { aws: { 'elastic-ips': { 'mgmt-secondary-ip': null } } };
const READS = ['DescribeInstances', 'DescribeNetworkInterfaces', 'DescribeRouteTables'];

describe('the data path does not follow the role', () => {
  test.each<[situation: string, part: AwsPart, reason: string, rule: string, lint: string[]]>([
    [
      'no instance profile',
      { aws: { instances: { 'palo-2': { 'iam-instance-profile': null } } } },
      'no-instance-profile',
      'C-050',
      ['X07'],
    ],
    [
      'it may detach and not attach',
      { aws: profile(...READS, 'DetachNetworkInterface') },
      'permission-missing',
      'C-051',
      ['X08'],
    ],
    [
      'it may not replace routes',
      { mode: 'secondary-ip', aws: profile(...READS, 'AssignPrivateIpAddresses') },
      'permission-missing',
      'C-052',
      ['X09', 'X37'],
    ],
    [
      'its management has no way to the API',
      NO_API,
      'api-unreachable',
      'C-054',
      ['X11', 'X12', 'X13', 'X14'],
    ],
    [
      'the API is down for longer than it tries',
      {
        timeline: [
          { at: '10s', 'api-unavailable': 'all' },
          { at: '20s', 'power-off': 'palo-1' },
        ],
      },
      'api-unavailable',
      'C-090',
      [],
    ],
    [
      'every attempt is throttled',
      {
        aws: {
          api: {
            throttle: { AttachNetworkInterface: { capacity: 1, refill: 1 } },
            'background-load': { AttachNetworkInterface: '1000/s' },
          },
        },
      },
      'throttled',
      'C-047',
      ['X38'],
    ],
    [
      'DPDK is on',
      { aws: { instances: { 'palo-2': { 'vm-series': { 'dpdk-pkt-io': true } } } } },
      'dpdk',
      'C-032',
      ['X15'],
    ],
  ])('%s: the reason, its rule, and what lint has to say', (_situation, part, reason, rule, lint) => {
    const { scenario, result, outcomes } = asked(part);
    const found = outcomes.flatMap(({ leftBehind }) => leftBehind)[0];
    const { text, records } = found ?? { text: '', records: [] };
    const report = renderOutcomes(outcomes, result, null);

    expect(found).toMatchObject({ reason, rule, lint, failover: 1 });
    expect(text).toMatch(/^palo-2 is active without (all of )?the data path: ./);
    expect(records.length).toBeGreaterThanOrEqual(2);
    expect(report.replaceAll(/\s+/g, ' ')).toContain(text);
    expect(report).toContain(rule);
    expect(report.includes('what helps: ')).toBe(found?.remedy !== null);
    expect(pairSettings(scenario).members[1].dpdk).toBe(reason === 'dpdk');
    if (result.failovers[0]?.restoredUs === null) expect(result.failovers[0].cloudUs).toBeNull();
  });

  test('a permission: the remedy names it', () => {
    const { found } = left({ aws: profile(...READS, 'DetachNetworkInterface') });
    expect(found.remedy).toBe("let the policy of palo-2's instance profile allow ec2:AttachNetworkInterface");
  });

  test('a setting behind it: told with its value', () => {
    const dpdk = { instances: { 'palo-2': { 'vm-series': { 'dpdk-pkt-io': true } } } };
    expect(left({ aws: dpdk }).setting).toBe('aws.instances.palo-2.vm-series.dpdk-pkt-io: true');
  });

  test('the data path is on its way: it was at that time, and is not left behind in the end', () => {
    const { outcomes } = asked({});
    expect(outcomes[0]).toMatchObject({ verdict: 'takeover', leftBehind: [] });
    expect(left({}, us('32s'))).toMatchObject({ reason: 'takeover-running', rule: 'C-012' });
  });

  test('no longer active before it was over: given up', () => {
    const timeline: Part[] = [
      { at: '20s', suspend: 'palo-1' },
      { at: '24s', 'power-off': 'palo-2' },
    ];
    expect(left({ timeline })).toMatchObject({ reason: 'takeover-abandoned', lint: [] });
  });

  test('a pair with cables, or a role that stays: nothing is left behind', () => {
    const { outcomes } = asked({ timeline: [{ at: '20s', 'power-off': 'palo-2' }] });
    expect(outcomes[0]).toMatchObject({ verdict: 'no-takeover', leftBehind: [] });
  });

  test('terraform apply: moves the data path, and no role', () => {
    const part: AwsPart = {
      aws: { terraform: { manages: ['network-interfaces'] } },
      timeline: [
        { at: '20s', suspend: 'palo-1' },
        { at: '200s', 'terraform-apply': 'all' },
      ],
    };
    const apply = asked(part).outcomes.at(-1);
    expect(apply?.finding).toMatchObject({
      reason: 'data-path-only',
      rule: 'C-085',
      text: 'it moved the data path to palo-1, and roles do not follow the data path',
    });
    const idle = asked({ ...part, timeline: [{ at: '20s', 'terraform-apply': 'all' }] }).outcomes[0];
    expect(idle?.finding?.text).toBe('everything was where it is put back to');
  });
});

describe('the story of a takeover in a cloud', () => {
  function story(part: AwsPart) {
    const { scenario, result } = asked(part);
    const [failover] = result.failovers;
    if (failover === undefined) throw new Error('no failover');
    return { result, story: failoverStory(failover, result.records, pairSettings(scenario)) };
  }

  test('its calls: in order, each with its rule; the hold before them with its setting', () => {
    const { story: told } = story({});
    const calls = told.restoration.filter(({ record }) => record.kind === 'api-call');

    expect(calls.map(({ record, rule }) => `${String(record.data['action'])} ${rule}`)).toEqual([
      'DescribeInstances null',
      'DescribeNetworkInterfaces null',
      'DetachNetworkInterface C-019',
      'AttachNetworkInterface C-019',
      'DetachNetworkInterface C-019',
      'AttachNetworkInterface C-019',
    ]);
    expect(told.restoration.find(({ record }) => record.kind === 'takeover')).toMatchObject({
      rule: 'C-011',
      setting: { name: 'additional-master-hold-up-time', value: '500ms' },
    });
  });

  test('calls that the API does not answer: they and what comes after them are part of it, to the last', () => {
    const timeline: Part[] = [
      { at: '10s', 'api-unavailable': 'all', for: '3min' },
      { at: '20s', 'power-off': 'palo-1' },
    ];
    const { result, story: told } = story({ timeline, unpublished: { 'aws-attempts': 40 }, until: '10min' });
    const rules = told.restoration.filter(({ record }) => record.kind === 'api-call').map(({ rule }) => rule);

    expect(rules.filter((rule) => rule === 'C-054').length).toBeGreaterThan(5);
    expect(rules.at(-1)).toBe('C-019');
    expect(renderFailover(told, result)).toContain('has the data path');
  });

  test('a takeover that fails late: its end is told, and the part says why it is never over', () => {
    const { result, story: told } = story({ unpublished: { 'aws-connect-timeout': '30s' }, ...NO_API });
    const text = renderFailover(told, result).replaceAll(/\s+/g, ' ');

    expect(text).toContain('does not get the data path: DescribeInstances of palo-1: ConnectTimeout');
    expect(text).toContain('cloud never over DescribeInstances of palo-1: ConnectTimeout');
  });
});
