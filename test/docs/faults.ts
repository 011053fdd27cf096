/**
 * docs/faults.md: every action of a timeline, with what it is done to, what it does and an example. What it does is what the schema
 * says, which editors show, too; the examples are here, and a test runs each of them.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { ACTION_KEYS, actionShape, OPPOSITES, type ActionKey } from '../../src/scenario/schema/timeline.ts';
import { parse } from 'yaml';
import { table } from './markdown.ts';

/** The pair that the examples are for. */
export type ExamplePair = 'active-passive-pair' | 'aws-secondary-ip-pair';

/** An entry of `timeline:` without its `at`, for the pair of its kind. */
export const EXAMPLES: Readonly<Record<ActionKey, string>> = {
  'interface-down': 'interface-down: palo-1:ethernet1/1, for: 30s',
  'interface-up': 'interface-up: palo-1:ethernet1/1',
  'link-down': 'link-down: palo-1-management, for: 1min',
  'link-up': 'link-up: palo-1-management',
  blackhole: 'blackhole: { link: palo-1-uplink, direction: { from: untrust-switch } }, for: 30s',
  'blackhole-end': 'blackhole-end: { link: palo-1-uplink, direction: { from: untrust-switch } }',
  impair: 'impair: { link: ha2, loss: 20%, latency: 50ms }, for: 1min',
  'impair-end': 'impair-end: { link: ha2 }',
  flap: 'flap: { link: palo-1-uplink, times: 5, down: 2s, up: 8s }',
  'power-off': 'power-off: palo-1, for: 1min',
  'power-on': 'power-on: palo-1',
  reboot: 'reboot: palo-1',
  'ha-agent-hang': 'ha-agent-hang: palo-1, for: 1min',
  'ha-agent-restart': 'ha-agent-restart: palo-1',
  'management-plane-stall': 'management-plane-stall: palo-1, for: 4s',
  'management-plane-resume': 'management-plane-resume: palo-1',
  'dataplane-crash': 'dataplane-crash: palo-1',
  'policy-push-failure': 'policy-push-failure: palo-1, for: 1min',
  'policy-push': 'policy-push: palo-1',
  'target-unreachable': 'target-unreachable: 203.0.113.1, for: 30s',
  'target-reachable': 'target-reachable: 203.0.113.1',
  suspend: 'suspend: palo-1, for: 1min',
  functional: 'functional: palo-1',
  candidate:
    'candidate: { device: palo-1, static-route: [{ destination: 0.0.0.0/0, nexthop: 203.0.113.1 }] }',
  commit: 'commit: { device: palo-2, high-availability: { group-id: 2 } }',
  upgrade: "upgrade: { device: palo-2, sw-version: '11.2.4' }",
  'clear-session-all': 'clear-session-all: palo-1',
  'sync-to-remote': 'sync-to-remote: palo-1',
  'terminate-instance': 'terminate-instance: palo-1',
  'revoke-security-group-ingress':
    'revoke-security-group-ingress: { security-group: Palo-mgmt-SG, protocol: icmp }, for: 2min',
  'authorize-security-group-ingress':
    'authorize-security-group-ingress: { security-group: Palo-mgmt-SG, protocol: icmp }',
  'api-unavailable': 'api-unavailable: palo-2, for: 2min',
  'api-available': 'api-available: palo-2',
  'terraform-apply': 'terraform-apply: all',
};

interface Group {
  readonly title: string;
  readonly about: string;
  readonly pair: ExamplePair;
  readonly actions: readonly ActionKey[];
}

