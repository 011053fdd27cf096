import { describe, expect, test } from 'vitest';
import { formatIp, formatMac } from '../../../src/network/address.ts';
import { FRAME } from '../../../src/network/frame.ts';
import { buildPair, runPair, type Part } from '../../helpers/pair.ts';

const UPSTREAM = '203.0.113.1';
const PATHS: Part = {
  monitoring: {
    'path-monitoring': {
      enabled: true,
      'virtual-router': { default: { 'destination-group': { isp: { 'destination-ip': [UPSTREAM] } } } },
    },
  },
};

describe('active/active: interface addresses', () => {
  test('path monitoring: each firewall pings from its own address and MAC, and gets its own answers', () => {
    const part = { mode: 'active-active', ha: PATHS, until: '30s' } as const;
    const pair = buildPair(part);
    const sources = ['palo-1', 'palo-2'].map((device) => {
      const seen = new Set<string>();
      const link = pair.network.link(`${device}-uplink`);
      const transmit = link.transmit.bind(link);
      link.transmit = (side, frame) => {
        const own = link.ends[side].node.name === device;
        if (own && frame.kind === FRAME.echoRequest)
          seen.add(`${formatIp(frame.sourceIp)} ${formatMac(frame.sourceMac)}`);
        transmit(side, frame);
      };
      return seen;
    });
    pair.runTo('30s');
    const run = runPair(part);

    const macOf = (index: 0 | 1) =>
      formatMac(
        pair.firewalls[index].settings.dataPorts.find(({ name }) => name === 'ethernet1/1')?.mac ?? 0,
      );
    expect(sources.map((seen) => [...seen])).toEqual([
      [`203.0.113.2 ${macOf(0)}`],
      [`203.0.113.3 ${macOf(1)}`],
    ]);
    expect(macOf(0)).not.toBe(macOf(1));
    expect(run.records('path')).toEqual([]);
  });

  test('path monitoring: the destination goes silent: both notice', () => {
    const timeline = [{ at: '10s', 'target-unreachable': UPSTREAM }];
    const run = runPair({ mode: 'active-active', ha: PATHS, timeline, until: '30s' });
    const firstOf = (device: string) => run.records('path', device)[0]?.data;
    const expected = { destination: UPSTREAM, reachable: false };
    expect([firstOf('palo-1'), firstOf('palo-2')]).toEqual([expected, expected]);
  });

  test('interface addresses: both firewalls answer pings to their own, all the time', () => {
    const ping = (to: string) => ({ type: 'ping', from: 'client-1', to, interval: '200ms', timeout: '1s' });
    const run = runPair({
      mode: 'active-active',
      probes: { one: ping('10.0.0.2'), two: ping('10.0.0.3') },
      until: '10s',
    });
    expect([run.probe('one').lost, run.probe('two').lost]).toEqual([0, 0]);
  });
});
