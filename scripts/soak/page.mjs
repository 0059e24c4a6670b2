/** A scrape, whatever comes of it: `status` is 0 where there was no answer. */
export async function scrape(address, isOpenMetrics = false) {
  try {
    const accept = isOpenMetrics ? 'application/openmetrics-text;version=1.0.0' : 'text/plain';
    const response = await globalThis.fetch(`${address}/metrics`, {
      headers: { accept },
      signal: globalThis.AbortSignal.timeout(30_000),
    });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    return { status: 0, body: String(error) };
  }
}

/** The series of a page in text format. Throws where a line is none. */
export class Page {
  /** `name{labels}` as it stands there, to its value. */
  series = new Map();
  #types = new Map();

  constructor(text) {
    for (const line of text.split('\n')) {
      const type = /^# TYPE (\S+) (\w+)$/.exec(line);
      if (type !== null) this.#types.set(type[1], type[2]);
      if (line === '' || line.startsWith('#')) continue;
      const found = /^([a-zA-Z_:][\w:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*",?)*\})? (\S+)$/.exec(
        line,
      );
      if (found === null || Number.isNaN(Number(found[3].replace('Inf', 'Infinity'))))
        throw new Error(`no line of a page: ${line}`);
      this.series.set(`${found[1]}${found[2] ?? ''}`, Number(found[3].replace('Inf', 'Infinity')));
    }
  }

  /** The sum of a metric's series that have these labels. */
  sum(name, labels = {}) {
    let sum = 0;
    for (const [key, value] of this.series)
      if (key.split('{')[0] === name && Object.entries(labels).every((pair) => key.includes(labelText(pair))))
        sum += value;
    return sum;
  }

  count(name) {
    return [...this.series.keys()].filter((key) => key.split('{')[0] === name).length;
  }

  /** Series that only grow: counters, and the parts of histograms. */
  *growing() {
    for (const [key, value] of this.series) {
      const name = key.split('{')[0];
      const of = name.replace(/_(?:bucket|sum|count)$/, '');
      if (this.#types.get(name) === 'counter' || this.#types.get(of) === 'histogram') yield [key, value];
    }
  }
}

function labelText([name, value]) {
  return `${name}="${value}"`;
}
