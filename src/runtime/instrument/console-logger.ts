import { builtinModule } from '../host.js';
import type { LogLevel } from '../logs/log-level.js';
import type { Log } from '../logs/text-log.js';
import { isStarted } from '../started.js';

type Write = (...values: readonly unknown[]) => void;

/** What `console` has for lines. */
export interface ConsoleLogger {
  readonly log: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
  readonly debug: Write;
  readonly trace: Write;
}

type Method = keyof ConsoleLogger;

/** Which level of the log a method of `console` is. */
const levels: Readonly<Record<Method, Exclude<LogLevel, 'fatal'>>> = {
  log: 'info',
  info: 'info',
  warn: 'warn',
  error: 'error',
  debug: 'debug',
  trace: 'trace',
};

const util = (builtinModule('node:util') ?? {}) as {
  readonly format?: (...values: readonly unknown[]) => string;
};

/**
 * In the place of `console`: what is given is put together as `console` does it, and written as a line of the log, with the details of an
 * error that is among it. Before the telemetry is started it is `console` that writes.
 */
export function createConsoleLogger(log: Log): ConsoleLogger {
  const method = (name: Method): Write => {
    const level = levels[name];
    const write = (...values: readonly unknown[]): void => {
      if (!isStarted()) {
        consoleMethod(name)?.(...values);
        return;
      }
      if (!log.isOn(level)) return;
      const error = values.find((value) => value instanceof Error);
      const message = messageOf(values);
      const fields = name === 'trace' ? { stack: stackBelow(write) } : undefined;
      if (error === undefined) log[level](message, fields);
      else log[level](error, message, fields);
    };
    return write;
  };
  return {
    log: method('log'),
    info: method('info'),
    warn: method('warn'),
    error: method('error'),
    debug: method('debug'),
    trace: method('trace'),
  };
}

/** Looked up at each call: programs and tests put others in their place. */
function consoleMethod(name: Method): Write | undefined {
  const { console } = globalThis as unknown as { readonly console?: Partial<ConsoleLogger> };
  const found = console?.[name];
  if (found === undefined) return undefined;
  return (...values) => {
    Reflect.apply(found, console, values);
  };
}

/** Errors are named and not shown: their stack stands in fields of its own. */
function messageOf(values: readonly unknown[]): string {
  const shown = values.map((value) => (value instanceof Error ? textOf(value) : value));
  try {
    return util.format?.(...shown) ?? shown.map(String).join(' ');
  } catch {
    return '[unreadable]';
  }
}

function textOf(error: Error): string {
  try {
    return String(error);
  } catch {
    return '[unreadable]';
  }
}

/** Where the caller was, as `console.trace` says it. */
function stackBelow(caller: Write): string | undefined {
  const holder: { stack?: string } = {};
  const { captureStackTrace } = Error as { captureStackTrace?: (target: object, below: Write) => void };
  captureStackTrace?.(holder, caller);
  return holder.stack?.split('\n').slice(1).join('\n');
}
