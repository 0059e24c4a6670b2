import { alertEntries } from './catalogue/alerts.js';
import { alertmanagerEntries } from './catalogue/alertmanager.js';
import { analyzeEntries } from './catalogue/analyze.js';
import { cardinalityEntries } from './catalogue/cardinality.js';
import { dashboardEntries } from './catalogue/dashboards.js';
import { changeEntries } from './catalogue/changes.js';
import type { CatalogueEntry } from './catalogue/entry.js';
import { gpuEntries } from './catalogue/gpu.js';
import { instrumentRuleEntries } from './catalogue/instrument-rules.js';
import { instrumentRunEntries } from './catalogue/instrument-run.js';
import { instrumentShapeEntries } from './catalogue/instrument-shapes.js';
import { internalEntries } from './catalogue/internal.js';
import { lifecycleEntries } from './catalogue/lifecycle.js';
import { liveEntries } from './catalogue/live.js';
import { meaningEntries } from './catalogue/meaning.js';
import { outputEntries } from './catalogue/output.js';
import { promqlEntries } from './catalogue/promql.js';
import { provisioningEntries } from './catalogue/provisioning.js';
import { queryEntries } from './catalogue/query-meaning.js';
import { resultEntries } from './catalogue/query-results.js';
import { schemaEntries } from './catalogue/schema.js';
import { securityEntries } from './catalogue/security.js';
import { sloEntries } from './catalogue/slo.js';
import { stackEntries } from './catalogue/stack.js';
import { syntaxEntries } from './catalogue/syntax.js';
import { targetEntries } from './catalogue/targets.js';

/** Every code that obs-gen can report, in the order of its number. A code that is not here does not compile. */
export const catalogue = {
  ...syntaxEntries,
  ...schemaEntries,
  ...meaningEntries,
  ...gpuEntries,
  ...changeEntries,
  ...promqlEntries,
  ...queryEntries,
  ...resultEntries,
  ...sloEntries,
  ...alertEntries,
  ...alertmanagerEntries,
  ...cardinalityEntries,
  ...dashboardEntries,
  ...provisioningEntries,
  ...targetEntries,
  ...lifecycleEntries,
  ...stackEntries,
  ...securityEntries,
  ...outputEntries,
  ...instrumentRuleEntries,
  ...instrumentShapeEntries,
  ...instrumentRunEntries,
  ...analyzeEntries,
  ...liveEntries,
  ...internalEntries,
} as const;

export type DiagnosticCode = keyof typeof catalogue;

/** What the catalogue says of a code. */
export function catalogueEntry(code: DiagnosticCode): CatalogueEntry {
  return catalogue[code];
}

/** Whether a string typed by a person names a code. */
export function isDiagnosticCode(code: string): code is DiagnosticCode {
  return Object.hasOwn(catalogue, code);
}
