import type { AnyPaths, AnyRecorded } from './observed.js';
import { insideOf, pathsOf, Site } from './site.js';

/** Sites by what they record first, where that keeps none itself: a metric, an event, a helper of somebody else. */
const others = new WeakMap<object, object[]>();

/**
 * The site of what inserted code says. It is said anew at each call, in fresh objects with the same texts: what was made ready for them the
 * first time is found again.
 */
export function siteOf(observed: object, attributes: AnyPaths | undefined): Site {
  const own = insideOf(observed);
  if (own !== undefined) {
    for (const site of own.places as Site[]) {
      if (site.reports === undefined && samePaths(site.attributes, attributes)) return site;
    }
  }
  return siteOfAll(typeof observed === 'function' ? { span: observed } : observed, attributes);
}

function siteOfAll(recorded: AnyRecorded, attributes: AnyPaths | undefined): Site {
  const { span, count, time, log } = recorded;
  const key = span ?? first(count) ?? first(time) ?? first(log);
  const sites = (key === undefined ? [] : placesOf(key)) as Site[];
  const found = sites.find(
    (site) => samePaths(site.attributes, attributes) && sameRecorded(site.recorded, recorded),
  );
  if (found !== undefined) return found;
  const site = new Site(recorded, attributes);
  sites.push(site);
  return site;
}

function placesOf(key: object): object[] {
  const own = insideOf(key)?.places ?? others.get(key);
  if (own !== undefined) return own;
  const places: object[] = [];
  others.set(key, places);
  return places;
}

function sameRecorded(a: AnyRecorded, b: AnyRecorded): boolean {
  return (
    a.span === b.span && samePair(a.count, b.count) && samePair(a.time, b.time) && samePair(a.log, b.log)
  );
}

function samePair(a: readonly unknown[] | undefined, b: readonly unknown[] | undefined): boolean {
  return a === b || (first(a) === first(b) && samePaths(pathsOf(a), pathsOf(b)));
}

/** Whether two objects have the same texts under the same names. */
export function samePaths(a: AnyPaths | undefined, b: AnyPaths | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  let left = 0;
  for (const name in b) {
    if (a[name] !== b[name]) return false;
    left += 1;
  }
  return left === Object.keys(a).length;
}

function first(pair: readonly unknown[] | undefined): object | undefined {
  return pair?.[0] as object | undefined;
}
