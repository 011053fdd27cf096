/** How rules for pairs with cables are written: they cite a rule of pan-os-ha.md and the page that it rests on. */

import type { Firewall, Pair } from './pair.ts';
import type { Problem, Rule, RuleSource } from './rule.ts';
import type { Path } from '../scenario/located.ts';

interface OnPremisesRule extends Omit<Rule, 'mode' | 'check' | 'source'> {
  /** The rules of pan-os-ha.md: `R-146`. */
  readonly rules: string;
  readonly url: string;
  readonly check: (pair: Pair) => readonly Problem[];
}

/** A rule that finds nothing where a firewall runs in AWS, whose links are what the VPC makes of them. */
export function onPremisesRule({ rules, url, check, ...rule }: OnPremisesRule): Rule {
  const source: RuleSource = { reference: `pan-os-ha.md, ${rules}`, url };
  return { ...rule, mode: 'on-premises', source, check: (pair) => (isInAws(pair) ? [] : check(pair)) };
}

function isInAws({ scenario, firewalls }: Pair): boolean {
  return scenario.aws !== undefined || firewalls.some(({ device }) => device.hypervisor === 'aws');
}

/** A place within the HA settings of a firewall. */
export function haPath({ name }: Firewall, ...path: Path): Path {
  return ['devices', name, 'high-availability', ...path];
}

/** Problems of each firewall. */
export function ofEach({ firewalls }: Pair, find: (firewall: Firewall) => Problem | null): Problem[] {
  return firewalls.flatMap((firewall) => find(firewall) ?? []);
}

/** Pages of pan-os-ha.md, by their keys. */
const KB = 'https://knowledgebase.paloaltonetworks.com/KCSArticleDetail?id=';
const LIVE = 'https://live.paloaltonetworks.com/t5';
const DOCS = 'https://docs.paloaltonetworks.com';
export const PAGES = {
  C01: `${LIVE}/general-topics/high-availability-passive-link-state/td-p/486033`,
  C07: 'https://weberblog.net/notes-regarding-palo-alto-ha2-session-sync/',
  C16: 'https://www.code426.com/knowledge-base/high-availability-design-and-deployment/',
  C18: 'https://tenable.com/audits/items/CIS_Palo_Alto_Firewall_6_Benchmark_L1_v1.0.0.audit:9383f44a34e92a18e365961afe56540a',
  D02: `${DOCS}/pan-os/11-1/pan-os-admin/high-availability/ha-concepts/failover`,
  D03: 'https://origin-docs.paloaltonetworks.com/content/techdocs/en_US/pan-os/11-0/pan-os-admin/high-availability/ha-concepts/ha-timers.html',
  D05: `${DOCS}/ngfw/help/11-1/device/device-high-availability/ha-communications`,
  D06: `${DOCS}/pan-os/11-1/pan-os-web-interface-help/device/device-high-availability/ha-link-and-path-monitoring`,
  D09: `${DOCS}/pan-os/10-2/pan-os-admin/high-availability/ha-concepts/device-priority-and-preemption`,
  D10: `${DOCS}/pan-os/10-1/pan-os-admin/high-availability/ha-concepts/ha-links-and-backup-links/ha-ports-on-the-pa-7000-series-firewall`,
  D20: `${DOCS}/pan-os/9-1/pan-os-admin/high-availability/ha-concepts/lacp-and-lldp-pre-negotiation-for-activepassive-ha`,
  K02: `${KB}kA10g000000ClhJCAS`,
  K08: `${KB}kA14u0000004OPJCA2`,
  K11: `${KB}kA10g000000ClE9CAK`,
  K14: `${KB}kA10g000000CmAnCAK`,
  K21: `${KB}kA14u000000oNlUCAU`,
  K26: `${LIVE}/best-practice-assessment-device/high-availability-ha2-session-synchronization/ta-p/338160`,
} as const;
