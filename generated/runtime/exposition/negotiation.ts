// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** A part of an Accept header. */
interface Range {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** From 0, not acceptable, to 1. */
  readonly quality: number;
}

/** Whether a client prefers OpenMetrics 1.0.0 to the text format: only one that names it does, since `*` comes from browsers and curl. */
export function prefersOpenMetrics(accept: string): boolean {
  const ranges = rangesOf(accept);
  const openMetrics = qualityOf(ranges, ['application/openmetrics-text'], '1.0.0');
  if (openMetrics === undefined || openMetrics === 0) return false;
  return openMetrics >= (qualityOf(ranges, ['text/plain', 'text/*', '*/*'], '0.0.4') ?? 0);
}

/** Whether a client would rather have the page compressed by gzip. */
export function prefersGzip(acceptEncoding: string): boolean {
  const ranges = rangesOf(acceptEncoding);
  const gzip = qualityOf(ranges, ['gzip', '*']) ?? qualityOf(ranges, ['x-gzip']) ?? 0;
  return gzip > 0 && gzip >= (qualityOf(ranges, ['identity']) ?? 0);
}

/**
 * The quality that a client gives to something, by the first of its names that the client mentions; undefined where it mentions none. A
 * range with another version than ours is about something else.
 */
function qualityOf(
  ranges: readonly Range[],
  names: readonly string[],
  ourVersion?: string,
): number | undefined {
  for (const name of names) {
    const qualities = ranges
      .filter((range) => range.name === name)
      .filter(({ parameters }) => (parameters.get('version') ?? ourVersion) === ourVersion)
      .map(({ quality }) => quality);
    if (qualities.length > 0) return Math.max(...qualities);
  }
  return undefined;
}

function rangesOf(header: string): Range[] {
  return header.split(',').map((part) => {
    const [name = '', ...rest] = part.split(';').map((text) => text.trim());
    const parameters = new Map(
      rest.map((parameter): [string, string] => {
        const [key = '', value = ''] = parameter.split('=');
        return [key.trim().toLowerCase(), value.trim().replace(/^"(.*)"$/, '$1')];
      }),
    );
    const quality = Number(parameters.get('q') ?? 1);
    return { name: name.toLowerCase(), parameters, quality: quality >= 0 && quality <= 1 ? quality : 0 };
  });
}
