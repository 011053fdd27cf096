import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdersOf, PairHistory } from '../../../src/measure/history.ts';
import { lay, runPair, us, type PairPart, type PairRun, type Part } from '../../helpers/pair.ts';

const ADDRESSES = ['203.0.113.10', '203.0.113.11', '10.0.0.1', '10.0.0.254'];
const NO_LINK_MONITORING: Part = { monitoring: { 'link-monitoring': { enabled: false } } };
const ping = (to: string): Part => ({ type: 'ping', from: 'client-1', to, interval: '200ms', timeout: '1s' });

function runActiveActive(part: PairPart): PairRun {
  return runPair({ mode: 'active-active', ...part });
}

/** Who held an address at a time; `none` and several, too. */
function holders(run: PairRun, address: string, atUs: number): string {
  const history = new PairHistory(['palo-1', 'palo-2'], {
    converged: true,
    configurationSynchronized: false,
  });
  for (const record of run.result.records) if (record.timeUs <= atUs) history.observe(record);
  return holdersOf(history.last, address).join(' ') || 'none';
}

describe('virtual addresses: tentative', () => {
  const tentative = (): PairRun =>
    runActiveActive({
      timeline: [{ at: '20s', 'interface-down': 'palo-1:ethernet1/1', for: '10s' }],
      probes: { interface: ping('10.0.0.2'), floating: ping('10.0.0.1') },
      until: '60s',
    });

  test('tentative: its interface address answers all along, its floating addresses answer at the peer', () => {
    const run = tentative();
    expect(run.rolesAt('50s')).toEqual(['tentative', 'active-primary']);
    expect(run.probe('interface').lost).toBe(0);
    expect(run.probe('floating').longestGapUs).toBeLessThan(us('500ms'));
    for (const address of ADDRESSES) expect(holders(run, address, us('50s'))).toBe('palo-2');
  });

  test('tentative: its ports neither go dark nor flap', () => {
    const dark = tentative()
      .records('link', 'palo-1')
      .filter(({ data }) => !data.visible);
    expect(dark).toEqual([]);
  });
});

describe('virtual addresses: given up', () => {
  test.each<[string, Part, string]>([
    ['power is lost', { 'power-off': 'palo-1' }, 'palo-1 power'],
    ['the dataplane crashes', { 'dataplane-crash': 'palo-1' }, 'palo-1 dataplane'],
    ['the operator suspends it', { suspend: 'palo-1' }, 'palo-1 role'],
  ])('virtual addresses: %s: both are given up for that, at once', (_, fault, cause) => {
    const run = runActiveActive({ timeline: [{ at: '20s', ...fault }], until: '30s' });
    const given = run.records('address', 'palo-1').filter(({ data }) => !data.held);
    expect(given.map(({ atUs, data }) => [atUs, data.address])).toEqual([
      [us('20s'), '203.0.113.10'],
      [us('20s'), '10.0.0.1'],
    ]);
    const because = run.result.records.find(({ id }) => id === given[0]?.cause);
    expect(`${because?.subject} ${because?.kind}`).toBe(cause);
    for (const address of ADDRESSES) expect(holders(run, address, us('30s'))).toBe('palo-2');
  });

  test('virtual addresses: the dataplane crashes under a hung agent: given up, and held again when it works', () => {
    const run = runActiveActive({
      timeline: [
        { at: '20s', 'ha-agent-hang': 'palo-1' },
        { at: '21s', 'dataplane-crash': 'palo-1' },
      ],
      unpublished: { 'dataplane-restart-time': '10s' },
      until: '40s',
    });
    const times = run
      .records('address', 'palo-1')
      .filter(({ atUs, data }) => atUs > 0 && data.address === '10.0.0.1')
      .map(({ atUs, data }) => [atUs, data.held]);
    expect(times).toEqual([
      [us('21s'), false],
      [us('31s'), true],
    ]);
  });
});

describe('virtual addresses: split brain', () => {
  test('split brain: each side holds all of them from its promotion on; healed: each has one holder again', () => {
    const run = runActiveActive({
      timeline: [{ at: '20s', 'link-down': 'palo-1-management', for: '20s' }],
      until: '2min',
    });
    expect(run.rolesAt('39s')).toEqual(['active-primary', 'active-primary']);
    const promotedUs = run.enters('palo-2', 'active-primary');
    expect(holders(run, '10.0.0.1', promotedUs - 1)).toBe('palo-1');
    for (const address of ADDRESSES) expect(holders(run, address, us('39s'))).toBe('palo-1 palo-2');
    for (const address of ADDRESSES) expect(holders(run, address, us('2min'))).toMatch(/^palo-[12]$/);
  });

  // The switches kept sending what one side had kept to the other, which had announced it last, until their entries had aged.
  test('split brain: healed: what each side has kept is announced again, and its clients are served', () => {
    const ping = (from: string) => ({ type: 'ping', from, to: 'server', interval: '500ms', timeout: '1s' });
    const run = runActiveActive({
      probes: { 'ping-1': ping('client-1'), 'ping-2': ping('client-2') },
      timeline: [{ at: '20s', 'link-down': 'palo-1-management', for: '20s' }],
      until: '2min',
    });
    const outages = ['ping-1', 'ping-2'].flatMap((name) => run.probe(name).outages);
    expect(outages.filter(({ toUs }) => toUs > us('45s'))).toEqual([]);
  });
});

