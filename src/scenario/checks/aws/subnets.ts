/**
 * Subnets: blocks of the VPC's own, each apart from the others (AWS, "Subnet sizing": from /16 to /28, like the VPC itself).
 */

import type { Aws } from '../../schema/aws.ts';
import type { Reporter } from '../report.ts';
import { blockOf, isWithin, overlap, type Block } from './blocks.ts';

const LARGEST = 16;
const SMALLEST = 28;

/** Reports blocks of a size that AWS does not give, outside of the VPC, or over another. */
export function checkSubnets(reporter: Reporter, { vpc, subnets }: Aws): void {
  checkSize(reporter, ['aws', 'vpc', 'cidr'], vpc.cidr);
  const whole = blockOf(vpc.cidr);
  const earlier: { readonly name: string; readonly cidr: string; readonly block: Block }[] = [];
  for (const [name, { cidr }] of Object.entries(subnets)) {
    const path = ['aws', 'subnets', name, 'cidr'];
    const block = blockOf(cidr);
    checkSize(reporter, path, cidr);
    if (!isWithin(block, whole)) {
      reporter.at(path, `expected a block within that of the VPC (${vpc.cidr}), got ${cidr}`);
    }
    const other = earlier.find((one) => overlap(block, one.block));
    if (other !== undefined) {
      reporter.at(path, `expected a block apart from that of ${other.name} (${other.cidr}), got ${cidr}`);
    }
    earlier.push({ name, cidr, block });
  }
}

function checkSize(reporter: Reporter, path: readonly string[], cidr: string): void {
  const { length } = blockOf(cidr);
  if (length >= LARGEST && length <= SMALLEST) return;
  reporter.at(path, `expected a block from /${LARGEST} to /${SMALLEST}, as AWS has it, got ${cidr}`);
}
