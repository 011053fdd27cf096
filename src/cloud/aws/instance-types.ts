/**
 * Instance types that VM-Series runs on, with the most network interfaces and addresses on each that EC2 lets them have
 * (AWS, "Maximum IP addresses per network interface"; reference aws-ha.md, K12 and source A5).
 */

export interface InstanceLimits {
  readonly networkInterfaces: number;
  /** IPv4 addresses of one network interface, the primary one included. */
  readonly addresses: number;
}

const limits = (networkInterfaces: number, addresses: number): InstanceLimits => ({
  networkInterfaces,
  addresses,
});

export const INSTANCE_TYPES: Readonly<Record<string, InstanceLimits>> = {
  't3.micro': limits(2, 2),
  't3.small': limits(3, 4),
  't3.medium': limits(3, 6),
  'c5.large': limits(3, 10),
  'c5.xlarge': limits(4, 15),
  'c5.2xlarge': limits(4, 15),
  'c5.4xlarge': limits(8, 30),
  'c5n.large': limits(3, 10),
  'c5n.xlarge': limits(4, 15),
  'c5n.2xlarge': limits(4, 15),
  'c5n.4xlarge': limits(8, 30),
  'm5.large': limits(3, 10),
  'm5.xlarge': limits(4, 15),
  'm5.2xlarge': limits(4, 15),
  'm5.4xlarge': limits(8, 30),
  'm5n.large': limits(3, 10),
  'm5n.xlarge': limits(4, 15),
  'm5n.2xlarge': limits(4, 15),
  'm5n.4xlarge': limits(8, 30),
};
