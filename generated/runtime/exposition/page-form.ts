// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';

/** In what form a page is written. */
export interface PageForm {
  /** OpenMetrics 1.0.0, else the text format 0.0.4. */
  readonly openMetrics: boolean;
  /** Further labels of every series that has none of that name. */
  readonly labels: readonly (readonly [name: string, value: string])[];
  /** The same for forms that are alike. */
  readonly key: string;
}

/** The Content-Type of each format, as prom-client has it. */
export const contentTypes = {
  text: 'text/plain; version=0.0.4; charset=utf-8',
  openMetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
} as const;

export function pageForm(openMetrics: boolean, labels: PageForm['labels'] = []): PageForm {
  return { openMetrics, labels, key: JSON.stringify([openMetrics, labels]) };
}

/** The text format, without further labels. */
export const plainText: PageForm = pageForm(false);

/**
 * The labels that a registry adds to every series; undefined where it does not say. There is no method that tells them: prom-client
 * and its successors have all kept this field.
 */
export function defaultLabels(registry: object): PageForm['labels'] | undefined {
  try {
    const { _defaultLabels: labels } = registry as { readonly _defaultLabels?: unknown };
    if (typeof labels !== 'object' || labels === null) return undefined;
    return Object.entries(labels).map(([name, value]) => [name, String(value)] as const);
  } catch (error) {
    diag.warn('the default labels of the registry could not be read', error);
    return undefined;
  }
}
