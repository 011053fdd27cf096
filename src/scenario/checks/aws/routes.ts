/**
 * Routes: one for each destination of a table, `count` written out; one table at most for what comes in from the internet.
 */

import { MAX_ROUTES } from '../../limits.ts';
import type { Path } from '../../located.ts';
import type { Aws } from '../../schema/aws.ts';
import type { Reporter } from '../report.ts';
import { blockOf, HIGHEST_ADDRESS } from './blocks.ts';

/** Reports routes that a table could not hold, or that would never be followed. */
export function checkRoutes(reporter: Reporter, aws: Aws): void {
  if (!checkTotal(reporter, aws)) return;
  const edges: string[] = [];
  for (const [name, table] of Object.entries(aws['route-tables'])) {
    const path = ['aws', 'route-tables', name];
    checkTable(reporter, aws, [...path, 'routes'], table.routes);
    if (table['edge-association'] === undefined) continue;
    const [other] = edges;
    edges.push(name);
    if (other === undefined) continue;
    const message = `expected one route table with edge-association, got it at ${other} and ${name}`;
    reporter.at([...path, 'edge-association'], message);
  }
}

/** Too many are told at the route with which they become too many, and none of them is written out. */
function checkTotal(reporter: Reporter, aws: Aws): boolean {
  let total = 0;
  for (const [name, { routes }] of Object.entries(aws['route-tables'])) {
    for (const [index, { count }] of routes.entries()) {
      total += count;
      if (total <= MAX_ROUTES) continue;
      const path = ['aws', 'route-tables', name, 'routes', index];
      reporter.at(path, `expected at most ${MAX_ROUTES} routes in all tables, got more`);
      return false;
    }
  }
  return true;
}

type Routes = Aws['route-tables'][string]['routes'];

function checkTable(reporter: Reporter, aws: Aws, place: Path, routes: Routes): void {
  const local = keyOf(aws.vpc.cidr, 0);
  const taken = new Map<string, number>();
  for (const [index, { destination, count }] of routes.entries()) {
    const path = [...place, index];
    const { first, last } = blockOf(destination);
    if (first + count * (last - first + 1) - 1 > HIGHEST_ADDRESS) {
      const expected = `expected blocks of addresses up to 255.255.255.255`;
      reporter.at([...path, 'count'], `${expected}, got ${count} from ${destination} on`);
      continue;
    }
    const keys = Array.from({ length: count }, (_, offset) => keyOf(destination, offset));
    const other = keys.map((key) => taken.get(key)).find((earlier) => earlier !== undefined);
    for (const key of keys) taken.set(key, index);
    if (keys.includes(local)) {
      const why = 'which has its own route to itself';
      reporter.at(
        [...path, 'destination'],
        `expected another block than that of the VPC, ${why}, got ${destination}`,
      );
    } else if (other !== undefined) {
      const message = `expected a destination of its own in the table, got ${destination}, which routes[${other}] has`;
      reporter.at([...path, 'destination'], message);
    }
  }
}

/** A destination, `offset` blocks behind the given one. */
function keyOf(cidr: string, offset: number): string {
  const { first, last, length } = blockOf(cidr);
  return `${first + offset * (last - first + 1)}/${length}`;
}
