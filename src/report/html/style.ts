/**
 * How every page of ours looks: light and dark by the reader's choice, on paper, and with colours of the Okabe–Ito palette, which all eyes
 * tell apart. Sweeps, tuning and the report of a run share it.
 */

export const BASE_STYLE = `
:root{color-scheme:light dark;--paper:#fff;--card:#f6f8fa;--ink:#16202a;--soft:#56636f;--line:#d5dce2;--strip:#c3d5e3;--far:#c34a00;--bad:#a3123a;--c1:#0067a5;--c2:#b85400;--c3:#00775a;--c4:#9c4a82}
@media (prefers-color-scheme:dark){:root{--paper:#11171d;--card:#1a222a;--ink:#e8edf2;--soft:#a3b0bc;--line:#36424d;--strip:#3a536a;--far:#ff9d4d;--bad:#ff7d9c;--c1:#3d94d1;--c2:#ee9b45;--c3:#2fbf95;--c4:#d88fc1}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main{max-width:62rem;margin:0 auto;padding:2.5rem 1.5rem 4rem}
h1{font-size:2rem;line-height:1.2;margin:.1rem 0 .4rem;overflow-wrap:anywhere}
h2{font-size:1.35rem;margin:2.6rem 0 .3rem}
h3{font-size:1.05rem;margin:2rem 0 .2rem}
p{margin:.3rem 0 .8rem;max-width:46rem}
.soft,figcaption,dt{color:var(--soft)}
.over{color:var(--soft);letter-spacing:.08em;text-transform:uppercase;font-size:.8rem;font-weight:600;margin:0}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr));gap:.7rem 1.6rem;margin:1.4rem 0;padding:1rem 1.2rem;background:var(--card);border:1px solid var(--line);border-radius:.6rem}
.facts dt{font-size:.8rem}.facts dd{margin:0;font-weight:600;overflow-wrap:anywhere}
.notice{border-left:4px solid var(--bad);background:var(--card);padding:.7rem 1rem;margin:1rem 0}
code{font:0.86em/1.45 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
pre{margin:.3rem 0;white-space:pre-wrap}
nav{display:flex;flex-wrap:wrap;gap:.45rem;margin:1rem 0 0}
nav label{border:1px solid var(--line);border-radius:2rem;padding:.22rem .85rem;cursor:pointer;background:var(--card);font-size:.92rem}
input[name=metric]{position:absolute;opacity:0;pointer-events:none}
section.panel{display:none}
figure{margin:.6rem 0 0}
figcaption{font-size:.9rem;max-width:50rem;margin:.15rem 0 .5rem}
svg{max-width:100%;height:auto;display:block;color:var(--soft)}
svg text{font-variant-numeric:tabular-nums}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:1.2rem}
.pair h4{margin:.4rem 0 .1rem;font-size:.95rem}
ol.numbers{columns:22rem;gap:2rem;margin:.3rem 0;padding-left:1.8rem;font-size:.92rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.9rem;margin:.5rem 0;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.28rem .9rem .28rem 0;border-bottom:1px solid var(--line);vertical-align:top;white-space:nowrap}
th{font-weight:600;color:var(--soft)}
td.wrap{white-space:normal;overflow-wrap:anywhere;min-width:12rem}
td.n,th.n{text-align:right}
details{margin:.5rem 0;border-top:1px solid var(--line)}
summary{cursor:pointer;padding:.45rem 0;color:var(--c1);font-weight:600}
footer{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--soft);font-size:.9rem}
@media print{:root{color-scheme:light;--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--strip:#c3d5e3;--far:#c34a00;--bad:#a3123a;--c1:#0067a5;--c2:#b85400;--c3:#00775a;--c4:#9c4a82}
body{font-size:11pt}main{padding:0;max-width:none}nav{display:none}figure,tr,.facts{break-inside:avoid}h2,h3,figcaption{break-after:avoid}details::details-content{content-visibility:visible;display:block}summary{list-style:none}}
`;
