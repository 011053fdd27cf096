import { describe, expect, it, test } from 'vitest';
import { remediesFor, type SyncSettings } from '../../../src/measure/remedy.ts';
import { LOSS_CAUSES } from '../../../src/traffic/loss.ts';

const PLAIN: SyncSettings = { stateSynchronization: true, ha2Backup: null };
const FULL: SyncSettings = { stateSynchronization: true, ha2Backup: 'hsci', ha2KeepAlive: '10s log-only' };
const settings = (cause: string, device: SyncSettings): (string | null)[] =>
  remediesFor(cause, [device, device]).map(({ setting }) => setting);

describe('remedies', () => {
  it.each([...LOSS_CAUSES, 'timed-out', 'flushed', 'address-moved', 'aged-out'])('%s: has one', (cause) => {
    expect(remediesFor(cause, [PLAIN])).not.toEqual([]);
  });

  test('not-synced, state synchronization off: to switch it on, and nothing about HA2', () => {
    expect(settings('not-synced', { ...PLAIN, stateSynchronization: false })).toEqual([
      'state-synchronization.enabled',
    ]);
  });

  test('not-synced, HA2 alone: a backup and keep-alive', () => {
    expect(settings('not-synced', PLAIN)).toEqual([
      'interface.ha2-backup',
      'state-synchronization.ha2-keep-alive',
      null,
    ]);
  });

  test('not-synced, all of it there already: only sooner', () => {
    expect(settings('not-synced', FULL)).toEqual([null]);
  });

  test('a cause that it does not know: none', () => {
    expect(remediesFor('toString', [PLAIN])).toEqual([]);
  });
});
