/** Light and dark by what the reader's system says; no host is asked for anything. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --paper: #ffffff; --band: #f3f5f7; --line: #d0d7de; --accent: #0b5cad; --bad: #b3261e; --beside: #a8b3bf; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --soft: #9aa6b2; --paper: #0f141a; --band: #182029; --line: #303a45; --accent: #6cb2ff; --bad: #ff8f85; --beside: #56616d; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 110rem; padding: 1.5rem; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
p { margin: .25rem 0; max-width: 60rem; }
.soft { color: var(--soft); font-weight: 400; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; margin: 1rem 0; }
dl > div { background: var(--band); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .8rem; }
dt { color: var(--soft); }
dd { margin: 0; font-size: 1.2rem; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
form { display: flex; flex-wrap: wrap; gap: 1rem; align-items: end; margin: .5rem 0; }
form[hidden] { display: none; }
label { display: grid; gap: .15rem; }
input, button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 4px; padding: .3rem .5rem; }
button { cursor: pointer; background: var(--band); }
input { width: 6rem; }
.wide { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
.tall { max-height: 75vh; overflow-y: auto; }
.tall thead th { position: sticky; top: 0; z-index: 1; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
thead th { background: var(--band); white-space: nowrap; }
tbody th { font-weight: 400; }
.waterfall { table-layout: fixed; min-width: 50rem; }
.waterfall thead th:nth-child(1) { width: 34%; }
.waterfall thead th:nth-child(2) { width: 11%; }
.waterfall thead th:nth-child(3), .waterfall thead th:nth-child(4) { width: 7%; }
.waterfall tr.path th, .waterfall tr.failed th { font-weight: 600; }
.waterfall tr.failed th { color: var(--bad); }
.waterfall tr[aria-expanded] { cursor: pointer; }
.waterfall tr[aria-expanded=true] th::before { content: '\\25be '; color: var(--soft); }
.waterfall tr[aria-expanded=false] th::before { content: '\\25b8 '; color: var(--soft); }
.waterfall td.bars { padding: 0 .3rem; vertical-align: middle; }
.mark { border: 1px solid var(--bad); border-radius: 3px; padding: 0 .25rem; font-size: .8em; }
.waterfall .d0 { padding-left: 0.6rem; }
.waterfall .d1 { padding-left: 1.5rem; }
.waterfall .d2 { padding-left: 2.4rem; }
.waterfall .d3 { padding-left: 3.3rem; }
.waterfall .d4 { padding-left: 4.2rem; }
.waterfall .d5 { padding-left: 5.1rem; }
.waterfall .d6 { padding-left: 6.0rem; }
.waterfall .d7 { padding-left: 6.9rem; }
.waterfall .d8 { padding-left: 7.8rem; }
.waterfall .d9 { padding-left: 8.7rem; }
.waterfall .d10 { padding-left: 9.6rem; }
.waterfall .d11 { padding-left: 10.5rem; }
.waterfall .d12 { padding-left: 11.4rem; }
.waterfall .d13 { padding-left: 12.3rem; }
.waterfall .d14 { padding-left: 13.2rem; }
.waterfall .d15 { padding-left: 14.1rem; }
.waterfall .d16 { padding-left: 15.0rem; }
.waterfall .d17 { padding-left: 15.9rem; }
.waterfall .d18 { padding-left: 16.8rem; }
.waterfall .d19 { padding-left: 17.7rem; }
.waterfall .d20 { padding-left: 18.6rem; }
svg { display: block; width: 100%; height: 1.1rem; }
rect { stroke-width: 1px; vector-effect: non-scaling-stroke; }
rect.path { fill: var(--accent); stroke: var(--accent); }
rect.beside { fill: var(--beside); stroke: var(--beside); }
rect.error { fill: var(--bad); stroke: var(--bad); }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
ul { margin: .25rem 0; padding-left: 1.2rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
@media print { form { display: none; } .tall { max-height: none; } }
`;
