/** What a sweep's page adds to the style of all pages: the choice of a metric needs no script, for radio buttons show one panel. */

import { BARS_STYLE } from '../../html/bars.ts';
import { BASE_STYLE } from '../../html/style.ts';

/** The style sheet. @param panels how many metrics can be chosen */
export function styleSheet(panels: number): string {
  const chosen = Array.from({ length: panels }, (_, at) => at);
  const shown = chosen.map((at) => `#m${at}:checked~#panel${at}`).join();
  const marked = chosen.map((at) => `#m${at}:checked~nav label[for=m${at}]`).join();
  const focused = chosen.map((at) => `#m${at}:focus-visible~nav label[for=m${at}]`).join();
  const choice =
    panels === 0
      ? ''
      : `${shown}{display:block}${marked}{background:var(--c1);border-color:var(--c1);color:#fff}${focused}{outline:3px solid var(--far);outline-offset:2px}`;
  return BASE_STYLE + BARS_STYLE + choice;
}
