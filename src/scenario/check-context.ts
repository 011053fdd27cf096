/**
 * How zod checks values here: step by step. Of itself it writes a function for every object of a schema first, which takes tens of
 * milliseconds of a process that reads one scenario and saves nothing measurable of one that reads thousands.
 */

import type { z } from 'zod';

/** For the second argument of `parse` and `safeParse`. */
export const STEP_BY_STEP = { jitless: true } satisfies z.core.ParseContext<z.core.$ZodIssue>;
