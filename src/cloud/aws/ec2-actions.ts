/** The actions of the EC2 API that a takeover uses, and those that policies name beside them (reference aws-ha.md, sections 1.3, 1.4). */

/** Actions that only read: they have larger token buckets (section 1.8). */
export const READING_ACTIONS = [
  'DescribeInstances',
  'DescribeNetworkInterfaces',
  'DescribeRouteTables',
] as const;

export const CHANGING_ACTIONS = [
  'DetachNetworkInterface',
  'AttachNetworkInterface',
  'AssignPrivateIpAddresses',
  'UnassignPrivateIpAddresses',
  'AssociateAddress',
  'DisassociateAddress',
  'ReplaceRoute',
] as const;

export const EC2_ACTIONS = [...READING_ACTIONS, ...CHANGING_ACTIONS] as const;

export type Ec2Action = (typeof EC2_ACTIONS)[number];
