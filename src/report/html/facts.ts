/** What identifies a run or a sweep, as names and values beside each other. */

import { html, type Markup } from './markup.ts';

/** A list of names with their values. @param kind classes of the list */
export function factsOf(facts: readonly (readonly [name: string, value: string])[], kind = 'facts'): Markup {
  return html`<dl class="${kind}">
    ${facts.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}
