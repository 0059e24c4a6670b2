/** What the reader of a conversion has to know. `where` is a place in a file, `slo.yaml:12:7`, or an entry of the spec, `slos.success`. */
export interface Note {
  /** `error`: it cannot be converted; `lost`: the other language cannot say it; `assumed`: it was not said, and this was taken. */
  readonly kind: 'error' | 'lost' | 'assumed';
  readonly where: string;
  readonly message: string;
}

/** A note on one line. */
export function noteLine({ kind, where, message }: Note): string {
  return `${kind}: ${where}: ${message}`;
}
