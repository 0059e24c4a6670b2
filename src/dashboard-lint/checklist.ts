/** One line of what a good dashboard has. */
export interface ChecklistLine {
  readonly id: string;
  readonly section: string;
  readonly text: string;
  /** Rules, by id; `picture` for what only a picture or a live query shows, `output` for what stands outside of the JSON. */
  readonly verifiedBy: readonly string[];
  /** Whether the line compares with a spec, and counts only where there is one. */
  readonly needsModel?: boolean;
}

const identity = 'Identity and provenance';
const time = 'Time and refresh';
const variables = 'Variables';
const queries = 'Queries';
const panels = 'Panels';
const grid = 'Grid and rows';
const correlation = 'Correlation';
const slo = 'Objectives';
const output = 'Output';

function line(section: string, id: string, text: string, ...verifiedBy: readonly string[]): ChecklistLine {
  return { id, section, text, verifiedBy };
}

function withSpec(each: ChecklistLine): ChecklistLine {
  return { ...each, needsModel: true };
}

/** The checklist, in the order of the page. Every line is verified by rules, or says why none can. */
export const checklist: readonly ChecklistLine[] = [
  line(identity, 'shape', 'keys that Grafana reads, with what it expects in them', 'shape'),
  line(identity, 'uid', 'the uid is fixed, at most 40 characters, and unique', 'dashboard-uid'),
  line(identity, 'title', 'the title is unique, tags name the service and the kind', 'dashboard-title'),
  line(identity, 'stable-file', 'no id, version, iteration or inputs in the file', 'volatile-keys'),
  line(identity, 'provenance', 'the description or a link says where it comes from', 'dashboard-provenance'),
  line(identity, 'uneditable', 'not editable in Grafana', 'uneditable-dashboard'),
  line(identity, 'versions', 'schemaVersion 42, a pluginVersion on each panel', 'schema-version'),

  line(time, 'time', 'opens on the time up to now, in the reader’s time zone', 'time-range'),
  line(time, 'refresh', 'refreshes itself, no faster than there are samples', 'refresh'),
  line(time, 'crosshair', 'one crosshair for all panels', 'shared-crosshair'),

  line(
    variables,
    'datasource',
    'a variable for the data source, used by every panel and query',
    'template-datasource-rule',
    'panel-datasource-rule',
  ),
  line(
    variables,
    'job-instance',
    '`job` and `instance`: several, all, `.+`, from the data source',
    'template-job-rule',
    'template-instance-rule',
  ),
  line(
    variables,
    'variable-queries',
    'queries of variables can be read, and are read again when the time changes',
    'template-label-promql-rule',
    'template-on-time-change-reload-rule',
  ),
  line(
    variables,
    'variable-choices',
    'choices are sorted, several and all can be chosen',
    'variable-choices',
  ),
  withSpec(line(variables, 'variable-size', 'variables have few values', 'variable-cardinality')),
  line(variables, 'variables-declared', 'every variable that is used is declared, once', 'variable-declared'),
  line(variables, 'variables-used', 'every variable that is declared is used', 'variable-used'),
  line(
    variables,
    'other-datasources',
    'logs and traces have variables for their data sources',
    'foreign-datasources',
  ),

  line(queries, 'promql', 'PromQL can be read', 'target-promql-rule'),
  line(
    queries,
    'logql',
    'LogQL can be read, its ranges are `$__auto`',
    'target-logql-rule',
    'target-logql-auto-rule',
  ),
  line(queries, 'traceql', 'TraceQL can be read', 'target-traceql'),
  line(queries, 'rate-interval', '`$__rate_interval` in every rate', 'target-rate-interval-rule'),
  line(
    queries,
    'scrape-matchers',
    '`job` and `instance` narrow every selector',
    'target-job-rule',
    'target-instance-rule',
  ),
  line(queries, 'counters', 'counters only inside rate, irate or increase', 'target-counter-agg-rule'),
  line(queries, 'ref-ids', 'a refId of its own for each query', 'ref-ids'),
  line(queries, 'legends', 'short legends, of labels that the result has', 'legend-format', 'legend-labels'),
  line(queries, 'tables', 'tables ask once, in the form of a table', 'table-instant'),
  line(queries, 'cost', 'long windows from recorded series, or asked once', 'costly-range'),
  withSpec(line(queries, 'topk', 'the largest of labels with any number of values', 'open-labels')),
  line(queries, 'ratios', 'both sides of a ratio are narrowed alike', 'ratio-matchers'),
  line(queries, 'no-traffic', 'single ratios say what they are while nothing happens', 'no-traffic'),
  line(queries, 'histograms', 'quantiles of rates of buckets, bounds kept', 'histogram-quantile'),
  withSpec(line(queries, 'metrics', 'every metric that is read is there', 'stale-metric')),
  withSpec(
    line(queries, 'labels', 'every label that is matched or grouped by is the metric’s', 'unknown-label'),
  ),

  line(panels, 'described', 'title and description on every panel', 'panel-title-description-rule'),
  line(panels, 'titles', 'titles tell the panels of a row apart', 'panel-titles'),
  line(panels, 'targets', 'every panel has a query', 'panel-no-targets-rule'),
  line(panels, 'units', 'a unit that Grafana knows', 'panel-units-rule'),
  line(panels, 'unit-of-metric', 'the unit of what is shown', 'unit-of-metric'),
  line(panels, 'table-unit', 'the unit of a table belongs to its values', 'table-unit'),
  line(panels, 'thresholds', 'thresholds are drawn and in order', 'threshold-drawn'),
  withSpec(line(panels, 'alert-thresholds', 'thresholds are where the alert fires', 'threshold-of-alert')),
  line(panels, 'axis', 'from 0 for rates and shares, an end for gauges', 'axis-bounds'),
  line(panels, 'decimals', 'as many digits as are meant', 'decimals'),
  line(panels, 'legend-room', 'legends have room, and numbers where they are tables', 'legend-room'),
  line(panels, 'colours', 'one colour for what means something', 'stable-colours'),
  line(panels, 'reduce', 'single numbers say which value they are', 'reduce-options'),

  line(grid, 'rows', 'panels stand under headings, none of which is empty', 'row-structure'),
  line(grid, 'bounds', 'x + w within 24', 'grid-bounds'),
  line(grid, 'overlap', 'nothing overlaps', 'grid-overlap'),
  line(grid, 'heights', 'panels of a line have one height', 'grid-heights'),
  line(grid, 'ids', 'ids from 1, unique, those of folded panels too', 'panel-ids'),
  line(grid, 'picture', 'no empty panel, no error, nothing cut off, in light and dark', 'picture'),

  line(correlation, 'exemplars', 'exemplars on panels of latency', 'exemplars'),
  line(correlation, 'data-links', 'graphs lead on, at the same time', 'data-links'),
  line(correlation, 'dashboard-links', 'links to the dashboards beside it', 'dashboard-links'),
  line(
    correlation,
    'annotations',
    'deployments or alerts are marked, and can be switched off',
    'annotations',
  ),
  withSpec(line(correlation, 'runbooks', 'a runbook from each panel with an alert', 'runbook-links')),

  line(
    slo,
    'slo-panels',
    'of an objective: the promise, the indicator, budget, burn rate and time left',
    'slo-panels',
  ),
  line(slo, 'slo-budget', 'a budget that is used up is red and below 0', 'slo-budget'),
  line(slo, 'slo-overview', 'a table of all objectives leads to each of them', 'slo-overview'),

  line(output, 'size', 'small enough for `kubectl apply`', 'dashboard-size'),
  line(
    output,
    'provisioning',
    'files for Grafana’s provisioning, ConfigMaps with label and folder',
    'output',
  ),
];
