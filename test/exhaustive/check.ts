/**
 * Visits a model whole, holds it against the laws, and against the numbers it had when somebody last looked at them.
 */

import { expect } from 'vitest';
import type { HaMode } from '../../src/ha/config.ts';
import { transition } from '../../src/ha/transition.ts';
import { counterexampleOf, explain } from './counterexample.ts';
import { Model, type Bounds } from './model.ts';
import { MODELS } from './models.ts';
import pinned from './pinned.json' with { type: 'json' };
import { search } from './search.ts';

type Pins = Readonly<Record<HaMode, Readonly<Record<string, object>>>>;

/** Every law holds in every world of the model, and the model has the pinned size. */
export function checkModel(mode: HaMode, name: string): void {
  const bounds = MODELS[mode][name] as Bounds;
  const findings = search(new Model(bounds, transition));
  expect.soft(explain(counterexampleOf(bounds, transition, findings))).toBe('');
  const { violation: _, ...numbers } = findings;
  const meant = [
    'The protocol, or the model of it, reaches other worlds than before. If that is meant, put this',
    `into test/exhaustive/pinned.json, as ${mode}, ${name}:`,
    JSON.stringify(numbers),
  ];
  expect(numbers, meant.join('\n')).toEqual((pinned as Pins)[mode][name]);
}

/** The transitions of the reference's table that the models of a mode make, by the pinned numbers. */
export function reached(mode: HaMode): string[] {
  const names = Object.values(pinned[mode]).flatMap(({ transitions }) => Object.keys(transitions));
  return [...new Set(names)].toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
}
