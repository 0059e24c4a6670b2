import { durationOf } from '../model/duration.js';
import type { BurnArm, Model, Slo } from '../model/model.js';
import type { Expr } from '../promql/ast.js';
import { printPromql } from '../promql/print.js';
import { bridged } from '../renames/bridge.js';
import { scoped } from '../slo/scope.js';
import { annotations, apiVersion } from './annotations.js';
import { shorthand } from './durations.js';
import { exportAlerts, notificationTarget } from './export-alerts.js';
import { descriptionOf, documentName, freeName } from './export-names.js';
import { exportSli } from './export-sli.js';
import type { Note } from './notes.js';

/** OpenSLO documents, and what they do not say. */
export interface Exported {
  readonly documents: readonly object[];
  readonly notes: readonly Note[];
}

const hour = 3600;

/** The period in OpenSLO's words; what has no whole minutes is rounded up to hours. */
function periodOf(slo: Slo, lost: string[]): string {
  const exact = shorthand(slo.period.seconds);
  if (exact !== undefined) return exact;
  const rounded = Math.ceil(slo.period.seconds / hour) * hour;
  lost.push(`the period of ${slo.period.text}: ${durationOf(rounded).text}`);
  return shorthand(rounded) ?? '1h';
}

/** Annotations of an SLO with what OpenSLO has no words for. */
function sloAnnotations(slo: Slo, name: string): object {
  const { minEvents, noData } = slo.alerting;
  const found = {
    ...(name === slo.name ? {} : { [annotations.name]: slo.name }),
    ...(minEvents === undefined ? {} : { [annotations.minEvents]: String(minEvents) }),
    ...(noData === undefined ? {} : { [annotations.noData]: noData.text }),
  };
  return Object.keys(found).length === 0 ? {} : { annotations: found };
}

class SloExport {
  readonly documents: object[] = [];
  readonly notes: Note[] = [];
  readonly #model: Model;
  readonly #names = new Set<string>();
  readonly #policyNames = new Set<string>();
  readonly #severities = new Set<BurnArm['severity']>();

  constructor(model: Model) {
    this.#model = model;
  }

  #lose(where: string, messages: readonly string[]): void {
    for (const message of messages) this.notes.push({ kind: 'lost', where, message });
  }

  #service(): object {
    const { name } = this.#model.service;
    const key = documentName(name);
    return {
      apiVersion,
      kind: 'Service',
      metadata: { name: key, ...(key === name ? {} : { displayName: name }) },
      spec: {},
    };
  }

  #slo(slo: Slo): void {
    const { sli } = slo;
    const lost: string[] = [];
    const print = (expr: Expr): string => printPromql(bridged(this.#model, scoped(this.#model, expr)));
    const exported = exportSli(sli, slo.by, print);
    const alerts = exportAlerts(slo, this.#policyNames);
    const name = freeName(slo.name, this.#names);
    const sliName = documentName(sli.name);
    if (slo.by.length > 0)
      lost.push(
        `one objective for each ${slo.by.map(({ wire }) => wire).join(', ')}: it is one over all of them`,
      );
    if (slo.policy !== undefined) lost.push('the policy of its error budget');
    if (slo.alerting.noData !== undefined && alerts.policies.length === 0)
      lost.push('the alert on missing data: there is no other alert to say it with');
    const period = periodOf(slo, lost);
    this.documents.push({
      apiVersion,
      kind: 'SLO',
      metadata: {
        name,
        ...(slo.owner === undefined ? {} : { labels: { owner: slo.owner } }),
        ...sloAnnotations(slo, name),
      },
      spec: {
        ...descriptionOf(slo.description),
        service: documentName(this.#model.service.name),
        indicator: {
          metadata: {
            name: sliName,
            ...(sliName === sli.name ? {} : { annotations: { [annotations.sli]: sli.name } }),
          },
          spec: { ...descriptionOf(sli.description), ...exported.indicator },
        },
        timeWindow: [{ duration: period, isRolling: true }],
        budgetingMethod: exported.method,
        objectives: [{ ...exported.objective, targetPercent: Number(slo.objective) }],
        ...(alerts.policies.length === 0
          ? {}
          : { alertPolicies: alerts.policies.map((policy) => ({ alertPolicyRef: policy.name })) }),
      },
    });
    this.documents.push(...alerts.policies.map(({ document }) => document));
    for (const severity of alerts.severities) this.#severities.add(severity);
    this.#lose(`slos.${slo.name}`, [...exported.lost, ...lost, ...alerts.lost]);
  }

  run(): Exported {
    const { slos, slis } = this.#model;
    if (slos.size === 0) return { documents: [], notes: [] };
    this.documents.push(this.#service());
    for (const slo of slos.values()) this.#slo(slo);
    this.documents.push(...[...this.#severities].map(notificationTarget));
    const used = new Set([...slos.values()].map(({ sli }) => sli.name));
    for (const { name } of slis.values())
      if (!used.has(name)) this.#lose(`slis.${name}`, ['no objective is about it: it is left out']);
    return { documents: this.documents, notes: this.notes };
  }
}

/** The objectives of a model as OpenSLO v1 documents: the service, each SLO with its SLI inline, its alert policies, and whom they tell. */
export function exportOpenSlo(model: Model): Exported {
  return new SloExport(model).run();
}
