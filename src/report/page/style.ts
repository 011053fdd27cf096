/** What the page of a run adds to the style of all pages. */

import { BASE_STYLE } from '../html/style.ts';
import { BARS_STYLE } from '../html/bars.ts';

export const PAGE_STYLE = `${BASE_STYLE}${BARS_STYLE}
main{max-width:88rem}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:2}
nav.contents a{border:1px solid var(--line);border-radius:2rem;padding:.22rem .85rem;background:var(--card);font-size:.92rem;text-decoration:none;color:inherit}
nav.contents a:hover{border-color:var(--c1)}
a{color:var(--c1)}
.verdict{display:inline-block;font-weight:700;border-radius:.4rem;padding:.25rem .8rem;border:2px solid}
.verdict.met{color:var(--c3);border-color:var(--c3)}.verdict.unmet{color:var(--bad);border-color:var(--bad);border-style:double;border-width:4px}.verdict.none{color:var(--soft);border-color:var(--line)}
dl.slim{grid-template-columns:2.4fr repeat(4,1fr) .6fr;margin:1rem 0 .6rem;padding:.6rem 1.2rem}dl.slim dd{font-size:.92rem}@media(max-width:60rem){dl.slim{grid-template-columns:repeat(2,1fr)}}
p.verdict{margin:.2rem 0}ul.story{margin:.8rem 0;padding-left:1.2rem}
tr[data-record]{cursor:pointer}tr[data-record]:hover td{background:var(--card)}
:focus-visible{outline:3px solid var(--far);outline-offset:1px}
td.sign{font-weight:700}.bad{color:var(--bad);font-weight:600}.good{color:var(--c3);font-weight:600}
caption{text-align:left;color:var(--soft);font-size:.9rem;padding:.2rem 0}
pre.file{background:var(--card);border:1px solid var(--line);border-radius:.4rem;padding:.7rem .9rem;overflow-x:auto;white-space:pre;font:0.82rem/1.45 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
pre.plain{white-space:pre-wrap;font:0.85rem/1.5 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
tbody th{text-align:left;font-weight:600;color:var(--ink)}
.replay{display:block;background:var(--card);border:1px solid var(--line);border-radius:.4rem;padding:.5rem .8rem;margin:.6rem 0;user-select:all}
@media print{nav.contents,.skip{display:none}pre.file{white-space:pre-wrap}section{break-inside:auto}tr[data-record]{cursor:auto}}
`;
