/**
 * What a schema cannot say: that names are names of something, and that the parts fit together. Each kind of check is a
 * file of `checks/`; here is their order, and what one needs of another.
 */

import { checkAddresses } from './checks/addresses.ts';
import { checkBundles } from './checks/bundles.ts';
import { Cabling } from './checks/cabling.ts';
import { checkDataPorts } from './checks/data-ports.ts';
import { checkHaPorts } from './checks/ha-ports.ts';
import { checkIdentity } from './checks/identity.ts';
import { checkKeepAlive } from './checks/keep-alive.ts';
import { checkNat } from './checks/nat.ts';
import { checkLinks } from './checks/links.ts';
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
  // A port whose link is misspelt is not "in no link" as well.
  const soundLinks = reporter.diagnostics.length === 0;
  checkNamesUsed(reporter);
  checkRefusals(reporter, scenario);
  if (scenario === null) return reporter.diagnostics;

  if (soundLinks) {
    const cabling = new Cabling(scenario.network);
    checkHaPorts(reporter, scenario.devices, cabling);
    checkDataPorts(reporter, scenario, cabling);
  }
  checkAddresses(reporter, scenario);
  checkVirtualAddresses(reporter, scenario);
  checkKeepAlive(reporter, scenario);
  checkNat(reporter, scenario);
  checkMonitoring(reporter, scenario);
  checkTargets(reporter, scenario);
  checkProbeMeasures(reporter, scenario);
  checkTimes(reporter, scenario);
  checkIdentity(reporter, scenario);
  checkBundles(reporter, scenario);
  checkNeighbors(reporter, scenario);
  checkTrafficVolume(reporter, scenario, timesUs);
  return reporter.diagnostics;
}
