import type { LogEvent, LogOutputs, Logs } from '../model.js';
import { parseSize } from '../size.js';
import { entriesAt, frozenList, type Context } from './context.js';

/** `logs.outputs`, with the defaults that the schema names. */
function resolveOutputs(outputs: NonNullable<Context['spec']['logs']>['outputs']): LogOutputs {
  const { stdout = true, otlp = false, file } = outputs ?? {};
  return Object.freeze({
    stdout,
    otlp,
    file:
      file === undefined
        ? undefined
        : Object.freeze({
            path: file.path,
            maxBytes: parseSize(file.maxSize ?? '10MiB'),
            keep: file.keep ?? 5,
          }),
  });
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
        expires: value.expires,
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