describe('virtual addresses: announced', () => {
  const garps = (run: PairRun, device: 'palo-1' | 'palo-2') =>
    run.records('garp', device).map(({ atUs, data }) => [atUs, data.times, data.addresses]);

  test('announcement: of an address that is given back within 8 s: stops', () => {
    const run = runActiveActive({
      ha: NO_LINK_MONITORING,
      timeline: [{ at: '20s', 'interface-down': 'palo-1:ethernet1/2', for: '2.5s' }],
    });
    const takenUs = us('20.051s');
    expect(garps(run, 'palo-2')).toEqual([
      [takenUs, 2, ['10.0.0.1']],
      [takenUs + us('1s'), 1, ['10.0.0.1']],
      [takenUs + us('2s'), 1, ['10.0.0.1']],
    ]);
    expect(garps(run, 'palo-1').map(([atUs]) => atUs)).toHaveLength(9);
  });

  test('announcement: one address moves, then the others: each has its own schedule', () => {
    const run = runActiveActive({
      ha: NO_LINK_MONITORING,
      timeline: [
        { at: '20s', 'interface-down': 'palo-1:ethernet1/2' },
        { at: '25s', suspend: 'palo-1' },
      ],
    });
    const [first, others] = [us('20.051s'), us('25.001s')];
    const of = (address: string) =>
      garps(run, 'palo-2')
        .filter(([, , addresses]) => (addresses as string[]).includes(address))
        .map(([atUs]) => atUs);
    const schedule = (fromUs: number) => [0, 1, 2, 3, 4, 5, 6, 7, 8].map((s) => fromUs + s * us('1s'));
    expect(of('10.0.0.1')).toEqual(schedule(first));
    expect(of('203.0.113.10')).toEqual(schedule(others));
  });

  test('announcement: on a port without carrier: lost, and the record says so', () => {
    const stays = { floating: { 'device-priority': { 'failover-on-link-down': false } } };
    const virtual = { 'active-active': { 'virtual-address': { 'ethernet1/1': { '203.0.113.10': stays } } } };
    const run = runActiveActive({
      ha: lay(NO_LINK_MONITORING, virtual),
      timeline: [
        { at: '20s', 'interface-down': 'palo-2:ethernet1/1' },
        { at: '25s', suspend: 'palo-1' },
      ],
    });
    expect(run.firstRecord('garp', 'palo-2').data).toEqual({
      times: 2,
      sent: ['ethernet1/2'],
      lost: ['ethernet1/1'],
      addresses: ['203.0.113.10', '10.0.0.1'],
    });
  });

  test('restoration: the first packet to an address that was taken, not the traffic that was there before', () => {
    const run = runActiveActive({
      ha: NO_LINK_MONITORING,
      network: {
        routers: { isp: { 'static-route': [{ destination: '10.0.0.0/24', nexthop: '203.0.113.11' }] } },
      },
      probes: {
        all: { type: 'ping', from: 'client-2', to: 'server', interval: '10ms' },
        moved: { type: 'ping', from: 'client-1', to: 'server', interval: '1s' },
      },
      timeline: [{ at: '20.5s', 'interface-down': 'palo-1:ethernet1/2' }],
      until: '30s',
    });
    const restored = run.records('restored');
    expect(restored.map(({ subject, data }) => [subject, data.address])).toEqual([['palo-2', '10.0.0.1']]);
    expect(restored[0]?.atUs).toBeGreaterThanOrEqual(us('21s'));
  });
});

describe('virtual addresses: under random faults', () => {
  const device = fc.constantFrom('palo-1', 'palo-2');
  const lasts = fc.integer({ min: 100, max: 60_000 }).map((ms) => `${ms}ms`);
  const fault: fc.Arbitrary<Part> = fc.oneof(
    fc.record({
      'interface-down': fc.tuple(device, fc.constantFrom(1, 2)).map(([name, n]) => `${name}:ethernet1/${n}`),
      for: lasts,
    }),
    fc.record({ 'link-down': device.map((name) => `${name}-management`), for: lasts }),
    fc.record({ 'power-off': device, for: lasts }),
    fc.record({ 'dataplane-crash': device }),
    fc.record({ 'ha-agent-restart': device }),
    fc.record({ 'management-plane-stall': device, for: lasts }),
  );
  const at = fc.integer({ min: 1_000, max: 200_000 });
  const timeline = fc
    .array(fc.tuple(at, fault), { minLength: 1, maxLength: 5 })
    .map((list) => list.toSorted(([a], [b]) => a - b).map(([ms, part]) => ({ at: `${ms}ms`, ...part })));

  test('virtual addresses: after everything has healed: each has one holder, the one it is bound to where both serve', () => {
    fc.assert(
      fc.property(timeline, fc.boolean(), (faults, linkMonitoring) => {
        const part: PairPart = {
          ha: lay(linkMonitoring ? {} : NO_LINK_MONITORING, {
            'active-active': { 'tentative-hold-time': '10s' },
          }),
          unpublished: { 'boot-time': '10s', 'dataplane-restart-time': '10s', 'bulk-session-sync': '5s' },
          timeline: faults,
          until: '15min',
        };
        const run = runActiveActive(part); // The law that no address has two holders is checked all along.
        const roles = run.rolesAt('15min');
        const serve = roles.map((role) => role === 'active-primary' || role === 'active-secondary');
        expect(serve).toContain(true);
        for (const [index, address] of ADDRESSES.entries()) {
          const bound = index % 2 === 0 ? 0 : 1;
          const expected = serve[bound] === true ? bound : 1 - bound;
          expect(holders(run, address, us('15min'))).toBe(['palo-1', 'palo-2'][expected]);
        }
      }),
      { seed: 1, numRuns: 40 },
    );
  }, 120_000);
});
