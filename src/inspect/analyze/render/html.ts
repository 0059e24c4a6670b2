import { createHash } from 'node:crypto';
import { htmlText, joinHtml, markup, rawText, type Html } from '../../../encode/html.js';
import type { Analysis } from '../analysis.js';
import { activities, gaps } from '../facts.js';
import type { ScoredFunction } from '../scored.js';
import { pageScript } from './page-script.js';
import { pageStyle } from './page-style.js';
import { coverageText, doesText, gapWords, hasSignals, lacks, shownName, stateOf } from './words.js';

const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

/** Nothing is loaded and nothing is sent: the one script and the one style are known by their hashes. */
const policy = [
  "default-src 'none'",
  `script-src ${hashOf(pageScript)}`,
  `style-src ${hashOf(pageStyle)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The analysis as one page that needs no other file: functions to sort and filter, files, totals. */
export function printAnalysisPage(analysis: Analysis, top: number | undefined): string {
  const functions = top === undefined ? analysis.functions : analysis.functions.slice(0, top);
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${htmlText(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Telemetry of the code</title>
<style>${rawText(pageStyle)}</style>
</head>
<body>
<main>
<h1>Telemetry of the code</h1>
<p>${htmlText(coverageText(analysis))}.</p>
<p class="soft">Observed means: it opens a span or records a metric itself, or only what does so calls it.</p>
${numbers(analysis)}
<h2 id="functions-title">Functions</h2>
${filters()}
<p id="said" role="status" class="soft">${functions.length} of ${analysis.functions.length} functions with a score of ${analysis.minimum} or more.</p>
<div class="wide" tabindex="0" role="region" aria-labelledby="functions-title">
<table id="functions" aria-labelledby="functions-title">
<thead><tr>${joinHtml(heads)}</tr></thead>
<tbody>
${joinHtml(functions.map(functionRow), '\n')}
</tbody>
</table>
</div>
<h2 id="files-title">Files</h2>
<div class="wide" tabindex="0" role="region" aria-labelledby="files-title">
<table aria-labelledby="files-title">
<thead><tr><th scope="col">File</th><th scope="col">Score</th><th scope="col">Functions that count</th><th scope="col">Observed</th><th scope="col">Imported by</th></tr></thead>
<tbody>
${fileRows(analysis)}
</tbody>
</table>
</div>
</main>
<script>${rawText(pageScript)}</script>
</body>
</html>
`;
}

function numbers({ totals, coverage }: Analysis): Html {
  const entry = (name: string, value: string): Html =>
    markup`<div><dt>${htmlText(name)}</dt><dd>${htmlText(value)}</dd></div>`;
  return markup`<dl>
${joinHtml(
  [
    entry('coverage, by number', `${coverage.share} %`),
    entry('coverage, by score', `${coverage.weighted} %`),
    entry('functions that count', `${coverage.scored} of ${totals.functions}`),
    entry('files', String(totals.files)),
    ...gaps.map((gap) => entry(`lack ${gap}: ${gapWords[gap]}`, String(totals.missing[gap]))),
    ...activities
      .filter((each) => totals.activities[each] > 0)
      .map((each) => entry(`calls: ${each}`, String(totals.activities[each]))),
  ],
  '\n',
)}
</dl>`;
}

/** Hidden until the script is there to do what it says. */
function filters(): Html {
  const option = (value: string): Html =>
    markup`<option value="${htmlText(value)}">${htmlText(value)}</option>`;
  return markup`<form id="filter" role="search" hidden>
<label>Words <input id="words" type="search" autocomplete="off"></label>
<label>Lacks <select id="gap"><option value="">anything or nothing</option>${joinHtml(gaps.map(option))}</select></label>
<label>Observed <select id="state"><option value="">yes or no</option>${joinHtml(['yes', 'by its callers', 'no'].map(option))}</select></label>
</form>`;
}

const heads: readonly Html[] = [
  markup`<th scope="col" data-kind="number" data-first="descending" aria-sort="descending"><button type="button">Score</button></th>`,
  markup`<th scope="col"><button type="button">Function</button></th>`,
  markup`<th scope="col"><button type="button">Place</button></th>`,
  markup`<th scope="col"><button type="button">Does</button></th>`,
  markup`<th scope="col"><button type="button">Has</button></th>`,
  markup`<th scope="col"><button type="button">Observed</button></th>`,
  markup`<th scope="col"><button type="button">Lacks</button></th>`,
  markup`<th scope="col"><button type="button">Why this score</button></th>`,
];

function functionRow(each: ScoredFunction): Html {
  const state = stateOf(each);
  const missing = joinHtml(
    each.missing.map(
      ({ gap, what, line }) => markup`<li>${htmlText(gap)}, line ${line}: ${htmlText(what)}</li>`,
    ),
  );
  const reasons = joinHtml(
    each.reasons.map(({ what, points }) => markup`<li>${points}: ${htmlText(what)}</li>`),
  );
  return markup`<tr data-state="${htmlText(state)}" data-lacks="${htmlText(lacks(each).join(' '))}"><td class="number">${htmlText(each.score.toFixed(1))}</td><th scope="row"><code>${htmlText(shownName(each))}</code></th><td><code>${htmlText(`${each.path}:${each.line}`)}</code></td><td>${htmlText(doesText(each))}</td><td>${htmlText(hasSignals(each).join(', '))}</td><td class="${htmlText(state === 'no' ? 'no' : 'yes')}">${htmlText(state)}</td><td>${each.missing.length === 0 ? htmlText('nothing') : markup`<ul>${missing}</ul>`}</td><td data-value="${each.reasons.length}"><details><summary>${each.reasons.length} reasons</summary><ul>${reasons}</ul></details></td></tr>`;
}

function fileRows({ files }: Analysis): Html {
  return joinHtml(
    files
      .filter(({ scored }) => scored > 0)
      .map(
        ({ path, score, scored, observed, importers }) =>
          markup`<tr><th scope="row"><code>${htmlText(path)}</code></th><td class="number">${htmlText(score.toFixed(1))}</td><td class="number">${scored}</td><td class="number">${observed}</td><td class="number">${importers}</td></tr>`,
      ),
    '\n',
  );
}
