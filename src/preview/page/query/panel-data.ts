import type { Panel, Target } from '../board.js';
import type { Context, Room } from '../parts/context.js';
import { durationText, intervalsOf, type Intervals } from './interval.js';
import { interpolate } from './interpolate.js';
import { queryInstant, queryRange, queryExemplars, type Exemplar, type VectorRow } from './prometheus.js';
import { legendNames, numberOf, onGrid, timesOf, type Series } from './series.js';

/** The queries of a panel that Prometheus answers. */
export function prometheusTargets(panel: Panel): readonly Target[] {
  const targets = (panel.targets ?? []).filter(({ hide }) => hide !== true);
  return targets.filter(({ expr, datasource }) => {
    return expr !== undefined && (datasource?.type ?? 'prometheus') === 'prometheus';
  });
}

function intervals(panel: Panel, target: Target, points: number, context: Context): Intervals {
  return intervalsOf({
    range: context.range.to - context.range.from,
    points,
    least: [panel.interval, target.interval],
    scrapeInterval: context.state.scrapeInterval,
    queryInterval: target.interval,
  });
}

/** What Grafana itself defines, for a query with these intervals. */
function builtIn({ step, rate, range }: Intervals, context: Context): ReadonlyMap<string, string> {
  return new Map([
    ['__interval', durationText(step)],
    ['__interval_ms', String(step)],
    ['__rate_interval', durationText(rate)],
    ['__range', `${Math.round(range / 1000)}s`],
    ['__range_s', String(Math.round(range / 1000))],
    ['__range_ms', String(range)],
    ['__from', String(context.range.from)],
    ['__to', String(context.range.to)],
  ]);
}

/** A query with all its variables filled in. */
export function filledQuery(panel: Panel, target: Target, room: Room, context: Context): string {
  const found = intervals(panel, target, room.width, context);
  return interpolate(target.expr ?? '', context.chosen, builtIn(found, context));
}

interface Grid {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** Times that are whole numbers of steps, so that a refresh moves no point. */
function gridOf({ range }: Context, step: number): Grid {
  return { from: Math.floor(range.from / step) * step, to: Math.floor(range.to / step) * step, step };
}

async function overTime(
  panel: Panel,
  target: Target,
  room: Room,
  context: Context,
): Promise<readonly Series[]> {
  const found = intervals(panel, target, room.width, context);
  const query = interpolate(target.expr ?? '', context.chosen, builtIn(found, context));
  const grid = gridOf(context, found.step);
  const rows = await queryRange(query, grid, context.signal);
  const names = legendNames(
    rows.map(({ metric }) => metric),
    interpolate(target.legendFormat ?? '', context.chosen),
    query,
  );
  const times = timesOf(grid);
  return rows.map((row, index): Series => ({
    refId: target.refId,
    name: names[index] ?? '',
    labels: row.metric,
    times,
    values: onGrid(row, grid),
  }));
}

async function atEnd(panel: Panel, target: Target, room: Room, context: Context): Promise<readonly Series[]> {
  const query = filledQuery(panel, target, room, context);
  const rows = await queryInstant(query, context.range.to, context.signal);
  const names = legendNames(
    rows.map(({ metric }) => metric),
    interpolate(target.legendFormat ?? '', context.chosen),
    query,
  );
  return rows.map(({ metric, value: [time, value] }, index): Series => ({
    refId: target.refId,
    name: names[index] ?? '',
    labels: metric,
    times: [time * 1000],
    values: [numberOf(value)],
  }));
}

/** All series of a panel, each query as it wants to be asked: over the time that is shown, or once at its end. */
export async function seriesOf(panel: Panel, room: Room, context: Context): Promise<readonly Series[]> {
  const asked = prometheusTargets(panel).map((target) =>
    target.instant === true ? atEnd(panel, target, room, context) : overTime(panel, target, room, context),
  );
  return (await Promise.all(asked)).flat();
}

/** What each query of a table answers at the end of the time that is shown. */
export async function rowsOf(
  panel: Panel,
  room: Room,
  context: Context,
): Promise<readonly { readonly refId: string; readonly rows: readonly VectorRow[] }[]> {
  return Promise.all(
    prometheusTargets(panel).map(async (target) => ({
      refId: target.refId,
      rows: await queryInstant(filledQuery(panel, target, room, context), context.range.to, context.signal),
    })),
  );
}

/** Single observations of the queries that ask for them. */
export async function exemplarsOf(panel: Panel, room: Room, context: Context): Promise<readonly Exemplar[]> {
  const asked = prometheusTargets(panel).filter(({ exemplar }) => exemplar === true);
  const found = await Promise.all(
    asked.map((target) =>
      queryExemplars(filledQuery(panel, target, room, context), context.range, context.signal),
    ),
  );
  return found.flat();
}
