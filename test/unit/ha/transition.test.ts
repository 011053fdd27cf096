/** Regressions of the pure protocol, found by random lives of one firewall (test/property/protocol.test.ts). */

import { describe, expect, test } from 'vitest';
import {
  configOf,
  fired,
  follow,
  heard,
  helloFrom,
  lostPeer,
  roleEntered,
  stateIn,
  timersSet,
} from '../../helpers/protocol.ts';

describe('protocol: two actives that do not match each other meet', () => {
  const hello = helloFrom('active', {}, { groupId: 2 });
  const lonely = stateIn('active', null, { peer: lostPeer(helloFrom('passive')) });

  test('protocol: the loser of the election: leaves in that instant, not at the next hello', () => {
    const config = configOf({ devicePriority: 120 });
    const yielded = follow(config, lonely, heard(hello));
    expect(roleEntered(yielded)).toMatchObject({ to: 'passive', transition: 'T13' });
    expect(timersSet(yielded)).toMatchObject({ 'promotion-hold-time': 0 });

    const left = follow(config, yielded.state, fired('promotion-hold-time'));
    expect(roleEntered(left)).toMatchObject({ to: 'non-functional', transition: 'T7' });
    expect(left.state).toMatchObject({ failure: 'mismatch', reason: 'Group ID mismatch between peers' });

    const again = follow(config, left.state, heard(hello));
    expect([again.state.role, again.effects]).toEqual(['non-functional', []]);
  });

  test('protocol: the winner of the election: goes on serving', () => {
    const answer = follow(configOf({ devicePriority: 90 }), lonely, heard(hello));
    expect([answer.state.role, roleEntered(answer)]).toEqual(['active', undefined]);
  });
});
