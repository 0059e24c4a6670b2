import type { Spec } from '../../spec/spec.js';
import { locate } from '../../spec/located.js';
import { durationOf, parseDuration } from '../duration.js';
import type { BurnArm, Duration, Label, PolicyStep, Sli, Slo, Target } from '../model.js';
import { entriesAt, frozenList, frozenRepairs, type Context, type Entry } from './context.js';
import { refer, type Targets } from './references.js';
import { referLabels } from './slis.js';

type SpecSlo = NonNullable<Spec['slos']>[string];

function windowsOf(windows: SpecSlo['windows']): Slo['windows'] {
  if (!Array.isArray(windows)) return windows ?? 'workbook';
  return frozenList(
    windows.map(({ severity, long, short, factor }): BurnArm =>
      Object.freeze({ severity, long: parseDuration(long), short: parseDuration(short), factor }),
    ),
  );
}

/** Shorter silences are a deployment or a lost scrape. */
const shortestSilence = 600;

type Alerting = NonNullable<SpecSlo['alerting']>;

/**
 * For how long there may be no data. Where an objective alerts, silence is told unless the author does not want to know: without data no
 * other alert on it can fire.
 */
function noDataOf(written: Alerting['noData'], alerts: boolean, target: Target): Duration | undefined {
  if (written === false) return undefined;
  if (typeof written === 'string') return parseDuration(written);
  const { scrapeInterval, evaluationInterval } = target.prometheus;
  return written === true || alerts
    ? durationOf(Math.max(shortestSilence, 2 * scrapeInterval.seconds, 2 * evaluationInterval.seconds))
    : undefined;
}

/** The steps of a policy, most of the budget left first; Markdown as it is. */
function policyOf(policy: SpecSlo['policy']): Slo['policy'] {
  if (!Array.isArray(policy)) return policy;
  const steps = policy.map(({ left, do: action, who }): PolicyStep => Object.freeze({ left, action, who }));
  return frozenList(steps.sort((a, b) => b.left - a.left));
}

/** The objective in the author's digits where they are plain decimal ones. */
function objectiveOf(context: Context, entry: Entry<SpecSlo>): string {
  const node = locate(context.loaded.root, ['slos', entry.name, 'objective']);
  const written =
    node?.kind === 'scalar' && node.value === entry.value.objective ? node.text.value.trim() : '';
  return /^[0-9]+(?:\.[0-9]+)?$/.test(written) ? written : String(entry.value.objective);
}

/** `slos`: one whose SLI is not to be had is left out. */
export function resolveSlos(
  context: Context,
  labels: Targets<Label>,
  slis: Targets<Sli>,
  target: Target,
): ReadonlyMap<string, Slo> {
  const slos = new Map<string, Slo>();
  for (const entry of entriesAt(context, ['slos'], context.spec.slos)) {
    const { name, value, origin } = entry;
    const sli = refer(context, slis, value.sli, origin.of('sli'));
    const by = referLabels(context, labels, entry, value.by, 'by');
    if (sli === undefined) continue;
    const { page, ticket, minEvents, noData } = value.alerting ?? {};
    slos.set(
      name,
      Object.freeze({
        name,
        description: value.description,
        sli,
        objective: objectiveOf(context, entry),
        period: parseDuration(value.period),
        by,
        windows: windowsOf(value.windows),
        alerting: Object.freeze({
          page: page ?? true,
          ticket: ticket ?? true,
          minEvents,
          noData: noDataOf(noData, (page ?? true) || (ticket ?? true), target),
        }),
        policy: policyOf(value.policy),
        owner: value.owner ?? context.spec.service.owner,
        origin,
        repaired: frozenRepairs(entry.repaired),
      }),
    );
  }
  return slos;
}
