import { hasErrors } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { renderPretty } from '../../diagnostics/render/pretty.js';
import { SourceFile } from '../../diagnostics/source-file.js';
import type { Text } from '../../diagnostics/text.js';
import { analysisOf } from '../../model/analysis.js';
import { groupings } from '../../model/checks/groupings.js';
import { labelValues } from '../../model/checks/label-values.js';
import { queryFindings } from '../../model/checks/query-findings.js';
import { queryNames } from '../../model/checks/query-names.js';
import { querySelectors } from '../../model/checks/query-selectors.js';
import { queryUnits } from '../../model/checks/query-units.js';
import { queryVariables } from '../../model/checks/query-variables.js';
import { alertConditions } from '../../model/checks/alert-conditions.js';
import type { Alert, Dashboard, Model } from '../../model/model.js';
import type { Origin } from '../../model/origin.js';
import type { Purpose } from '../../promql/analysis/scope.js';
import { readQuery, type ReadQuery } from '../../promql/query.js';
import type { LoadedSpec } from '../../spec/loaded.js';
import { specProperty, textArgument, ToolFailure, type Tool } from '../tool.js';
import { diagnosticsData, failureOf } from '../workspace.js';

const purposes = ['panel', 'alert'] as const;
type AskedPurpose = (typeof purposes)[number];

/** The rules of the compiler that look at queries; what they say of other queries of the spec is left out. */
const rules = [queryVariables, queryNames, labelValues, querySelectors, groupings, queryFindings, queryUnits];
const ofAlerts = [alertConditions];

/** The name that the query has among those of the spec while it is looked at; no name of a spec has a space. */
const guestName = 'the query';

export const checkQuery: Tool = {
  name: 'check_query',
  title: 'Check a PromQL query',
  description:
    'Holds a PromQL query against the spec: metrics and labels that do not exist, label values that are never recorded, rate() of a gauge, quantiles without le, labels that an aggregation dropped, units, NaN. Says what the result is: its unit and labels. Use it for each query of an alert, a dashboard or a script.',
  inputSchema: {
    type: 'object',
    properties: {
      query: { type: 'string', minLength: 1, maxLength: 20_000, description: 'PromQL' },
      purpose: {
        type: 'string',
        enum: purposes,
        description: 'panel: shown on a dashboard (usual); alert: fires for each series of the result',
      },
      ...specProperty,
    },
    required: ['query'],
    additionalProperties: false,
  },
  outputSchema: {
    type: 'object',
    properties: {
      valid: { type: 'boolean' },
      diagnostics: { type: 'array', items: { type: 'object' } },
      truncated: { type: 'string' },
      result: {
        type: 'object',
        properties: {
          type: { type: 'string', description: 'instant, range, scalar or string' },
          nature: {
            type: 'string',
            description: 'counter, gauge, rate, increase, quantile, count or unknown',
          },
          unit: { type: ['string', 'null'] },
          labels: { type: ['array', 'null'], items: { type: 'string' }, description: 'null: not known' },
          exact: { type: 'boolean', description: 'Whether there are certainly no other labels' },
        },
        required: ['type', 'nature', 'unit', 'labels', 'exact'],
      },
    },
    required: ['valid', 'diagnostics'],
  },
  readOnly: true,
  call(given, workspace) {
    const { loaded, analysis } = workspace.read(textArgument(given, 'spec'));
    const { model } = analysis;
    if (loaded === undefined || model === undefined)
      throw failureOf(
        'the spec cannot be read, so that nothing is known of its metrics',
        analysis.diagnostics,
      );
    const asked = textArgument(given, 'query') ?? '';
    const purpose: AskedPurpose = purposes.find((each) => each === given['purpose']) ?? 'panel';
    const text = textOf(asked);
    const { query, diagnostics: ofSyntax } = readQuery(text);
    const found = [
      ...ofSyntax,
      ...(query.expr === undefined ? [] : findings(model, loaded, query, purpose, workspace.today)),
    ];
    const shown = found.length === 0 ? {} : { text: renderPretty(found, { color: false }) };
    const { expr } = query;
    if (expr === undefined && found.length === 0) throw new ToolFailure('the query cannot be read');
    return {
      data: {
        valid: !hasErrors(found),
        ...diagnosticsData(found),
        ...(expr === undefined ? {} : { result: resultOf(model, expr, purpose) }),
      },
      ...shown,
    };
  },
};

/** A text that stands in a file of its own, so that places in it are counted from its beginning. */
function textOf(value: string): Text {
  const source = new SourceFile('query', value);
  const slice = (start: number, end: number): ReturnType<Text['slice']> => ({ source, start, end });
  return { value, range: slice(0, value.length), slice };
}

function originOf({ range }: Text): Origin {
  return { key: range, value: range, preset: undefined, of: () => range, text: () => undefined };
}

/** What the rules say of a query, as if it stood in the spec as a panel or an alert. */
function findings(
  model: Model,
  loaded: LoadedSpec,
  query: ReadQuery,
  purpose: AskedPurpose,
  today: string,
): readonly Diagnostic[] {
  const origin = originOf(query.text);
  const guest: Model =
    purpose === 'alert'
      ? { ...model, alerts: new Map([...model.alerts, [guestName, alertOf(query, origin)]]) }
      : { ...model, dashboards: new Map([...model.dashboards, [guestName, boardOf(query, origin)]]) };
  const input = { model: guest, loaded, spec: loaded.spec, today };
  return [...rules, ...(purpose === 'alert' ? ofAlerts : [])]
    .flatMap((rule) => [...rule(input)])
    .filter(({ range }) => range?.source === query.text.range.source);
}

function alertOf(query: ReadQuery, origin: Origin): Alert {
  return {
    ...{ name: guestName, condition: { form: 'expr', query }, severity: 'info', summary: query.text },
    ...{
      for: undefined,
      keepFiringFor: undefined,
      description: undefined,
      runbook: undefined,
      owner: undefined,
    },
    ...{ inhibits: [], labels: new Map(), origin, repaired: new Set() },
  };
}

function boardOf(query: ReadQuery, origin: Origin): Dashboard {
  const panel: Dashboard['rows'][number]['panels'][number] = {
    ...{ title: guestName, type: 'timeseries', description: undefined, unit: undefined, stack: false },
    ...{
      source: { kind: 'queries', queries: [{ name: undefined, query }] },
      thresholdsFrom: undefined,
      origin,
    },
  };
  return {
    ...{
      name: guestName,
      title: guestName,
      description: undefined,
      variables: [],
      refresh: undefined,
      from: undefined,
    },
    ...{ annotations: { deployments: false, alerts: false }, rows: [{ title: guestName, panels: [panel] }] },
    ...{ owner: undefined, origin, repaired: new Set() },
  };
}

function resultOf(
  model: Model,
  expr: NonNullable<ReadQuery['expr']>,
  purpose: Purpose,
): Readonly<Record<string, unknown>> {
  const { kind, nature, unit, labels } = analysisOf(model, expr, purpose).value;
  return {
    type: kind,
    nature,
    unit: unit ?? null,
    labels: labels === undefined ? null : [...labels.labels].sort(),
    exact: labels?.closed === true,
  };
}
