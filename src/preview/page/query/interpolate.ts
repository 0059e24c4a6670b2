/** One variable with what is chosen of it. */
export interface Chosen {
  readonly name: string;
  readonly values: readonly string[];
  /** Whether everything is chosen: then `allValue` is sent as it is. */
  readonly all: boolean;
  readonly allValue: string | undefined;
  readonly multi: boolean;
}

/** What Prometheus reads inside of a string with quotes, of a text that is part of a regular expression. */
function escapedRegex(value: string): string {
  return value.replace(/[\\^$*+?.()|[\]{}]/g, '\\\\$&').replace(/"/g, '\\"');
}

function escapedString(value: string): string {
  return value.replace(/\\/g, '\\\\').replace(/"/g, '\\"');
}

/** How Grafana's Prometheus data source writes a choice into a query. */
function forPrometheus({ values, multi, all, allValue }: Chosen): string {
  if (all && allValue !== undefined) return allValue;
  if (!multi) return escapedString(values[0] ?? '');
  const escaped = values.map(escapedRegex);
  return escaped.length === 1 ? (escaped[0] ?? '') : `(${escaped.join('|')})`;
}

function formatted(chosen: Chosen, format: string | undefined): string {
  const { values, all, allValue } = chosen;
  if (format === undefined || format === '') return forPrometheus(chosen);
  if (format === 'queryparam') {
    const shown = all ? ['$__all'] : values;
    return shown.map((value) => `var-${chosen.name}=${encodeURIComponent(value)}`).join('&');
  }
  if (format === 'text' && all) return 'All';
  if (all && allValue !== undefined) return allValue;
  switch (format) {
    case 'raw':
    case 'csv':
      return values.join(',');
    case 'text':
      return values.join(' + ');
    case 'pipe':
      return values.join('|');
    case 'regex': {
      const escaped = values.map((value) => value.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&'));
      return escaped.length === 1 ? (escaped[0] ?? '') : `(${escaped.join('|')})`;
    }
    case 'json':
      return JSON.stringify(values);
    case 'doublequote':
      return values.map((value) => `"${escapedString(value)}"`).join(',');
    case 'singlequote':
      return values.map((value) => `'${value.replace(/'/g, "\\'")}'`).join(',');
    case 'percentencode':
      return encodeURIComponent(values.join(','));
    default:
      return values.length === 1 ? (values[0] ?? '') : `{${values.join(',')}}`;
  }
}

const reference = /\$(\w+)|\$\{(\w+)(?:\.[^:^}]+)?(?::([^}]+))?\}|\[\[(\w+)(?::(\w+))?\]\]/g;

/**
 * Puts what is chosen, and what Grafana itself defines, into a text: `$var`, `${var}`, `${var:format}` and `[[var]]`. A name that nobody
 * knows stays as it is.
 * @param builtIn values of names such as `__rate_interval`
 */
export function interpolate(
  text: string,
  chosen: ReadonlyMap<string, Chosen>,
  builtIn: ReadonlyMap<string, string> = new Map(),
): string {
  return text.replace(
    reference,
    (whole: string, bare?: string, braced?: string, format?: string, old?: string, oldFormat?: string) => {
      const name = bare ?? braced ?? old ?? '';
      const own = builtIn.get(name);
      if (own !== undefined) return own;
      const variable = chosen.get(name);
      return variable === undefined ? whole : formatted(variable, format ?? oldFormat);
    },
  );
}

/** The names of the variables in a text. */
export function namesIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(reference)].map((match) => match[1] ?? match[2] ?? match[4] ?? ''));
}
