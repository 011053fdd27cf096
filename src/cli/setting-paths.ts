/**
 * Settings to offer behind `--set` and `--vary`: those of the shared `high-availability` and of `unpublished:`, read off the schema. A
 * key that stands in one place of them is enough (`heartbeat-interval`), any other is told with its path (`high-availability.interface.ha1.port`).
 *
 * What has a name of the scenario's own in its path (devices, links, the timeline) is known only with a scenario, and is not here.
 */

import { writePath, type Path } from '../scenario/located.ts';
import { keysAt, schemasAt } from '../scenario/schema-walk.ts';
import { scenarioSchema } from '../scenario/schema/scenario.ts';

const BLOCKS = ['high-availability', 'unpublished'];

/** Paths as `--set` takes them, in the order of the schema. */
export function settingPaths(): string[] {
  const paths = BLOCKS.flatMap((block) => settingsIn([block]));
  const keys = paths.map((path) => path.at(-1));
  return paths.map((path, at) => {
    const isOnly = keys.indexOf(keys[at]) === keys.lastIndexOf(keys[at]);
    return writePath(isOnly ? path.slice(-1) : path);
  });
}

/** What takes a value of its own, also where it may be a mapping instead, as `timers` may. */
function settingsIn(path: Path): Path[] {
  const schemas = schemasAt(scenarioSchema, path);
  const inside = keysAt(scenarioSchema, path).flatMap((key) => settingsIn([...path, key]));
  return schemas.every((schema) => schema._zod.def.type === 'object') ? inside : [path, ...inside];
}
