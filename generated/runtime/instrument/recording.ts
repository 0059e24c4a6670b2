// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Context } from '@opentelemetry/api';
import { monotonicSeconds } from '../host.js';
import { callWith } from '../traces/api-globals.js';
import { awaitEnd, touch } from '../traces/open-spans.js';
import type { RunningSpan } from '../traces/running-span.js';
import type { OpenSpan } from '../traces/span.js';
import { workBegins, workEnds } from './at-work.js';
import type { Site } from './site.js';
import type { Values } from './value-paths.js';

/** A call while it is recorded. No method throws. */
export class Recording {
  /** Where the call runs; undefined: wherever it is called. */
  readonly context: Context | undefined;
  /** Whether its end tells nobody anything: it runs in its context, and that is all. */
  readonly isIdle: boolean;
  private readonly site: Site;
  private readonly span: OpenSpan<object, string> | undefined;
  /** The same, where it is one of this runtime. */
  private readonly own: RunningSpan<object, string> | undefined;
  private readonly started: number;
  private records: readonly Values[] | undefined = undefined;
  private isEnded = false;

  constructor(site: Site, own: RunningSpan<object, string> | undefined, foreign?: OpenSpan<object, string>) {
    this.site = site;
    this.span = own ?? foreign;
    this.own = own;
    this.context = own?.context;
    this.isIdle = own?.isIdle === true && site.reports === undefined;
    this.started = site.reports === undefined ? 0 : monotonicSeconds();
  }

  /** Reads what the paths name of the call. */
  read(self: unknown, args: readonly unknown[] | undefined): void {
    const { paths, reports } = this.site;
    if (this.isIdle || !paths.readsCall) return;
    const was = workBegins();
    try {
      const records = paths.readCall(self, args);
      if (reports !== undefined) this.records = records;
      this.span?.set(records[0] as Values);
    } finally {
      workEnds(was);
    }
  }

  /** The call goes on after it has returned. */
  lasts(): void {
    if (this.own?.isEnded === false) awaitEnd(this.own);
  }

  /** It is still in use. */
  stir(): void {
    if (this.own !== undefined) touch(this.own);
  }

  end(result: unknown): void {
    if (this.isEnded) return;
    this.isEnded = true;
    const { paths, reports } = this.site;
    const was = workBegins();
    try {
      if (paths.readsResult) this.readResult(result);
      if (reports !== undefined) this.report('tell');
      this.span?.end();
    } finally {
      workEnds(was);
    }
  }

  fail(error: unknown): void {
    if (this.isEnded) return;
    this.isEnded = true;
    const was = workBegins();
    try {
      if (this.site.reports !== undefined) this.report('tellFailure');
      this.span?.fail(error);
    } finally {
      workEnds(was);
    }
  }

  private readResult(result: unknown): void {
    const { paths, reports } = this.site;
    const records = paths.readResult(result);
    if (reports !== undefined)
      this.records = records.map((values, at) => ({ ...this.records?.[at], ...values }));
    this.span?.set(records[0] as Values);
  }

  /** In the context of the call, so that lines and exemplars belong to its span. */
  private report(how: 'tell' | 'tellFailure'): void {
    const { reports } = this.site;
    const tell = (): void => {
      reports?.[how](monotonicSeconds() - this.started, this.records ?? []);
    };
    try {
      if (this.context === undefined) tell();
      else callWith(this.context, tell);
    } catch {
      // A context manager that fails.
    }
  }
}
