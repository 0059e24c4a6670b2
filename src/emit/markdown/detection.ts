import { marked, table, text, type Markdown } from '../../encode/markdown.js';
import { durationOf } from '../../model/duration.js';
import type { BurnArm, Model, Slo } from '../../model/model.js';
import { arms, budgetLasts, budgetOf, detectionTime, highestBurnRate } from '../../slo/windows.js';
import { printDecimal } from '../../slo/decimal.js';
import { blocks, percent } from './words.js';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time to two or three digits: nobody needs the seconds of hours. */
export function roughly(seconds: number): string {
  const step = seconds < 10 * minute ? 1 : seconds < 10 * hour ? minute : seconds < 10 * day ? hour : day;
  return durationOf(Math.max(step, Math.round(seconds / step) * step)).text;
}

/** Burn rates to show, a complete outage first. */
function burnRates(slo: Slo): readonly number[] {
  const highest = highestBurnRate(slo.objective);
  return [highest, ...[100, 10, 2].filter((rate) => rate < highest)];
}

/** Seconds until the first of some arms trips; undefined where none does. */
function soonest(slo: Slo, list: readonly BurnArm[], bad: number): number | undefined {
  const times = list.map((arm) => detectionTime(arm, slo.objective, bad));
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/**
 * How soon the alerts of an objective come, and when its budget is gone, for incidents of several sizes; nothing where it does not alert.
 * From a clean state: t = long window x factor x budget / share of bad events (SRE Workbook, "Alerting on SLOs").
 */
export function detectionTable(model: Model, slo: Slo): Markdown | undefined {
  const severities = (['page', 'ticket'] as const).flatMap((severity) => {
    const list = slo.alerting[severity] ? arms(slo).filter((arm) => arm.severity === severity) : [];
    return list.length === 0 ? [] : [{ severity, list }];
  });
  if (severities.length === 0) return undefined;
  const budget = Number(printDecimal(budgetOf(slo.objective)));
  const time = (seconds: number | undefined): Markdown =>
    seconds === undefined ? marked`never` : text(roughly(seconds));
  const rows = burnRates(slo).map((rate) => {
    const bad = Math.min(1, rate * budget);
    return [
      text(percent(Number(bad.toPrecision(6)))),
      text(String(Number(rate.toPrecision(4)))),
      ...severities.map(({ list }) => time(soonest(slo, list, bad))),
      time(budgetLasts(slo, bad)),
    ];
  });
  const head = [
    marked`Bad`,
    marked`Burn rate`,
    ...severities.map(({ severity }) => (severity === 'page' ? marked`Page after` : marked`Ticket after`)),
    marked`Budget gone after`,
  ];
  const { scrapeInterval, evaluationInterval } = model.target.prometheus;
  return blocks([
    marked`How soon an incident is noticed that begins when all is well, and how long the budget lasts:`,
    table(head, rows),
    marked`A scrape and an evaluation, ${text(scrapeInterval.text)} and ${text(evaluationInterval.text)}, come on top, and the time that Alertmanager waits to group alerts. With little traffic it takes longer, until enough was bad.`,
  ]);
}
