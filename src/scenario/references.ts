/**
 * What a schema cannot say: that names are names of something, and that the parts fit together. Each kind of check is a
 * file of `checks/`; here is their order, and what one needs of another.
 */

import { VPC, withAws } from './aws-cabling.ts';
import { checkAddresses } from './checks/addresses.ts';
import { checkAws } from './checks/aws/check.ts';
import { checkAwsNames } from './checks/aws/names.ts';
import { checkDhcpClients, withLeases } from './checks/aws/leases.ts';
import { checkBundles } from './checks/bundles.ts';
import { Cabling } from './checks/cabling.ts';
import { checkDataPorts } from './checks/data-ports.ts';
import { checkHaPorts } from './checks/ha-ports.ts';
import { checkIdentity } from './checks/identity.ts';
import { checkKeepAlive } from './checks/keep-alive.ts';
import { checkNat } from './checks/nat.ts';
import { checkLinks } from './checks/links.ts';
import { checkLoops } from './checks/loops.ts';
import { checkMonitoring } from './checks/monitoring.ts';
import { checkNamesUsed } from './checks/names.ts';
import { checkNeighbors } from './checks/neighbors.ts';
import { checkRefusals } from './checks/refusals/deliberate.ts';
import { Reporter } from './checks/report.ts';
import { checkProbeMeasures } from './checks/probe-measures.ts';
import { checkTargets } from './checks/targets.ts';
import { checkTimes } from './checks/times.ts';
import { checkTrafficVolume } from './checks/traffic-volume.ts';
import { checkVirtualAddresses } from './checks/virtual-addresses.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { Located } from './located.ts';
import type { Scenario } from './schema/scenario.ts';

/**
 * Checks the scenario's references and the fit of its parts.
 *
 * @param scenario null when the schema refused it; then only the names are checked, and the ranges of PAN-OS, which
 *   need no more than the tree
 * @param timesUs arrivals from CSV files, by workload
 */
export function checkReferences(
  scenario: Scenario | null,
  tree: Located,
  timesUs: ReadonlyMap<string, readonly number[]>,
): Diagnostic[] {
  const reporter = new Reporter(tree);
  checkLinks(reporter);
  checkLoops(reporter);
  // A port whose link is misspelt is not "in no link" as well.
  const soundLinks = reporter.diagnostics.length === 0;
  checkNamesUsed(reporter);
  checkAwsNames(reporter);
  checkRefusals(reporter, scenario);
  if (scenario === null) return reporter.diagnostics;

  const { aws } = scenario;
  const network = withAws(scenario.network, aws, Object.keys(scenario.devices));
  if (soundLinks) {
    const cabling = new Cabling(network, aws === undefined ? null : VPC);
    checkHaPorts(reporter, scenario.devices, cabling);
    checkDataPorts(reporter, scenario, cabling);
  }
  checkAws(reporter, scenario);
  checkDhcpClients(reporter, scenario);
  const leased = withLeases(scenario);
  checkAddresses(reporter, leased);
  const whole = { ...leased, network };
  checkVirtualAddresses(reporter, whole);
  checkKeepAlive(reporter, whole);
  checkNat(reporter, whole);
  checkMonitoring(reporter, whole);
  checkTargets(reporter, whole);
  checkProbeMeasures(reporter, whole);
  checkTimes(reporter, whole);
  checkIdentity(reporter, whole);
  checkBundles(reporter, whole);
  checkNeighbors(reporter, whole);
  checkTrafficVolume(reporter, whole, timesUs);
  return reporter.diagnostics;
}
