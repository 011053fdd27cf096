/** encryption, incidents, clouds, Panorama and dynamic routing. Only the last is simulated. */

import { describe, expect, test } from 'vitest';
import {
  lay,
  mistakesIn,
  NO_PATH_MONITORING,
  runPair,
  us,
  type PairPart,
  type Part,
} from '../helpers/pair.ts';
import { dynamicRoutes, twoPaths } from '../helpers/routing.ts';
import { onAws } from '../helpers/refused.ts';

describe('what stands around the pair', () => {
  test.todo(
    'R-149: HA1 encryption on one node only: the connection is down — HA1 encryption is not simulated yet',
  );
  test.todo('R-150: an HA1 incident clears after 2 h of stable up — incidents are not simulated yet');
  test.todo('R-151: AWS ENI move: 20 s to over 60 s on top of HA — cloud providers are not simulated yet');
  test.todo('R-152: Azure floating IP: minutes — cloud providers are not simulated yet');
  test('R-153: VM-Series on AWS: HA1 on management, HA2 on ethernet1/1 by IP or UDP, no backups; else refused', () => {
    const ports = (part: Part): Part => ({ interface: part });
    const refused = (ha: Part): string[] =>
      mistakesIn(onAws(ha)).filter((message) => message.endsWith(' (R-153, D24)'));

    for (const transport of ['ip', 'udp']) {
      expect(mistakesIn(onAws({ 'state-synchronization': { transport } }))).toEqual([]);
    }
    expect(refused({ 'state-synchronization': { transport: 'ethernet' } })).toHaveLength(1);
    expect(refused(ports({ ha1: { port: 'ha1-a' } }))).toHaveLength(1);
    expect(refused(ports({ ha2: { port: 'ethernet1/3' } }))).toHaveLength(1);
    expect(refused(ports({ 'ha1-backup': { port: 'ethernet1/4' } }))).toHaveLength(1);
    expect(refused(ports({ 'ha2-backup': { port: 'ethernet1/4' } }))).toHaveLength(1);
    expect(refused({ 'election-option': { 'heartbeat-backup': true } })).toHaveLength(1);
  });
  test.todo('R-154: Panorama: path monitoring 5000 ms × 3, 7000 ms hold — Panorama is not simulated yet');
});

describe('dynamic routing', () => {
  const ping = { ping: { from: 'client', to: 'server', type: 'ping', interval: '100ms', timeout: '1s' } };

  test('R-155: BFD and graceful restart, the data link to the neighbour fails: return traffic is lost for the restart time', () => {
    // Only the downlink is monitored: the firewall stays active and sends over its other path, but the provider keeps the
    // stale route over the dead one.
    const outage = (gracefulRestart: boolean) => {
      const pair = runPair({
        ...twoPaths({ gracefulRestart, bfd: true }),
        ha: lay(NO_PATH_MONITORING, {
          monitoring: {
            'link-monitoring': { 'link-group': { 'uplink-and-downlink': { interface: ['ethernet1/2'] } } },
          },
        }),
        probes: ping,
        timeline: [{ at: '20s', 'link-down': 'palo-1-uplink' }],
        until: '4min',
      });
      expect(pair.story('palo-1')).toBe('active');
      return pair.probe('ping').longestGapUs;
    };

    const detection = us('3s'); // 3 x 1 s
    expect(outage(true)).toBeGreaterThan(us('120s') + detection - us('1s'));
    expect(outage(true)).toBeLessThan(us('120s') + detection + us('1s'));
    expect(outage(false)).toBeLessThan(detection + us('1s') + us('1s')); // And the convergence time.
  });

  test('R-156: graceful restart on both sides: the FIB entries of both survive the switchover', () => {
    const on = { gracefulRestart: true, convergence: '10s' };
    const off = { gracefulRestart: false, convergence: '10s' };
    const switchover = (parts: Pick<PairPart, 'devices' | 'network'>) =>
      runPair({ ...parts, probes: ping, timeline: [{ at: '20s', suspend: 'palo-1' }] });
    const withdrawn = (pair: ReturnType<typeof runPair>) =>
      pair.records('routes').filter(({ data }) => data.state === 'withdrawn').length;
    const both = switchover(dynamicRoutes(on));
    const fixed = switchover({});

    expect(both.records('adjacency').map(({ data }) => data.state)).toEqual(['down', 'up', 'up']);
    expect(withdrawn(both)).toBe(0);
    expect(both.probe('ping').longestGapUs).toBe(fixed.probe('ping').longestGapUs);
    for (const parts of [dynamicRoutes(off), dynamicRoutes(on, off), dynamicRoutes(off, on)]) {
      const pair = switchover(parts);
      expect(withdrawn(pair)).toBeGreaterThan(0);
      expect(pair.probe('ping').longestGapUs).toBeGreaterThan(us('10s'));
    }
  });
});
