import { code, codeBlock, heading, link, marked, table, text, type Markdown } from '../../encode/markdown.js';
import { authored } from '../../encode/authored-markdown.js';
import type { Model, Sli, Slo } from '../../model/model.js';
import { runbookUrl } from '../../model/runbook.js';
import { burnAlert, noDataAlert } from '../../slo/names.js';
import { arms } from '../../slo/windows.js';
import { budgetPercent, budgetTime } from './budget.js';
import {
  blocks,
  byWords,
  entryHeading,
  facts,
  listed,
  promqlText,
  promqlWords,
  reference,
  timeWords,
} from './words.js';

/** What an SLI counts as good, as a sentence. */
function sliWords(sli: Sli): Markdown {
  switch (sli.form) {
    case 'events':
      if (sli.good !== undefined) return marked`${promqlWords(sli.good)}, of ${promqlWords(sli.total)}`;
      return marked`all but ${sli.bad === undefined ? marked`none` : promqlWords(sli.bad)}, of ${promqlWords(sli.total)}`;
    case 'latency': {
      const only = sli.matchers === undefined ? marked`` : marked` with ${code(sli.matchers.text.value)}`;
      return marked`observations of ${reference('metric', sli.histogram.name)}${only} of at most ${text(timeWords(sli.threshold))}`;
    }
    case 'timeSlice':
      return marked`the time in which ${code(sli.query.text.value)} is ${code(`${sli.op} ${sli.value}`)}`;
    case 'boolean':
      return marked`the time in which ${reference('metric', sli.gauge.name)} is 1`;
    case 'freshness':
      return marked`the time in which ${reference('metric', sli.timestamp.name)} is at most ${text(sli.maxAge.text)} ago`;
    case 'quantile':
      return marked`the ${sli.q} quantile of ${reference('metric', sli.histogram.name)}${byWords(sli.by)}; for display, no objective`;
    case 'query':
      return marked`the share of bad events that a query of its own yields`;
  }
}

/** The alerts that the objective makes, by their names. */
function alertNames({ name, alerting }: Slo): readonly string[] {
  return [
    ...(alerting.page ? [burnAlert(name, 'page')] : []),
    ...(alerting.ticket ? [burnAlert(name, 'ticket')] : []),
    ...(alerting.noData === undefined ? [] : [noDataAlert(name)]),
  ];
}

function alertWords(model: Model, slo: Slo): Markdown {
  const names = alertNames(slo).map((name) => {
    const url = runbookUrl(model, name);
    return url === undefined ? code(name) : link(code(name), url);
  });
  return names.length === 0 ? marked`none` : listed(names);
}

/** When the alerts on the budget fire: both windows of a line must burn faster than its rate. */
function armTable(slo: Slo): Markdown | undefined {
  const { minEvents, noData } = slo.alerting;
  const fired = arms(slo).filter(({ severity }) => slo.alerting[severity]);
  if (fired.length === 0) return undefined;
  const rows = fired.map(({ severity, long, short, factor }) => [
    text(severity),
    marked`${factor}`,
    text(long.text),
    text(short.text),
  ]);
  return blocks([
    table([marked`Severity`, marked`Burn rate above`, marked`Over`, marked`And over`], rows),
    minEvents === undefined ? undefined : marked`Only after ${minEvents} bad events or more.`,
    noData === undefined ? undefined : marked`Also after ${text(noData.text)} without data.`,
  ]);
}

function sloSection(model: Model, slo: Slo): Markdown {
  const { sli } = slo;
  return blocks([
    entryHeading('slo', slo.name),
    sli.description === undefined ? undefined : authored(sli.description),
    facts([
      ['Objective', marked`${text(slo.objective)} % over ${text(slo.period.text)}`],
      ['Good', sliWords(sli)],
      [
        'Budget',
        marked`${text(budgetPercent(slo))} %: ${text(budgetTime(slo))} of total outage in ${text(slo.period.text)}`,
      ],
      ['For each', listed(slo.by.map(({ key }) => reference('label', key)))],
      ['Alerts', alertWords(model, slo)],
      ['Owner', slo.owner === undefined || slo.owner === model.service.owner ? undefined : text(slo.owner)],
    ]),
    armTable(slo),
    sli.form === 'query' ? codeBlock(promqlText(sli.query), 'promql') : undefined,
  ]);
}

/** Indicators that no objective uses: what they measure is recorded or queried for display. */
function otherSlis(model: Model): readonly Sli[] {
  const used = new Set([...model.slos.values()].map(({ sli }) => sli.name));
  return [...model.slis.values()].filter(({ name }) => !used.has(name));
}

/** How many entries the section has. */
export function objectiveCount(model: Model): number {
  return model.slos.size + otherSlis(model).length;
}

/** The objectives, each with its budget, then the indicators that no objective uses. */
export function objectivesSection(model: Model): Markdown {
  const others = table(
    [marked`Indicator`, marked`What it is`, marked`Measures`],
    otherSlis(model).map((sli) => [code(sli.name), text(sli.description ?? ''), sliWords(sli)]),
  );
  return blocks([
    ...[...model.slos.values()].map((slo) => sloSection(model, slo)),
    others === '' ? undefined : blocks([heading(3, marked`Indicators without an objective`), others]),
  ]);
}
