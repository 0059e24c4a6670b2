import { allDashboards } from '../../dashboards/index.js';
import { code, codeBlock, heading, marked, table, text, type Markdown } from '../../encode/markdown.js';
import { authored } from '../../encode/authored-markdown.js';
import type { Model, Sli, Slo } from '../../model/model.js';
import { printPromql } from '../../promql/print.js';
import { alertRules, leastBad } from '../../slo/alerts.js';
import { budgetRemaining, errorRatio, timeToExhaustion } from '../../slo/names.js';
import { planSlo, type SloPlan } from '../../slo/plan.js';
import { recorded } from '../../slo/rules.js';
import { arms } from '../../slo/windows.js';
import { budgetPercent, budgetTime } from './budget.js';
import { budgetPolicy } from './budget-policy.js';
import { detectionTable } from './detection.js';
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
    case 'nativeLatency': {
      const only = sli.matchers === undefined ? marked`` : marked` with ${code(sli.matchers.text.value)}`;
      return marked`observations of ${code(sli.histogram.name)}${only} of at most ${text(timeWords(sli.threshold))}`;
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

function alertWords(model: Model, plan: SloPlan): Markdown {
  const names = alertRules(model, plan).map(({ alert }) => reference('alert', alert));
  return names.length === 0 ? marked`none` : listed(names);
}

/** When the alerts on the budget fire: both windows of a line must burn faster than its rate, and enough must have been bad. */
function armTable(plan: SloPlan): Markdown | undefined {
  const { slo } = plan;
  const { noData } = slo.alerting;
  const fired = arms(slo).filter(({ severity }) => slo.alerting[severity]);
  const counted = plan.measurement.kind === 'time' ? 'evaluations' : 'events';
  const rows = fired.map((arm) => {
    const least = leastBad(plan, arm);
    return [
      text(arm.severity),
      marked`${arm.factor}`,
      text(arm.long.text),
      text(arm.short.text),
      least === undefined ? marked`` : marked`${least} ${text(counted)}`,
    ];
  });
  const head = [
    marked`Severity`,
    marked`Burn rate above`,
    marked`Over`,
    marked`And over`,
    marked`Bad at least`,
  ];
  return blocks([
    rows.length === 0 ? undefined : table(head, rows),
    noData === undefined ? undefined : marked`A ticket also comes after ${text(noData.text)} without data.`,
  ]);
}

/** A series that the objective's rules record, as a query to paste. */
function recordedQuery(plan: SloPlan, name: string): Markdown {
  return code(printPromql(recorded(plan, name)));
}

/** The dashboards that show an objective. */
function dashboardsWith(model: Model, slo: Slo): readonly string[] {
  return allDashboards(model)
    .filter(({ rows }) =>
      rows.some(({ panels }) =>
        panels.some(
          ({ source }) =>
            (source.kind === 'slo' && source.slo === slo) ||
            (source.kind === 'objectives' && source.slos.includes(slo)),
        ),
      ),
    )
    .map(({ name }) => name);
}

function sloSection(model: Model, slo: Slo): Markdown {
  const { sli } = slo;
  const plan = planSlo(model, slo);
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
      ['Alerts', alertWords(model, plan)],
      ['Shown on', listed(dashboardsWith(model, slo).map((name) => reference('dashboard', name)))],
      ['Bad now', recordedQuery(plan, errorRatio(plan.base))],
      ['Budget left', recordedQuery(plan, budgetRemaining)],
      ['Time left', recordedQuery(plan, timeToExhaustion)],
      ['Owner', slo.owner === undefined || slo.owner === model.service.owner ? undefined : text(slo.owner)],
    ]),
    armTable(plan),
    detectionTable(model, slo),
    budgetPolicy(model, slo),
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
