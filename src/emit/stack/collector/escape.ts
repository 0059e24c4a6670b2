/**
 * A text that the Collector takes as it is: before it reads its configuration it fills in `${…}` everywhere, and makes one dollar sign
 * of two. https://opentelemetry.io/docs/collector/configuration/#environment-variables
 */
export function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** A text in a statement of OTTL, with its quotation marks. */
export function ottlText(text: string): string {
  return literal(JSON.stringify(text));
}

/** A text in a regular expression of RE2, as itself. */
export function quoteRe2(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** A length of time as Go reads it, which knows no days. */
export function goDuration(seconds: number): string {
  return Number.isInteger(seconds) ? `${seconds}s` : `${Math.round(seconds * 1000)}ms`;
}
