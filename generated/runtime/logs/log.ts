// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { countDrop } from '../account.js';
import { createRedactor } from '../redaction/redactor.js';
import type { Redaction } from '../redaction/redactor.js';
import { ScopeWriter, traceText } from './line-context.js';
import { fieldKeys, ownKeys } from './line-keys.js';
import { timeText } from './line-time.js';
import { LineWriter } from './line-writer.js';
import type { EventDefinition, LogEvent, PlainEventDefinition, PlainLogEvent } from './log-event.js';
import { levelGate, ranks } from './log-level.js';
import type { LogLevel } from './log-level.js';
import { lineOutput } from './line-output.js';
import type { LogOutputs } from './output-choice.js';
import { TextLog } from './text-log.js';
import type { Log } from './text-log.js';

export type { EventDefinition, FieldType, LogEvent } from './log-event.js';
export type { PlainEventDefinition, PlainLogEvent } from './log-event.js';

/** Makes the log events of a service. */
export interface Logger {
  event<F extends object>(definition: EventDefinition<F>): LogEvent<F>;
  plainEvent(definition: PlainEventDefinition): PlainLogEvent;
  /** Lines of free text. */
  readonly log: Log;
  /** What it was made with. */
  readonly settings: LoggerSettings;
}

/** What the lines of a service share. */
export interface LoggerSettings {
  readonly service: string;
  /** Least level that is written; settings and LOG_LEVEL override it. */
  readonly level: LogLevel;
  /** `auto`: pretty on a terminal. */
  readonly format: 'json' | 'pretty' | 'auto';
  readonly redaction?: Redaction;
  readonly outputs?: LogOutputs;
}

/** Makes the log events of a service: one JSON object a line, or a line for people on a terminal. */
export function createLogger(settings: LoggerSettings): Logger {
  const redactor = createRedactor(settings.redaction, 'log');
  const line = new LineWriter(redactor);
  // Baggage that has the name of a field of any event is written with `baggage.` before it.
  const taken = new Set(ownKeys);
  const scope = new ScopeWriter(redactor, taken);
  const output = lineOutput(settings.format, settings.outputs ?? {});
  const text = (value: string): string => JSON.stringify(value);

  function writer<F>(
    definition: PlainEventDefinition,
    write: (of: F, line: LineWriter) => string,
  ): LogEvent<F> {
    const { event, level, category, message } = definition;
    const gate = levelGate(settings.level, category);
    const rank = ranks[level];
    const head =
      `","level":${text(level)},"service":${text(settings.service)},"event":${text(event)}` +
      `${category === undefined ? '' : `,"category":${text(category)}`},"message":${line.value('message', message)}`;
    return (fields) => {
      if (gate.least > rank) return;
      try {
        const start = `{"time":"${timeText()}${head}${traceText()}${scope.current().text}`;
        output(`${start}${write(fields, line)}}`, level);
      } catch {
        countDrop(event, 'internal_error');
      }
    };
  }

  return {
    settings,
    event({ fields, write, ...definition }) {
      const names = Object.keys(fields);
      for (const name of [...names, ...fieldKeys(names)]) taken.add(name);
      const readable = fieldReader(names);
      return writer(definition, (of, to) => {
        if (write === undefined) return readable(of, to);
        try {
          return write(of, to);
        } catch {
          // A field that cannot be read is shown as such, and the others as they are.
          return readable(of, to);
        }
      });
    },
    plainEvent(definition) {
      const write = writer(definition, () => '');
      return () => {
        write(undefined);
      };
    },
    log: new TextLog({ service: settings.service, level: settings.level, redactor, line, scope, output }),
  };
}

/** Reads fields one by one by their names. */
function fieldReader(names: readonly string[]): (of: object, line: LineWriter) => string {
  const keys = fieldKeys(names);
  return (of, line) => {
    let written = '';
    names.forEach((name, index) => {
      let value: unknown;
      try {
        value = (of as Record<string, unknown>)[name];
      } catch {
        value = '[unreadable]';
      }
      if (value !== undefined) written += `,${JSON.stringify(keys[index])}:${line.value(name, value)}`;
    });
    return written;
  };
}
