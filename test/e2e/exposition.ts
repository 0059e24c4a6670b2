/** One sample of a page in the Prometheus text format. */
export interface Sample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

/** A metric with all its samples. */
export interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

interface Draft {
  readonly name: string;
  help: string | undefined;
  type: string | undefined;
  readonly samples: Sample[];
  closed: boolean;
}

const types = ['counter', 'gauge', 'histogram', 'summary', 'untyped'];

/**
 * Reads a page in the Prometheus text format 0.0.4 and accepts nothing that the format does not define: every family has HELP and TYPE
 * before its samples and stands in one piece, no series occurs twice, and histograms are complete and cumulative. Throws where the page
 * is not so.
 */
export function parseExposition(text: string): ReadonlyMap<string, Family> {
  if (text !== '' && !text.endsWith('\n')) throw new Error('the last line has no line end');
  const families = new Map<string, Draft>();
  const seen = new Set<string>();
  let current: Draft | undefined;

  const open = (name: string): Draft => {
    if (current?.name === name) return current;
    if (current !== undefined) current.closed = true;
    const known = families.get(name);
    if (known?.closed === true) throw new Error(`${name} does not stand in one piece`);
    const draft = known ?? { name, help: undefined, type: undefined, samples: [], closed: false };
    families.set(name, draft);
    current = draft;
    return draft;
  };

  for (const line of text.split('\n').slice(0, -1)) {
    if (line === '') continue;
    const comment = /^# (?<kind>HELP|TYPE) (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<rest>.*)$/.exec(line)?.groups;
    if (comment !== undefined) {
      const draft = open(comment['name'] ?? '');
      if (draft.samples.length > 0) throw new Error(`${draft.name}: ${comment['kind'] ?? ''} after a sample`);
      const rest = comment['rest'] ?? '';
      if (comment['kind'] === 'HELP') {
        if (draft.help !== undefined) throw new Error(`${draft.name}: HELP twice`);
        draft.help = unescapeText(rest, /\\(.?)/g, { '\\': '\\', n: '\n' });
      } else {
        if (draft.type !== undefined) throw new Error(`${draft.name}: TYPE twice`);
        if (!types.includes(rest)) throw new Error(`${draft.name}: unknown type ${rest}`);
        draft.type = rest;
      }
      continue;
    }
    if (line.startsWith('#')) throw new Error(`neither HELP nor TYPE: ${line}`);
    const sample = parseSample(line);
    if (current === undefined) throw new Error(`a sample before TYPE: ${line}`);
    if (!belongsTo(sample.name, current)) throw new Error(`${sample.name} stands below ${current.name}`);
    const key = seriesKey(sample);
    if (seen.has(key)) throw new Error(`twice: ${key}`);
    seen.add(key);
    current.samples.push(sample);
  }

  return new Map([...families].map(([name, draft]) => [name, finish(draft)]));
}

/** The value of the sample with exactly these labels; undefined where there is none. */
export function valueOf(
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const wanted = seriesKey({ name, labels: new Map(Object.entries(labels)) });
  for (const family of families.values()) {
    for (const sample of family.samples) if (seriesKey(sample) === wanted) return sample.value;
  }
  return undefined;
}

/** Every row of a metric that is not 0: `a=1,b=2` with the labels in the order of their names, and the value. */
export function rowsOf(
  families: ReadonlyMap<string, Family>,
  name: string,
): Readonly<Record<string, number>> {
  const rows: Record<string, number> = {};
  for (const family of families.values()) {
    for (const sample of family.samples) {
      if (sample.name === name && sample.value !== 0) rows[labelText(sample.labels)] = sample.value;
    }
  }
  return rows;
}

function labelText(labels: ReadonlyMap<string, string>): string {
  return [...labels]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}

function seriesKey({ name, labels }: Pick<Sample, 'name' | 'labels'>): string {
  return `${name}{${labelText(labels)}}`;
}

