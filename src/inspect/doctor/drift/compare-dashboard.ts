import { list, member, number, text } from '../ask/json.js';
import { differingPaths } from './compare-json.js';

/** Paths that are told of one dashboard. */
const mostPaths = 3;

/** What Grafana sets itself when it stores a dashboard. */
const ofGrafana = new Set(['id', 'version']);

function without(board: unknown): unknown {
  if (typeof board !== 'object' || board === null) return board;
  return Object.fromEntries(Object.entries(board).filter(([key]) => !ofGrafana.has(key)));
}

/** What a panel shows: what stays when Grafana brings a board to a newer schema. */
function shownBy(panels: unknown): unknown {
  return list(panels).map((panel) => ({
    title: text(member(panel, 'title')),
    queries: list(member(panel, 'targets')).map((target) =>
      text(member(target, 'expr') ?? member(target, 'query')),
    ),
    panels: shownBy(member(panel, 'panels')),
  }));
}

/**
 * What of a dashboard is not as the spec has it. Where Grafana has brought it to a newer schema, its panels and their queries are
 * compared; the rest is Grafana's doing.
 */
export function compareDashboard(expected: unknown, found: unknown): readonly string[] {
  const [ours, theirs] = [expected, found].map((board) => number(member(board, 'schemaVersion')));
  if (ours !== undefined && theirs !== undefined && theirs > ours)
    return differingPaths(shownBy(member(expected, 'panels')), shownBy(member(found, 'panels')), mostPaths);
  return differingPaths(without(expected), without(found), mostPaths);
}
