// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { countDrop } from '../account.js';
import { safeText } from '../redaction/safe-value.js';
import type { Redactor } from '../redaction/redactor.js';
import { traceText } from './line-context.js';
import type { ScopeWriter } from './line-context.js';
import type { LineOutput } from './line-output.js';
import { timeText } from './line-time.js';
import type { LineWriter } from './line-writer.js';
import { levelGate, ranks } from './log-level.js';
import type { LevelGate, LogLevel } from './log-level.js';
import { FieldWriter } from './text-fields.js';
import type { LogFields } from './text-fields.js';
import { describeThrown } from './thrown.js';
import type { Described } from './thrown.js';

export type { LogFields } from './text-fields.js';

/** Logs free text: a text and fields, or what was thrown, a text and fields. Never throws. */
export interface LogCall {
  (message: string, fields?: LogFields): void;
  (error: unknown, message?: string, fields?: LogFields): void;
}

/** Lines of free text, for what is not worth an event of the spec. Texts and fields are searched for secrets. */
export interface Log {
  readonly trace: LogCall;
  readonly debug: LogCall;
  readonly info: LogCall;
  readonly warn: LogCall;
  readonly error: LogCall;
  readonly fatal: LogCall;
  /** Whether lines of a level are written now: asks for what is costly to put together. */
  isOn(level: LogLevel): boolean;
  /** A log whose lines have a category, and fields beside those of each call. */
  child(of: { readonly category?: string; readonly fields?: LogFields }): Log;
}

/** What the lines of a log share. */
export interface TextLogParts {
  readonly service: string;
  /** Least level that the spec asks for. */
  readonly level: LogLevel;
  readonly category?: string | undefined;
  readonly fields?: LogFields;
  readonly redactor: Redactor;
  readonly line: LineWriter;
  readonly scope: ScopeWriter;
  readonly output: LineOutput;
}

/** What drops are counted under. */
const account = 'log';
const maxCategory = 256;

/** Makes and writes lines of free text. */
export class TextLog implements Log {
  readonly trace: LogCall;
  readonly debug: LogCall;
  readonly info: LogCall;
  readonly warn: LogCall;
  readonly error: LogCall;
  readonly fatal: LogCall;
  private readonly parts: TextLogParts;
  private readonly gate: LevelGate;
  private readonly fields: FieldWriter;

  constructor(parts: TextLogParts) {
    this.parts = parts;
    this.gate = levelGate(parts.level, parts.category);
    this.fields = new FieldWriter(parts.redactor, parts.line, parts.fields);
    this.trace = this.call('trace');
    this.debug = this.call('debug');
    this.info = this.call('info');
    this.warn = this.call('warn');
    this.error = this.call('error');
    this.fatal = this.call('fatal');
  }

  isOn(level: LogLevel): boolean {
    return this.gate.least <= ranks[level];
  }

  child(of: { readonly category?: string; readonly fields?: LogFields }): Log {
    try {
      const category = of.category === undefined ? this.parts.category : of.category.slice(0, maxCategory);
      return new TextLog({ ...this.parts, category, fields: { ...this.parts.fields, ...of.fields } });
    } catch {
      countDrop(account, 'internal_error');
      return this;
    }
  }

  private call(level: LogLevel): LogCall {
    const { gate } = this;
    const rank = ranks[level];
    const { service, category, redactor } = this.parts;
    const head =
      `","level":"${level}","service":${JSON.stringify(service)}` +
      `${category === undefined ? '' : `,"category":${JSON.stringify(safeText(category, redactor))}`},"message":`;
    return (first: unknown, second?: unknown, third?: LogFields) => {
      if (gate.least > rank) return;
      try {
        this.write(level, head, first, second, third);
      } catch {
        countDrop(account, 'internal_error');
      }
    };
  }

  private write(level: LogLevel, head: string, first: unknown, second: unknown, third?: LogFields): void {
    const { line, scope, output } = this.parts;
    const isText = typeof first === 'string';
    const error = isText ? undefined : describeThrown(first);
    const message = isText ? first : typeof second === 'string' ? second : (error?.message ?? '');
    const fields = isText ? second : third;
    const scopeText = scope.current();
    const start = `{"time":"${timeText()}${head}${line.quoted(message)}${traceText()}${scopeText.text}`;
    const shown = error === undefined ? '' : this.exception(error);
    output(`${start}${shown}${this.fields.text(fields, scopeText.names)}}`, level);
  }

  private exception({ type, message, stack }: Described): string {
    const { line } = this.parts;
    return (
      `,"exception.type":${line.quoted(type)},"exception.message":${line.quoted(message)}` +
      (stack === undefined ? '' : `,"exception.stacktrace":${line.quoted(stack)}`)
    );
  }
}
