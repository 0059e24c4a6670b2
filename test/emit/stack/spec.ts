import { modelOf } from '../../support/model.js';
import type { Model } from '../../../src/model/model.js';
import type { Stack } from '../../../src/model/stack.js';

/** A service with a span, an event and an alert, and a stack of which more is said. */
export function specWith(stack: string, more = ''): string {
  const section = stack === '{}' ? 'stack: {}' : `stack:\n  ${stack.trim().replaceAll('\n', '\n  ')}`;
  return `version: 1
service: { name: shop${more} }
labels:
  outcome: { description: How it ended., values: [ok, failed] }
metrics:
  orders_total: { type: counter, help: Orders., labels: [outcome] }
spans:
  order: { kind: server, record: { count: orders_total }, outcome: { label: outcome, ok: ok, error: failed } }
logs:
  events: { order.failed: { level: warn, message: Order failed. } }
alerts:
  OrdersFail:
    expr: sum(rate(orders_total{outcome="failed"}[5m])) > 1
    severity: page
    summary: Orders fail.
${section}
`;
}

/** The model of such a spec, and its stack. */
export function stackOf(stack: string, more = ''): { readonly model: Model; readonly stack: Stack } {
  const model = modelOf(specWith(stack, more));
  if (model.stack === undefined) throw new Error('the spec has no stack');
  return { model, stack: model.stack };
}

/** Receivers, so that there is an Alertmanager. */
export const receivers = 'alertmanager: { page: { slack: { webhookFile: /run/secrets/slack } } }';
