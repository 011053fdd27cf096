/**
 * What a rule of `hasim lint` is. A scenario that the schema accepts can be run, and may all the same describe a pair that will not
 * fail over: a rule says so before anything is run. Rules are data with one small function; they draw no conclusion that the
 * references do not have (aws-ha.md section 5 for X.., pan-os-ha.md for H..).
 */

import type { Edit } from '../scenario/edit.ts';
import type { Path } from '../scenario/located.ts';
import type { Pair } from './pair.ts';

export type { Edit } from '../scenario/edit.ts';

/** error: failover cannot work; warning: it is worse, or sessions are lost; note: worth knowing. */
export const SEVERITIES = ['error', 'warning', 'note'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a rule found at one place. */
export interface Problem {
  readonly path: Path;
  /** Points at the key instead of the value. */
  readonly part?: 'key' | 'value';
  /** What is there; no full stop. */
  readonly message: string;
  /** What will happen; no full stop. Absent where it is the rule's own. */
  readonly consequence?: string;
  /** Absent where it is the rule's own. */
  readonly severity?: Severity;
  /** What would mend it, where that can be said without knowing what its author wants. */
  readonly repair?: readonly Edit[];
}

/** Where a rule comes from. */
export interface RuleSource {
  /** The place in our reference: `aws-ha.md section 5, X03`. */
  readonly reference: string;
  /** What the reference cites. */
  readonly url: string;
}

interface Described {
  readonly id: string;
  readonly severity: Severity;
  /** Pairs that it is about. */
  readonly mode: 'interface-move' | 'secondary-ip' | 'aws' | 'on-premises' | 'any';
  readonly title: string;
  readonly source: RuleSource;
}

export interface Rule extends Described {
  readonly consequence: string;
  readonly check: (pair: Pair) => readonly Problem[];
}

/** A rule of the reference that a scenario does not hold enough to judge. */
export interface UnjudgedRule extends Described {
  readonly why: string;
}

const AWS_DOCUMENTS =
  'https://docs.paloaltonetworks.com/vm-series/deployment/public-cloud/set-up-the-vm-series-firewall-on-aws/high-availability-for-vm-series-firewall-on-aws';
const VM_81 =
  'https://docs.paloaltonetworks.com/vm-series/8-1/vm-series-deployment/set-up-the-vm-series-firewall-on-aws/high-availability-for-vm-series-firewall-on-aws';
const EC2_GUIDE =
  'https://github.com/awsdocs/amazon-ec2-user-guide/blob/e3707c431483ec0ffffcabebd36cf799ba682cd0/doc_source';
const EC2_API = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference';

/** Public pages that several rules cite, by their keys in the references. */
export const URLS = {
  P1: AWS_DOCUMENTS,
  P2: `${AWS_DOCUMENTS}/configure-activepassive-ha-on-aws-secondary-ip`,
  P5: `${VM_81}/iam-roles-for-ha.html`,
  P6: `${AWS_DOCUMENTS}/iam-roles-for-ha`,
  P8: `${VM_81}/ha-links.html`,
  A2: `${EC2_API}/API_AssignPrivateIpAddresses.html`,
  A4: `${EC2_GUIDE}/MultipleIP.md`,
  A5: `${EC2_GUIDE}/using-eni.md`,
  B1: 'https://www.siriuscom.com/2019/08/your-aws-cloud-journey-deploying-palo-alto-ha-in-aws/',
  B2: 'https://www.tothenew.com/blog/ha-high-availability-active-passive-palo-alto-on-aws',
  R1: 'https://github.com/mzalewski87/aws_ha_project',
  R4: 'https://github.com/thresh97/aws-vmseries-builds',
  V4: 'https://github.com/fortinet/aws-cloudformation-templates/blob/08ede2a1d4eed4afb1f74724a3dcf808c5adeb7f/FGCP/7.6/SingleAZ/README.md',
} as const;

/** The source of a rule of section 5 of aws-ha.md. */
export function section5(id: string, url: string): RuleSource {
  return { reference: `aws-ha.md section 5, ${id}`, url };
}
