// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { openSpan } from '../traces/open-span.js';
import type { OpenSpan } from '../traces/span.js';
import { inside } from '../traces/tracing.js';
import type { HelperInside } from '../traces/tracing.js';
import { isTelemetryAtWork, workBegins, workEnds } from './at-work.js';
import { isEntering } from './enter.js';
import type { AnyPaths, AnyRecorded } from './observed.js';
import { Recording } from './recording.js';
import { Reports } from './reports.js';
import { ValuePaths } from './value-paths.js';
import type { Values } from './value-paths.js';

/** A helper, made by this runtime or by somebody else: a test that puts one in its place. */
interface AnyHelper {
  readonly [inside]?: HelperInside;
  start(attributes: object): OpenSpan<object, string>;
}

/** What is recorded of the calls of one place, made ready. */
export class Site {
  readonly recorded: AnyRecorded;
  readonly attributes: AnyPaths | undefined;
  readonly paths: ValuePaths;
  readonly reports: Reports | undefined;
  private readonly own: HelperInside | undefined;

  /** @param constants attributes that are the same for each call */
  constructor(recorded: AnyRecorded, attributes: AnyPaths | undefined, constants?: Values) {
    const { span, count, time, log } = recorded;
    this.recorded = recorded;
    this.attributes = attributes;
    const reports = (count ?? time ?? log) === undefined ? undefined : new Reports(count, time, log);
    this.paths = new ValuePaths(
      reports === undefined ? [attributes] : [attributes, pathsOf(count), pathsOf(time), pathsOf(log)],
      constants,
    );
    this.reports = reports;
    this.own = span === undefined ? undefined : insideOf(span);
  }

  /** Begins to record a call; undefined where nothing is recorded of it. Never throws. */
  begin(): Recording | undefined {
    const { own, reports } = this;
    if (isTelemetryAtWork() || isEntering()) return undefined;
    const was = workBegins();
    try {
      if (own === undefined) return this.foreign();
      const span = openSpan(own.kind, undefined, undefined);
      return span === undefined && reports === undefined ? undefined : new Recording(this, span);
    } catch {
      return reports === undefined ? undefined : new Recording(this, undefined);
    } finally {
      workEnds(was);
    }
  }

  private foreign(): Recording | undefined {
    const { span } = this.recorded;
    if (span !== undefined) return new Recording(this, undefined, (span as AnyHelper).start({}));
    return this.reports === undefined ? undefined : new Recording(this, undefined);
  }
}

/** What a helper of this runtime keeps; undefined for anything else. */
export function insideOf(observed: object): HelperInside | undefined {
  return (observed as AnyHelper)[inside];
}

/** The paths that stand beside a metric or an event. */
export function pathsOf(pair: readonly unknown[] | undefined): AnyPaths | undefined {
  return pair?.[1] as AnyPaths | undefined;
}
