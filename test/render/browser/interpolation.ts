import { rangeUtil, type DataQueryRequest, type ScopedVars } from '@grafana/data';
import { sceneGraph, type SceneObject } from '@grafana/scenes';

/** The object of the scene in whose name something is asked: its variables count. */
function askedBy(scopedVars: ScopedVars | undefined): SceneObject | undefined {
  const held = scopedVars?.['__sceneObject'] as { readonly value: { valueOf(): SceneObject } } | undefined;
  return held?.value.valueOf();
}

const escaped = (value: string): string => value.replace(/[\\^$.*+?()[\]{}|]/g, '\\\\$&');

/** A value as Prometheus's data source writes it: of a variable with many values a regular expression, else a string. */
function inQuery(
  value: unknown,
  variable: { readonly multi?: boolean; readonly includeAll?: boolean },
): string {
  if (Array.isArray(value)) {
    const all = value.map((each) => escaped(String(each)));
    return all.length === 1 ? (all[0] ?? '') : `(${all.join('|')})`;
  }
  const text = String(value);
  if (variable.multi === true || variable.includeAll === true) return escaped(text);
  return text.replace(/\\/g, '\\\\').replace(/"/g, '\\"');
}

/** Replaces the variables of a board in a query. */
export function withVariables(text: string, scopedVars: ScopedVars | undefined): string {
  const object = askedBy(scopedVars);
  if (object === undefined) return text;
  return sceneGraph.interpolate(object, text, scopedVars, inQuery as (value: unknown) => string);
}

export interface Timing {
  readonly step: number;
  readonly start: number;
  readonly end: number;
}

/** Step and range of a query, in seconds: no step is shorter than a scrape, and both ends lie on a step, so that pictures repeat. */
export function timingOf(
  { intervalMs, range }: DataQueryRequest,
  scrapeInterval: number,
  least: string | undefined,
): Timing {
  const asked = least === undefined || least === '' ? 0 : rangeUtil.intervalToSeconds(least);
  const step = Math.max(scrapeInterval, asked, Math.ceil(intervalMs / 1000));
  const onStep = (milliseconds: number): number => Math.floor(milliseconds / 1000 / step) * step;
  return { step, start: onStep(range.from.valueOf()), end: onStep(range.to.valueOf()) };
}

/** Replaces what depends on the time range: `$__rate_interval` is at least four scrapes and never shorter than a step and a scrape. */
export function withTimes(text: string, { step, start, end }: Timing, scrapeInterval: number): string {
  const values: Readonly<Record<string, string>> = {
    __rate_interval: `${Math.max(step + scrapeInterval, 4 * scrapeInterval)}s`,
    __interval: `${step}s`,
    __interval_ms: `${step * 1000}`,
    __range: `${end - start}s`,
    __range_s: `${end - start}`,
    __range_ms: `${(end - start) * 1000}`,
  };
  return text.replace(/\$(?:\{(__\w+)\}|(__\w+))/g, (whole, braced?: string, plain?: string) => {
    return values[braced ?? plain ?? ''] ?? whole;
  });
}
