/**
 * `unpublished:` — what PAN-OS does not publish, as parameters with a default, a range and a note.
 *
 * Reference section 14.A lists them with their nominal values; those it does not list are marked "ours". A run's result
 * rests on these, so they are settings that can be swept, never constants in the code.
 */

import { z } from 'zod';
import { duration, share, wholeNumber } from './units.ts';

const SIGMA = 'expected a number from 0 to 2';

export const unpublishedSchema = z.strictObject({
  'hello-losses': wholeNumber(1, 3).default(3).describe('Hellos missed before the peer is declared failed.'),
  'heartbeat-reply-timeout': z
    .number({ error: 'expected a fraction of the heartbeat interval from 0.2 to 1' })
    .min(0.2, 'expected a fraction of the heartbeat interval from 0.2 to 1')
    .max(1, 'expected a fraction of the heartbeat interval from 0.2 to 1')
    .default(1)
    .describe('When an unanswered heartbeat counts as lost, as a fraction of the heartbeat interval.'),
  'link-down-detection': duration({ from: '1ms', to: '500ms' })
    .prefault('50ms')
    .describe('From the loss of carrier to the HA agent knowing of it.'),
  'port-bring-up-shutdown': duration({ to: '10s' })
    .prefault('3s')
    .describe(
      'From taking over to carrier on the data ports, with passive-link-state shutdown or after a start.',
    ),
  'port-bring-up-auto': duration({ to: '10s' })
    .prefault('200ms')
    .describe('From taking over to forwarding, with passive-link-state auto; carrier is there already.'),
  'port-flap': duration({ to: '10s' })
    .prefault('500ms')
    .describe(
      'Darkness of a data port that stops serving, with passive-link-state auto; 0 = it does not flap; ours.',
    ),
  'port-flap-media': z
    .enum(['all', 'copper-and-sfp', 'sfp-plus', 'none'])
    .default('all')
    .describe('Media whose ports flap when their firewall stops serving: K15 and D08 disagree; ours.'),
  'lacp-negotiation': duration({ to: '90s' })
    .prefault('2s')
    .describe('From a port speaking LACP to the switch agreeing; with slow timers up to 90s; ours.'),
  'initial-timeout': duration({ from: '10s', to: '300s' })
    .prefault('1min')
    .describe('Longest stay in initial when no peer is heard.'),
  'bulk-session-sync': duration({ to: '1h' })
    .prefault('30s')
    .describe('Length of the bulk session sync to a joining firewall.'),
  'bulk-session-sync-retry': duration({ from: '1s', to: '10min' })
    .prefault('10s')
    .describe('A joining firewall asks for its bulk session sync again after this; ours.'),
  'announced-failure-hold': z
    .enum(['none', 'promotion-hold-time'])
    .default('none')
    .describe('Whether an announced failure also waits the promotion hold.'),
  'flap-comparison': z
    .enum(['reaches', 'exceeds'])
    .default('reaches')
    .describe('Whether the flap that makes the count equal to flap-max already suspends.'),
  'split-brain-loser': z
    .enum(['passive', 'initial'])
    .default('passive')
    .describe('Role in which the loser of a healed split brain starts again.'),
  'both-monitors-failed': z
    .enum(['leaves', 'stays'])
    .default('leaves')
    .describe('What the active does when its monitor fails and its peer cannot take over.'),
  'ha3-loss-leaver': z
    .enum(['active-secondary', 'active-primary', 'both'])
    .default('active-secondary')
    .describe('Which firewall of an active/active pair becomes non-functional when HA3 is lost.'),
  'ip-modulo-parity': z
    .enum(['even-to-0', 'odd-to-0'])
    .default('even-to-0')
    .describe('Whether even or odd source addresses belong to Device ID 0, for ip-modulo.'),
  'kept-address-announcement': z
    .enum(['on-reunion', 'none'])
    .default('on-reunion')
    .describe('Whether virtual addresses kept through a split brain are announced again at its end; ours.'),
  'ha3-header': wholeNumber(0, 1_000)
    .default(50)
    .describe('Bytes that HA3 adds to every packet that it carries; ours.'),
  'unknown-session-packet': z
    .enum(['peer', 'drop'])
    .default('peer')
    .describe('Active/active: where a packet goes whose session only the peer may know yet; ours.'),
  'session-ownership-return': z
    .enum(['revert', 'stay'])
    .default('revert')
    .describe('Whether the sessions of a failed owner go back to it when it returns (item 23); ours.'),
  'session-sync-lag': duration({ to: '10s' })
    .prefault('100ms')
    .describe('From a session change to its sync message leaving on HA2.'),
  'session-sync-rate': wholeNumber(1, 10_000_000)
    .default(50_000)
    .describe('Session sync messages per second that HA2 carries; ours.'),
  'session-sync-batch': wholeNumber(1, 1_000)
    .default(64)
    .describe('Most session sync messages in one frame; fewer where the MTU of HA2 has it so; ours.'),
  'session-sync-spacing': duration({ to: '1s' })
    .prefault('1ms')
    .describe('From a session sync frame that was not full to the next, at least; ours.'),
  'session-sync-message': wholeNumber(8, 1_000)
    .default(40)
    .describe('Bytes of a session sync message; with the bandwidth of HA2 it limits their rate; ours.'),
  'session-sync-queue': wholeNumber(1, 10_000_000)
    .default(1_000_000)
    .describe('Most session sync messages that wait; what comes on top is not sent; ours.'),
  'session-sync-update': duration({ to: '1h' })
    .prefault('30s')
    .describe(
      'How often the peer hears of the idle time of a session in use, in steps of 5s; 0s = never (item 22); ours.',
    ),
  'boot-time': duration({ from: '1s', to: '30min' })
    .prefault('3min')
    .describe('From power-on to HA starting; ours.'),
  'ha-agent-restart-time': duration({ from: '1s', to: '10min' })
    .prefault('10s')
    .describe('From the restart of a hung HA agent to HA starting; ours.'),
  'dataplane-restart-time': duration({ from: '1s', to: '30min' })
    .prefault('90s')
    .describe('From a dataplane crash to the dataplane working again; ours.'),
  'configuration-sync-time': duration({ to: '10min' })
    .prefault('5s')
    .describe('From the start of a configuration sync to the peer running the new configuration; ours.'),
  'control-retransmission': duration({ from: '1ms', to: '10s' })
    .prefault('200ms')
    .describe('First retransmission of an unacknowledged HA1 message, doubled each time (TCP); ours.'),
  'ha2-keep-alive-interval': duration({ from: '100ms', to: '2s' })
    .prefault('1s')
    .describe('Spacing of HA2 keep-alives; at least two fall into the shortest threshold; ours.'),
  'ha2-recovery-sync': z
    .enum(['none', 'bulk'])
    .default('none')
    .describe('Whether all sessions are sent again when HA2 has come back, or only new ones; ours.'),
  'pfs-after-failover': z
    .enum(['dropped', 'undecrypted'])
    .default('dropped')
    .describe('A decrypted PFS session after a failover: dropped (PAN-OS 10.0) or let on undecrypted; ours.'),
  'ike-negotiation-time': duration({ from: '1ms', to: '60s' })
    .prefault('1s')
    .describe('Length of an IKE negotiation, of phase 1 alone or of both phases; ours.'),
  'peer-releases-behind': wholeNumber(0, 10)
    .default(2)
    .describe('Feature releases by which a peer may be behind before its version is too old; ours.'),
  'policy-push-time': duration({ to: '30min' })
    .prefault('0s')
    .describe('From HA starting after a boot to the policy being in the dataplane; ours.'),
  'ha1-b-restart-time': duration({ to: '10min' })
    .prefault('90s')
    .describe(
      'From the dataplane working again to carrier on its HA1-B port (PA-1400, PA-3200, PA-3400); longer than initial-timeout it splits the pair, as D10 reports; ours.',
    ),
  'heartbeat-losses': wholeNumber(1, 10)
    .default(3)
    .describe('Heartbeats in a row without a reply that bring a control path down (D02 has 3); ours.'),
  'aws-latency': z
    .enum(['reference', 'none'])
    .default('reference')
    .describe(
      'Latencies of the EC2 API and its operations: the model of aws-ha.md section 7.1, or none; ours.',
    ),
  'aws-mood': z
    .number({ error: SIGMA })
    .min(0, SIGMA)
    .max(2, SIGMA)
    .default(0.4)
    .describe(
      'Sigma of the lognormal factor that all AWS latencies of one takeover share (section 7.1); ours.',
    ),
  'aws-throttle': z
    .enum(['documented', 'calibrated-f5', 'exact-fit', 'none'])
    .default('documented')
    .describe(
      'Token buckets of changing EC2 calls: 50 + 5/s, 100 + 5/s, 140 + 4/s (section 7.4), or none; ours.',
    ),
  'aws-concurrency': z
    .enum(['serial', 'parallel'])
    .default('serial')
    .describe('Whether the plugin moves one network interface after the other or all at once; ours.'),
  'aws-poll': duration({ from: '100ms', to: '1min' })
    .prefault('1s')
    .describe('How often the plugin looks whether a network interface is detached or attached; ours.'),
  'aws-attempts': wholeNumber(1, 100)
    .default(5)
    .describe('Attempts of the plugin at one EC2 call whose error may pass; ours.'),
  'aws-backoff': duration({ from: '1ms', to: '1min' })
    .prefault('1s')
    .describe(
      'Longest wait before the second attempt, doubled each time; the wait is uniform up to it; ours.',
    ),
  'aws-backoff-limit': duration({ from: '1ms', to: '10min' })
    .prefault('20s')
    .describe('Where the doubling of the wait between attempts ends; ours.'),
  'aws-connect-timeout': duration({ from: '100ms', to: '10min' })
    .prefault('10s')
    .describe('After this an attempt at an EC2 call that cannot reach the endpoint is given up; ours.'),
  'aws-takeover-hold': z
    .enum(['additional-master-hold-up-time', 'none'])
    .default('additional-master-hold-up-time')
    .describe('What the plugin waits for between the role and its first call (section 7.1); ours.'),
  'aws-address-move': z
    .enum(['reassign', 'unassign'])
    .default('reassign')
    .describe('Secondary-IP: one call that pulls the addresses, or two, which drop their elastic IPs; ours.'),
  'aws-force-detach': z
    .boolean({ error: 'expected true or false' })
    .default(false)
    .describe(
      'Whether the plugin detaches with Force, which is quick and may leave the index unusable; ours.',
    ),
  'aws-ownership-check': duration({ to: '1h' })
    .prefault('0s')
    .describe(
      'How often an active firewall looks whether it has the data path, and takes it; 0s = never; ours.',
    ),
  'aws-hotplug-failure': share()
    .prefault('0%')
    .describe(
      'Share of moved network interfaces that the guest never sees; reports disagree (section 2); ours.',
    ),
  'aws-service-warm-up': z
    .enum(['none', 'ike-and-globalprotect'])
    .default('none')
    .describe(
      'Whether tunnels take another 120 to 180 s after the AWS objects have moved (section 7.1); ours.',
    ),
  'heartbeat-phase': z
    .enum(['random', 'aligned'])
    .default('random')
    .describe(
      'Whether each firewall starts its periodic clocks at a random phase (from the seed) or at zero; ours.',
    ),
});

export type Unpublished = z.output<typeof unpublishedSchema>;
