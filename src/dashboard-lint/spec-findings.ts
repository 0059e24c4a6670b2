import { diagnostic } from '../diagnostics/create.js';
import type { Diagnostic, Range } from '../diagnostics/diagnostic.js';
import type { Model, Panel } from '../model/model.js';
import { inspectDashboard, type Finding } from './index.js';
import { authoredBoards, type OwnBoard } from './own-boards.js';

/** Rules that a check of the spec says more precisely: with its own code, and a place in the query. */
const saidElsewhere: ReadonlySet<string> = new Set([
  'target-promql-rule',
  'target-logql-rule',
  'target-logql-auto-rule',
  'target-traceql',
  'target-rate-interval-rule',
  'target-counter-agg-rule',
  'panel-units-rule',
  'unit-of-metric',
  'threshold-of-alert',
  'variable-declared',
  'variable-used',
  'dashboard-title',
  'panel-titles',
  'refresh',
  'legend-labels',
  'open-labels',
  'stale-metric',
  'unknown-label',
]);

/** Where a finding on the JSON stands in the spec: at the query, else at the panel, else at the dashboard. */
function placeOf({ context }: OwnBoard, { panel, path }: Finding): Range | undefined {
  const own: Panel | undefined = panel === undefined ? undefined : context.authored?.get(panel);
  if (own === undefined) return context.dashboard?.origin.key;
  const index = /\.targets\[(\d+)\]/.exec(path)?.[1];
  const query =
    own.source.kind === 'queries' && index !== undefined ? own.source.queries[Number(index)] : undefined;
  return query?.query.text.range ?? own.origin.key;
}

function* ofBoard(board: OwnBoard): Iterable<Diagnostic> {
  const seen = new Set<string>();
  for (const finding of inspectDashboard(board.json, board.context, saidElsewhere).findings) {
    const range = placeOf(board, finding);
    // An objective becomes several panels: what is wrong with all of them is said once.
    const key = `${finding.rule} ${range?.start ?? 0} ${finding.message}`;
    if (seen.has(key)) continue;
    seen.add(key);
    yield diagnostic('OBS3520', {
      message: `${finding.message} (${finding.rule})`,
      range,
      help: finding.help,
    });
  }
}

/** OBS3520: what the linter finds in the dashboards that the spec writes down, as Grafana would get them. */
export function boardFindings(model: Model): readonly Diagnostic[] {
  return [...boardFindingsByBoard(model)].flat();
}

/** The same, one dashboard after the other, for those who have something else to do in between. */
export function* boardFindingsByBoard(model: Model): Iterable<readonly Diagnostic[]> {
  for (const board of authoredBoards(model)) yield [...ofBoard(board)];
}
