/**
 * The assumptions that a run rests on: those parameters of `unpublished:` whose value took effect in it.
 *
 * The model says so itself, where it uses a value: `simulation.assume('port-flap')` stands beside the flap. What a run never
 * came to (no boot, no flap) is not listed, whatever the scenario says of it.
 */

import { PARAMETERS } from '../scenario/parameters.ts';
import type { Unpublished } from '../scenario/schema/unpublished.ts';
import type { Assumption } from './result.ts';

/** The parameters in force that the simulation was told of, in the order of the schema. */
export function assumptionsOf(unpublished: Unpublished, assumed: ReadonlySet<string>): Assumption[] {
  return PARAMETERS.filter(({ name }) => assumed.has(name)).map(({ write, ...parameter }) => {
    const value = write(unpublished[parameter.name as keyof Unpublished]);
    return { ...parameter, value, changed: value !== parameter.default };
  });
}
