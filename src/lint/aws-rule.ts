/** How rules for AWS are written: they see the pair with its VPC, in the failover modes that they are about. */

import { awsPairOf, type AwsPair } from './pair.ts';
import type { Problem, Rule } from './rule.ts';

interface AwsRule extends Omit<Rule, 'mode' | 'check'> {
  /** Both failover modes unless told. */
  readonly mode?: 'interface-move' | 'secondary-ip';
  readonly check: (pair: AwsPair) => readonly Problem[];
}

/** A rule that finds nothing where there is no `aws:`, or another failover mode. */
export function awsRule({ mode, check, ...rule }: AwsRule): Rule {
  return {
    ...rule,
    mode: mode ?? 'aws',
    check: (pair) => {
      const inAws = awsPairOf(pair);
      if (inAws === null || (mode !== undefined && inAws.aws['failover-mode'] !== mode)) return [];
      return check(inAws);
    },
  };
}