function parseSample(line: string): Sample {
  const name = /^[a-zA-Z_:][a-zA-Z0-9_:]*/.exec(line)?.[0];
  if (name === undefined) throw new Error(`no sample: ${line}`);
  let rest = line.slice(name.length);
  const labels = new Map<string, string>();
  if (rest.startsWith('{')) {
    rest = rest.slice(1);
    while (!rest.startsWith('}')) {
      const label = /^(?<key>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>(?:[^"\\]|\\[\\n"])*)"/.exec(rest);
      if (label === null) throw new Error(`no label: ${line}`);
      const key = label.groups?.['key'] ?? '';
      if (labels.has(key)) throw new Error(`the label ${key} twice: ${line}`);
      labels.set(
        key,
        unescapeText(label.groups?.['value'] ?? '', /\\(.)/g, { '\\': '\\', n: '\n', '"': '"' }),
      );
      rest = rest.slice(label[0].length);
      if (rest.startsWith(',')) rest = rest.slice(1);
      else if (!rest.startsWith('}')) throw new Error(`no end of labels: ${line}`);
    }
    rest = rest.slice(1);
  }
  const value = /^ (?<value>[^ ]+)$/.exec(rest)?.groups?.['value'];
  if (value === undefined) throw new Error(`no value: ${line}`);
  return { name, labels, value: parseValue(value, line) };
}

function parseValue(text: string, line: string): number {
  if (text === '+Inf') return Number.POSITIVE_INFINITY;
  if (text === '-Inf') return Number.NEGATIVE_INFINITY;
  if (text === 'NaN' || text === 'Nan') return Number.NaN;
  if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text)) throw new Error(`no number: ${line}`);
  return Number(text);
}

function unescapeText(text: string, escape: RegExp, known: Readonly<Record<string, string>>): string {
  return text.replaceAll(escape, (whole, character: string) => {
    const replacement = known[character];
    if (replacement === undefined) throw new Error(`unknown escape ${whole}`);
    return replacement;
  });
}

function belongsTo(name: string, family: Draft): boolean {
  if (name === family.name) return family.type !== 'histogram';
  const isPart = ['_bucket', '_sum', '_count'].some((suffix) => name === `${family.name}${suffix}`);
  return isPart && (family.type === 'histogram' || (family.type === 'summary' && !name.endsWith('_bucket')));
}

function finish({ name, help, type, samples }: Draft): Family {
  if (help === undefined || help === '') throw new Error(`${name} has no HELP`);
  if (type === undefined) throw new Error(`${name} has no TYPE`);
  if (type === 'counter' && samples.some((sample) => !(sample.value >= 0)))
    throw new Error(`${name} is negative`);
  if (type === 'histogram') checkHistogram(name, samples);
  return { name, help, type, samples };
}

/** Each row of a histogram: bounds ascend, counts do not fall, +Inf is there and equals _count, _sum is there. */
function checkHistogram(name: string, samples: readonly Sample[]): void {
  const rows = new Map<string, Sample[]>();
  for (const sample of samples) {
    const key = labelText(new Map([...sample.labels].filter(([label]) => label !== 'le')));
    rows.set(key, [...(rows.get(key) ?? []), sample]);
  }
  for (const [key, row] of rows) {
    const where = `${name}{${key}}`;
    const buckets = row.filter((sample) => sample.name === `${name}_bucket`);
    let [bound, count] = [Number.NEGATIVE_INFINITY, 0];
    for (const bucket of buckets) {
      const next = parseValue(bucket.labels.get('le') ?? '', where);
      if (!(next > bound)) throw new Error(`${where}: bounds do not ascend`);
      if (bucket.value < count) throw new Error(`${where}: counts fall`);
      [bound, count] = [next, bucket.value];
    }
    if (bound !== Number.POSITIVE_INFINITY) throw new Error(`${where}: no bucket +Inf`);
    const counts = row.filter((sample) => sample.name === `${name}_count`);
    const sums = row.filter((sample) => sample.name === `${name}_sum`);
    if (counts.length !== 1 || sums.length !== 1)
      throw new Error(`${where}: _count and _sum have to stand once each`);
    if (counts[0]?.value !== count) throw new Error(`${where}: _count is not the bucket +Inf`);
  }
}
