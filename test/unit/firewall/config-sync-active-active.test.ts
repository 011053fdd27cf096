/** Configuration sync of an active/active pair: each firewall has interfaces of its own. */

import { expect, test } from 'vitest';
import { runPair, us, type Part } from '../../helpers/pair.ts';

const BACKUP = { destination: '192.0.2.0/24', nexthop: '203.0.113.1' };

const commit = (virtualRouter: boolean): Part => ({
  ha: { 'active-active': { 'network-configuration-sync': { 'virtual-router': virtualRouter } } },
  timeline: [
    { at: '20s', commit: { device: 'palo-1', 'static-route': [BACKUP] } },
    {
      at: '40s',
      commit: { device: 'palo-1', interfaces: { 'ethernet1/1': { zone: 'untrust', ip: '203.0.113.4/24' } } },
    },
  ],
});

const said = (virtualRouter: boolean) =>
  runPair({ mode: 'active-active', until: '60s', ...commit(virtualRouter) })
    .records('configuration')
    .map(({ atUs, subject, data }) => [
      subject,
      atUs < us('40s') ? 'routes' : 'interfaces',
      data.synchronized,
    ]);

test('configuration sync: active/active: a change of interfaces stays on its firewall, and the two still agree', () => {
  expect(said(false).filter(([, what]) => what === 'interfaces')).toEqual([
    ['palo-1', 'interfaces', true],
    ['palo-2', 'interfaces', true],
  ]);
});

test('configuration sync: active/active: routes are each firewall’s own, unless the virtual router is synchronized', () => {
  expect(said(false).filter(([, what]) => what === 'routes')[0]).toEqual(['palo-1', 'routes', true]);
  expect(said(true).filter(([, what]) => what === 'routes')).toEqual([
    ['palo-1', 'routes', false],
    ['palo-2', 'routes', true],
  ]);
});
