import type { Alert, Model } from '../model/model.js';

/** The section as it is written. */
export type AlertmanagerSpec = NonNullable<NonNullable<Model['sections']['stack']>['alertmanager']>;
export type ReceiverSpec = NonNullable<AlertmanagerSpec['page']>;

export type Severity = Alert['severity'];

/** The severities of alerts, the loudest first. */
export const severities: readonly Severity[] = ['page', 'ticket', 'info'];

/** `stack.alertmanager`; undefined where it is not written. */
export function alertmanagerOf(model: Model): AlertmanagerSpec | undefined {
  return model.sections.stack?.alertmanager;
}

/**
 * The receiver of a severity, by its key: its own, or else the one of the next louder severity, because to be disturbed for little is
 * better than not to hear of it. A page never falls to a quieter one: nobody would wake. Undefined: nobody gets it.
 */
export function receiverOf(spec: AlertmanagerSpec, severity: Severity): Severity | undefined {
  const louder = severities.slice(0, severities.indexOf(severity) + 1).reverse();
  return louder.find((each) => spec[each] !== undefined);
}

/** Whether a severity is louder than another one. */
export function isLouder(severity: Severity, other: Severity): boolean {
  return severities.indexOf(severity) < severities.indexOf(other);
}

/** Whether a spec says who is told of anything: without a receiver there is nothing to configure. */
export function hasReceivers(spec: AlertmanagerSpec | undefined): spec is AlertmanagerSpec {
  return spec?.deadMansSwitch !== undefined || severities.some((severity) => spec?.[severity] !== undefined);
}
