/**
 * Every command, in the order in which help shows them.
 */

import type { Command } from '../command.ts';
import { checkDeterminism } from './check-determinism.ts';
import { compare } from './compare.ts';
import { completion } from './completion.ts';
import { coverage } from './coverage.ts';
import { explain } from './explain.ts';
import { lint } from './lint.ts';
import { merge } from './merge.ts';
import { report } from './report.ts';
import { run } from './run.ts';
import { schema } from './schema.ts';
import { shrink } from './shrink.ts';
import { sweep } from './sweep.ts';
import { test } from './test.ts';
import { tune } from './tune.ts';
import { validate } from './validate.ts';

export const COMMANDS: readonly Command[] = [
  run,
  explain,
  report,
  compare,
  test,
  sweep,
  merge,
  tune,
  lint,
  validate,
  coverage,
  shrink,
  checkDeterminism,
  schema,
  completion,
];