/** Every action in exactly one of them; {@link renderFaults} throws otherwise. */
export const GROUPS: readonly Group[] = [
  {
    title: 'Cables and ports',
    about:
      'A port is written `DEVICE:INTERFACE`, a cable by its name under `network: links:`. What one end sees when the other goes dark depends on what is between them: a direct cable loses carrier at both ends, a switch keeps it.',
    pair: 'active-passive-pair',
    actions: [
      'interface-down',
      'interface-up',
      'link-down',
      'link-up',
      'blackhole',
      'blackhole-end',
      'impair',
      'impair-end',
      'flap',
    ],
  },
  {
    title: 'Firewalls',
    about: 'By the name of the device.',
    pair: 'active-passive-pair',
    actions: [
      'power-off',
      'power-on',
      'reboot',
      'dataplane-crash',
      'ha-agent-hang',
      'ha-agent-restart',
      'management-plane-stall',
      'management-plane-resume',
      'policy-push-failure',
      'policy-push',
    ],
  },
  {
    title: 'Monitored addresses',
    about: 'By the address.',
    pair: 'active-passive-pair',
    actions: ['target-unreachable', 'target-reachable'],
  },
  {
    title: 'What an operator does',
    about: 'None of these is a fault; a takeover that follows is a switchover.',
    pair: 'active-passive-pair',
    actions: [
      'suspend',
      'functional',
      'candidate',
      'commit',
      'upgrade',
      'clear-session-all',
      'sync-to-remote',
    ],
  },
  {
    title: 'AWS',
    about:
      'For pairs with `aws:`; the others work there, too, with a network interface for a cable (`palo-1-eth0`).',
    pair: 'aws-secondary-ip-pair',
    actions: [
      'terminate-instance',
      'revoke-security-group-ingress',
      'authorize-security-group-ingress',
      'api-unavailable',
      'api-available',
      'terraform-apply',
    ],
  },
];

/** The page. */
export function renderFaults(): string {
  const listed = GROUPS.flatMap(({ actions }) => actions);
  const astray = ACTION_KEYS.filter((key) => listed.filter((one) => one === key).length !== 1);
  if (astray.length > 0) throw new Error(`each action has to be in one group: ${astray.join(', ')}`);
  const used = usedIn();
  return [
    '# Faults and operator actions',
    '',
    'Generated by `npm run protocol` from `src/scenario/schema/timeline.ts`, and from test/docs/faults.ts, whose examples a test runs. Do not',
    'edit.',
    '',
    '`timeline:` is a list of entries, each with `at:` and exactly one action. `for:` undoes a fault by itself after that time; it stands beside',
    'those that have an opposite, which may also be an entry of its own. The order of the list does not matter but among entries of one',
    'instant.',
    '',
    '```yaml',
    'timeline:',
    '  - { at: 20s, power-off: palo-1, for: 2min }',
    '  - { at: 10min, suspend: palo-2 }',
    '```',
    '',
    ...GROUPS.flatMap(({ title, about, actions }) => [
      `## ${title}`,
      '',
      about,
      '',
      ...table(
        ['action', 'what it does', 'undone by', 'example', 'scenario'],
        actions.map((key) => row(key, used.get(key) ?? null)),
      ),
      '',
    ]),
  ].join('\n');
}

function row(key: ActionKey, file: string | null): string[] {
  const opposite = OPPOSITES[key];
  const [, name = ''] = /([^/]+)\.yaml$/.exec(file ?? '') ?? [];
  return [
    `\`${key}\``,
    actionShape[key].description ?? '',
    opposite === undefined ? '' : `\`${opposite}\`, \`for:\``,
    `\`{ at: 20s, ${EXAMPLES[key]} }\``,
    file === null ? '' : `[${name}](../scenarios/${file})`,
  ];
}

/** The first scenario of the library, by name, that has the action in its timeline. */
function usedIn(): Map<string, string> {
  const root = new URL('../../scenarios/', import.meta.url);
  const found = new Map<string, string>();
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yaml'),
  );
  for (const file of files.toSorted()) {
    const { timeline } = (parse(readFileSync(new URL(file, root), 'utf8')) ?? {}) as { timeline?: object[] };
    for (const entry of timeline ?? []) {
      for (const key of Object.keys(entry)) if (!found.has(key)) found.set(key, file);
    }
  }
  return found;
}
