/** Panels that show numbers on one scale. */
const numeric: ReadonlySet<string> = new Set([
  'timeseries',
  'graph',
  'stat',
  'singlestat',
  'gauge',
  'bargauge',
  'piechart',
  'barchart',
  'histogram',
]);

/** Panels that are not about queries. */
const still: ReadonlySet<string> = new Set([
  'row',
  'text',
  'dashlist',
  'news',
  'welcome',
  'alertlist',
  'annolist',
]);

/** Whether a panel shows numbers on one scale, so that one unit belongs to it. */
export function isNumeric(type: string): boolean {
  return numeric.has(type);
}

/** Whether a panel needs queries. */
export function needsQueries(type: string): boolean {
  return !still.has(type);
}

/** Whether a panel draws values over time. */
export function isGraph(type: string): boolean {
  return type === 'timeseries' || type === 'graph';
}

/** Whether a panel shows one number for each series. */
export function isSingleValue(type: string): boolean {
  return type === 'stat' || type === 'gauge' || type === 'bargauge' || type === 'singlestat';
}
