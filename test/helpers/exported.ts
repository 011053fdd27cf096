/** What an exporter writes of a result, put together. */

import type { Exporter } from '../../src/report/export/exporter.ts';
import type { RunResult } from '../../src/run/result.ts';

export function exported(exporter: Exporter, result: RunResult): string {
  return [...exporter.render(result, { replay: 'hasim run x.yaml --seed 1' })].join('');
}
