import type { LogEvent, LogOutputs, Logs } from '../model.js';
import { entriesAt, frozenList, type Context } from './context.js';

const bytesOf = { KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 } as const;

/** `logs.outputs`, with the defaults that the schema names. */
function resolveOutputs(outputs: NonNullable<Context['spec']['logs']>['outputs']): LogOutputs {
  const { stdout = true, otlp = false, file } = outputs ?? {};
  return Object.freeze({
    stdout,
    otlp,
    file:
      file === undefined
        ? undefined
        : Object.freeze({ path: file.path, maxBytes: bytes(file.maxSize ?? '10MiB'), keep: file.keep ?? 5 }),
  });
}

/** The schema has seen to it that it is a number and a unit. */
function bytes(size: string): number {
  const unit = size.slice(-3) as keyof typeof bytesOf;
  return Number(size.slice(0, -3)) * bytesOf[unit];
}

/** `logs`. */
export function resolveLogs(context: Context): Logs {
  const { level, format, redact, outputs, pino, events } = context.spec.logs ?? {};
  const resolved = new Map<string, LogEvent>();
  for (const { name, value, origin } of entriesAt(context, ['logs', 'events'], events)) {
    resolved.set(
      name,
      Object.freeze({
        name,
        level: value.level ?? 'info',
        category: value.category,
        message: value.message,
        fields: frozenList(
          Object.entries(value.fields ?? {}).map(([field, type]) => Object.freeze({ name: field, type })),
        ),
        origin,
      }),
    );
  }
  return Object.freeze({
    level: level ?? 'info',
    format: format ?? 'auto',
    redact: Object.freeze({
      keys: frozenList([...(redact?.keys ?? [])]),
      patterns: frozenList([...(redact?.patterns ?? [])]),
    }),
    outputs: resolveOutputs(outputs),
    pino: pino ?? false,
    events: resolved,
  });
}
