/**
 * Instances: a network interface is attached to one of them, and all of one instance are in one availability zone, as the instance is
 * (A5, A6: a network interface can be attached only within its zone).
 */

import { lookUp } from '../../look-up.ts';
import { nodeAt } from '../../located.ts';
import type { Aws } from '../../schema/aws.ts';
import type { Reporter } from '../report.ts';

/** The availability zone of an instance: that of its primary network interface. Undefined when a name on the way is wrong. */
export function zoneOf(aws: Aws, instance: string): string | undefined {
  return zonesOf(aws, instance)[0];
}

/** Zones of the network interfaces of an instance, by device index. */
function zonesOf(aws: Aws, instance: string): (string | undefined)[] {
  const names = lookUp(aws.instances, instance)?.['network-interfaces'] ?? [];
  return names.map(
    (name) => lookUp(aws.subnets, lookUp(aws['network-interfaces'], name)?.subnet)?.['availability-zone'],
  );
}

/** Reports attachments that EC2 would refuse, and settings of VM-Series on what is no firewall. */
export function checkInstances(reporter: Reporter, aws: Aws, devices: readonly string[]): void {
  const attached = new Map<string, string>();
  for (const [instance, { 'network-interfaces': names }] of Object.entries(aws.instances)) {
    const place = ['aws', 'instances', instance];
    const zones = zonesOf(aws, instance);
    const zone = zones[0];
    for (const [index, name] of names.entries()) {
      const path = [...place, 'network-interfaces', index];
      const other = attached.get(name);
      if (other === undefined) attached.set(name, `${instance}, device index ${index}`);
      else reporter.at(path, `expected a network interface that is free, got ${name}, which is at ${other}`);
      const its = zones[index];
      if (its === undefined || zone === undefined || its === zone) continue;
      const expected = `expected a network interface in availability zone ${zone}, where ${instance} is`;
      reporter.at(path, `${expected}, got ${name} in ${its}`);
    }
    if (devices.includes(instance) || nodeAt(reporter.tree, [...place, 'vm-series']) === undefined) continue;
    reporter.atKey([...place, 'vm-series'], `expected vm-series at a firewall, got it at ${instance}`);
  }
}
