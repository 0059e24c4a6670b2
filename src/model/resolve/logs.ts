import type { LogEvent, Logs } from '../model.js';
import { entriesAt, frozenList, type Context } from './context.js';

/** `logs`. */
export function resolveLogs(context: Context): Logs {
  const { level, format, redact, events } = context.spec.logs ?? {};
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
    events: resolved,
  });
}
