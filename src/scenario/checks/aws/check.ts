/** What `aws:` says of a VPC, checked part by part. Names are checked in names.ts, also when the rest of the file is wrong. */

import type { Scenario } from '../../schema/scenario.ts';
import type { Reporter } from '../report.ts';
import { checkAssets } from './assets.ts';
import { checkVpcDevices } from './devices.ts';
import { checkElasticIps } from './elastic-ips.ts';
import { checkInstances } from './instances.ts';
import { checkPrivateAddresses } from './private-addresses.ts';
import { checkRoutes } from './routes.ts';
import { checkSubnets } from './subnets.ts';

/** Reports a VPC that AWS would not build, or that the pair does not fit. */
export function checkAws(reporter: Reporter, scenario: Scenario): void {
  const { aws } = scenario;
  if (aws === undefined) return;
  checkSubnets(reporter, aws);
  checkPrivateAddresses(reporter, aws);
  checkElasticIps(reporter, aws, scenario.network);
  checkRoutes(reporter, aws);
  checkInstances(reporter, aws, Object.keys(scenario.devices));
  checkVpcDevices(reporter, scenario, aws);
  checkAssets(reporter, aws, Object.keys(scenario.devices));
}
