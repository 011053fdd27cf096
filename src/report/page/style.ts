/** What the page of a run adds to the style of all pages. */

import { BASE_STYLE } from '../html/style.ts';
import { BARS_STYLE } from '../html/bars.ts';

export const PAGE_STYLE = `${BASE_STYLE}${BARS_STYLE}
main{max-width:88rem;padding-bottom:1rem}body>footer{max-width:88rem;margin:0 auto;padding:1rem 1.5rem 3rem}
p{max-width:56rem}.lead{font-size:1.1rem;color:var(--soft);margin:.2rem 0 1rem}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:3}
nav.contents{padding:.5rem 0;margin:1.2rem 0 0;border-bottom:1px solid var(--line);gap:.1rem .3rem}
nav.contents a{border-radius:.4rem;padding:.2rem .7rem;font-size:.92rem;text-decoration:none;color:inherit}
nav.contents a:hover{background:var(--card);color:var(--c1)}
a{color:var(--c1)}
h2{border-top:1px solid var(--line);padding-top:1.6rem}#lanes h2,header h2{border-top:0;padding-top:0}
#lanes h2{margin-top:1.4rem}
.verdict{display:inline-block;font-weight:700;border-radius:.4rem;padding:.25rem .8rem;border:2px solid;margin:.2rem 0}
.verdict.met{color:var(--c3);border-color:var(--c3)}.verdict.unmet{color:var(--bad);border-color:var(--bad);border-style:double;border-width:4px}.verdict.none{color:var(--soft);border-color:var(--line)}
ul.unmet{margin:.4rem 0;padding-left:1.2rem}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,13rem),1fr));gap:.8rem;margin:1rem 0}
.figures div{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.7rem 1rem}
.figures dd{margin:0}.figures strong{display:block;font-size:1.55rem;line-height:1.25;font-variant-numeric:tabular-nums}.figures span{color:var(--soft);font-size:.88rem}
.figures .bad{border:2px solid var(--bad)}.figures .bad strong{color:var(--bad)}.figures .bad strong::before{content:"! "}
ul.story{margin:.8rem 0;padding-left:1.2rem}
dl.slim{display:flex;flex-wrap:wrap;gap:.3rem 2rem;margin:.8rem 0;padding:0;background:none;border:0}dl.slim dd{font-size:.92rem}
.again{margin:.6rem 0;max-width:none}.replay{background:var(--card);border:1px solid var(--line);border-radius:.4rem;padding:.35rem .7rem;user-select:all;display:inline-block}
.split{display:grid;grid-template-columns:minmax(0,1fr);gap:0 2rem;align-items:start}
@media(min-width:76rem){.split{grid-template-columns:minmax(0,1.75fr) minmax(0,1fr)}}
.wraps{white-space:normal}
.failover h3{margin-bottom:0}.failover{break-inside:avoid}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:0 2rem;align-items:start}.cards>*{min-width:0}
figcaption{margin-left:.2rem}
tfoot :is(th,td){font-weight:600;color:var(--ink);text-align:left;border-bottom-style:double;border-bottom-width:3px}tfoot .n{text-align:right}
tr[data-record]{cursor:pointer}tr[data-record]:hover>*{background:var(--card)}
:focus-visible{outline:3px solid var(--far);outline-offset:1px}
.bad{color:var(--bad);font-weight:600}.good{color:var(--c3);font-weight:600}
caption{text-align:left;color:var(--soft);font-size:.9rem;padding:.2rem 0}
pre.file{background:var(--card);border:1px solid var(--line);border-radius:.4rem;padding:.7rem .9rem;overflow-x:auto;white-space:pre;font:0.82rem/1.45 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
tbody th{text-align:left;font-weight:600;color:var(--ink)}
th[scope=row].wrap{white-space:normal}
details>summary::marker{color:var(--soft)}
@media(max-width:40rem){main{padding:1.2rem 1rem}h1{font-size:1.5rem}.figures{grid-template-columns:repeat(2,minmax(0,1fr))}.figures strong{font-size:1.2rem}}
@media print{nav.contents,.skip{display:none}pre.file{white-space:pre-wrap}section{break-inside:auto}tr[data-record]{cursor:auto}main,body>footer{max-width:none;padding:0}.scroll{overflow:visible}table{font-size:8.5pt}th{white-space:normal}td.wrap{min-width:0}.figures{grid-template-columns:repeat(4,1fr)}#time,#settings{break-before:page}}
`;
