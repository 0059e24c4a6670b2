/** One sample line of a scraped page. */
export interface Sample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
  /** Labels of the exemplar, in OpenMetrics. */
  readonly exemplar?: ReadonlyMap<string, string>;
}

const namePattern = /^[a-zA-Z_:][a-zA-Z0-9_:]*/;
const labelPattern = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"/;

/**
 * Reads a page of the text format as strictly as its grammar has it: throws at a line that is none, at a series that occurs twice and
 * at a sample whose family has no TYPE.
 */
export function parseExposition(page: string): Sample[] {
  const samples: Sample[] = [];
  const families = new Map<string, string>();
  const seen = new Set<string>();
  for (const line of page.split('\n')) {
    if (line === '' || line === '# EOF') continue;
    if (line.startsWith('#')) {
      const meta = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$/.exec(line);
      if (meta === null) throw new Error(`malformed comment: ${JSON.stringify(line)}`);
      const [, kind, name = '', text = ''] = meta;
      if (kind === 'TYPE') families.set(name, text);
      continue;
    }
    const sample = parseSample(line);
    const family = sample.name.replace(/_(?:bucket|sum|count)$/, '');
    const known = [sample.name, family, sample.name.replace(/_total$/, '')];
    if (!known.some((name) => families.has(name))) throw new Error(`no TYPE for ${sample.name}`);
    const identity = seriesKey(sample);
    if (seen.has(identity)) throw new Error(`series twice: ${identity}`);
    seen.add(identity);
    samples.push(sample);
  }
  return samples;
}

/** What tells a series from all others. */
export function seriesKey({ name, labels }: Sample): string {
  return JSON.stringify([name, [...labels].sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function parseSample(line: string): Sample {
  const name = namePattern.exec(line)?.[0];
  if (name === undefined) throw new Error(`malformed line: ${JSON.stringify(line)}`);
  const [labels, rest] = parseLabels(line.slice(name.length));
  const parts = /^ (\S+)(?: # (\{.*\}) (\S+) (\S+))?$/.exec(rest);
  if (parts === null) throw new Error(`malformed value: ${JSON.stringify(line)}`);
  const [, value = '', exemplar] = parts;
  const sample = { name, labels, value: parseNumber(value) };
  return exemplar === undefined ? sample : { ...sample, exemplar: parseLabels(exemplar)[0] };
}

function parseLabels(text: string): [ReadonlyMap<string, string>, string] {
  const labels = new Map<string, string>();
  if (!text.startsWith('{')) return [labels, text];
  let rest = text.slice(1);
  while (!rest.startsWith('}')) {
    const found = labelPattern.exec(rest);
    if (found === null) throw new Error(`malformed labels: ${JSON.stringify(text)}`);
    const [whole, name = '', escaped = ''] = found;
    if (labels.has(name)) throw new Error(`label twice: ${JSON.stringify(text)}`);
    labels.set(
      name,
      escaped.replace(/\\(["\\n])/g, (_, of: string) => (of === 'n' ? '\n' : of)),
    );
    rest = rest.slice(whole.length);
    if (rest.startsWith(',')) rest = rest.slice(1);
  }
  return [labels, rest.slice(1)];
}

function parseNumber(text: string): number {
  if (text === '+Inf') return Infinity;
  if (text === '-Inf') return -Infinity;
  // prom-client writes Nan, which Prometheus reads.
  if (text.toLowerCase() === 'nan') return NaN;
  if (!/^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) throw new Error(`no number: ${text}`);
  return Number(text);
}
