/**
 * Which question each scenario of the library answers, for the gallery. A scenario that no question names, or that two do, is a
 * mistake: the gallery says so.
 */

export interface Question {
  readonly asks: string;
  /** Of `scenarios/FOLDER/`, without their ending. */
  readonly scenarios: readonly string[];
}

export interface Folder {
  readonly folder: string;
  readonly title: string;
  readonly questions: readonly Question[];
}

export const FOLDERS: readonly Folder[] = [
  {
    folder: 'active-passive',
    title: 'Active/passive pairs',
    questions: [
      {
        asks: 'What does a failover look like, from end to end?',
        scenarios: [
          'walkthrough',
          'power-loss',
          'path-failure',
          'path-failure-both',
          'virtual-wire',
          'fast-path-monitoring',
        ],
      },
      {
        asks: 'Why did it not fail over?',
        scenarios: ['unmonitored-interface', 'maintenance-window', 'replaced-by-another-model'],
      },
      {
        asks: 'What do users lose, and for how long?',
        scenarios: [
          'traffic-classes',
          'login-storm',
          'application-mix',
          'application-mix-tuned',
          'long-outage-tcp-backoff',
          'three-probes',
        ],
      },
      {
        asks: 'What do my ports and neighbours add to it?',
        scenarios: [
          'passive-link-state-shutdown',
          'lacp-without-pre-negotiation',
          'lacp-pre-negotiation',
          'spanning-tree',
          'late-announcement',
          'graceful-restart',
          'bfd-and-graceful-restart',
          'duplicate-group-id',
        ],
      },
      {
        asks: 'Who takes the role back, and when does it end?',
        scenarios: ['preemption', 'preemption-loop', 'non-functional-loop'],
      },
      {
        asks: 'What if HA1 fails?',
        scenarios: [
          'ha1-cut',
          'split-brain',
          'ha1-cut-heartbeat-backup',
          'heartbeat-backup-forgotten',
          'ha1-on-data-port',
          'ha1-b-dataplane-restart',
          'ha1-encryption-mismatch',
          'ha-agent-hang',
        ],
      },
      {
        asks: 'What if HA2 fails, and which sessions are lost?',
        scenarios: [
          'ha2-blackhole',
          'ha2-keep-alive-log-only',
          'ha2-keep-alive-backup',
          'ha2-down-before-failover',
          'sync-backlog-burst',
          'decrypted-sessions',
          'ipsec-tunnel',
          'unsynchronized-sessions',
        ],
      },
      {
        asks: 'What if the two do not match, or are upgraded?',
        scenarios: ['mismatch-at-boot', 'policy-push-failure', 'rolling-upgrade'],
      },
    ],
  },
  {
    folder: 'active-active',
    title: 'Active/active pairs',
    questions: [
      {
        asks: 'What does a failover look like?',
        scenarios: [
          'walkthrough',
          'power-loss',
          'path-failure',
          'dataplane-crash',
          'preemption',
          'split-brain',
          'tentative-loop',
          'tentative-hold-off',
        ],
      },
      {
        asks: 'Who holds an address?',
        scenarios: [
          'failover-on-link-down',
          'floating-bound-to-active-primary',
          'arp-load-sharing',
          'route-based-redundancy',
        ],
      },
      {
        asks: 'Who owns a session, and what crosses HA3?',
        scenarios: [
          'asymmetric-flows',
          'virtual-wire',
          'primary-device',
          'nat-device-binding',
          'ha3-mtu',
          'ha3-down',
          'split-datapath',
          'dhcp-relay',
        ],
      },
      {
        asks: 'What if the two boot apart, do not match, or are upgraded?',
        scenarios: ['cold-boot-alone', 'device-id-overlap', 'load-sharing-mismatch', 'rolling-upgrade'],
      },
    ],
  },
  {
    folder: 'aws',
    title: 'Pairs in AWS',
    questions: [
      {
        asks: 'How long does a takeover take in AWS?',
        scenarios: [
          'interface-move',
          'secondary-ip',
          'aggressive-timers',
          'detach-hangs',
          'throttling-hundreds-of-routes',
          'failback-with-preemption',
          'instance-terminated',
        ],
      },
      {
        asks: 'What keeps the data path from moving?',
        scenarios: ['missing-iam-permission', 'api-unreachable-from-one-node', 'ec2-api-down', 'dpdk-on'],
      },
      {
        asks: 'What if the two do not hear each other, or somebody else moves things?',
        scenarios: ['no-icmp', 'ha1-cut-both-alive', 'terraform-apply'],
      },
      { asks: 'Which sessions are lost?', scenarios: ['nat-to-the-interface-address', 'cross-az'] },
    ],
  },
  {
    folder: 'tuning',
    title: 'For `hasim tune`',
    questions: [
      {
        asks: 'Which timers, and what do they cost?',
        scenarios: [
          'lossy-inter-site-ha1',
          'aggressive-timers',
          'busy-management-plane',
          'flapping-upstream',
        ],
      },
    ],
  },
  {
    folder: 'suite',
    title: 'For `hasim test` and `hasim sweep`',
    questions: [{ asks: 'What does a suite of tests look like?', scenarios: ['timer-profiles'] }],
  },
];
