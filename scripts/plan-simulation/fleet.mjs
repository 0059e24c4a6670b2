/**
 * Made-up instances of a service: events come at the rates that a plan assumes, each picks its labels and its value, and the page shows
 * what they add up to. Nothing here knows how Prometheus stores it.
 */
import { Buffer } from 'node:buffer';
import { randomFrom } from '../random-from.mjs';

/** What one event adds to a counter of a unit, on average. */
const amounts = { tokens: 1500, bytes: 50_000, seconds: 0.2, usd: 0.004, joules: 240 };
const whole = new Set(['tokens', 'bytes']);
/** Of the logarithm of what histograms observe. */
const sigma = 0.7;

function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function poisson(mean, random) {
  if (mean <= 0) return 0;
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  const least = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > least; product *= random()) count += 1;
  return count;
}

const escaped = (value) => value.replace(/[\\"\n]/g, (each) => (each === '\n' ? '\\n' : `\\${each}`));

function start(name, pairs) {
  return pairs.length === 0
    ? `${name} `
    : `${name}{${pairs.map(([label, value]) => `${label}="${escaped(value)}"`).join(',')}} `;
}

/** What all instances have in common: metrics, their rows and the text before each value. */
export function layoutOf(model, rows) {
  const metrics = [];
  let [cells, places] = [0, 0];
  for (const metric of model.metrics.values()) {
    const expected = rows.of(metric);
    const isHistogram = metric.type === 'histogram';
    const bounds = isHistogram ? [...metric.buckets.map(String), '+Inf'] : [];
    // Of a histogram: one cell for each bucket, not added up, and the sum.
    const width = isHistogram ? bounds.length + 1 : 1;
    let below = 0;
    const made = expected.rows.map(({ values, share }) => {
      const pairs = metric.labels.map((label, index) => [label.wire, values[index]]);
      below += share;
      const row = { share, below, cell: cells, place: places, lines: [] };
      cells += width;
      places += 1;
      if (isHistogram) {
        for (const le of bounds) row.lines.push(start(`${metric.name}_bucket`, [...pairs, ['le', le]]));
        row.lines.push(start(`${metric.name}_sum`, pairs), start(`${metric.name}_count`, pairs));
      } else row.lines.push(start(metric.name, pairs));
      return row;
    });
    const positive = metric.buckets.filter((bound) => bound > 0);
    const isKnown =
      metric.type === 'gauge' ||
      metric.labels.length === 0 ||
      (metric.initialised && metric.labels.every(({ bound }) => bound.kind !== 'open'));
    metrics.push({
      head: `# HELP ${metric.name} ${metric.help.replace(/\n/g, ' ')}\n# TYPE ${metric.name} ${metric.type}\n`,
      ...{ name: metric.name, type: metric.type, unit: metric.unit, range: metric.range, isKnown },
      buckets: metric.buckets,
      median: positive[Math.floor(positive.length / 2)] ?? 1,
      rate: expected.rate.perSecond,
      amount: metric.type === 'counter' ? (amounts[metric.unit] ?? 1) : 1,
      isWhole: metric.unit === undefined || whole.has(metric.unit),
      rows: made,
    });
  }
  return { metrics, cells, places };
}

const unmoved = /timestamp_seconds$|start_time|_info$|capacity|max_|_limit|budget|_up$/;

/** One instance. @param age seconds that it has run */
export class Instance {
  #layout;
  #random;
  #cells;
  #present;

  constructor(layout, seed, age) {
    this.#layout = layout;
    this.#random = randomFrom(seed);
    this.#cells = new Float64Array(layout.cells);
    this.#present = new Uint8Array(layout.places);
    for (const metric of layout.metrics) this.#begin(metric, age);
  }

  /** What has happened before anybody looked. */
  #begin(metric, age) {
    const random = this.#random;
    for (const { share, cell, place } of metric.rows) {
      if (metric.isKnown) this.#present[place] = 1;
      if (metric.type === 'gauge') {
        this.#cells[cell] = this.#gauge(metric, undefined);
        continue;
      }
      const events = poisson((metric.rate * share * age) / metric.amount, random);
      if (events === 0) continue;
      this.#present[place] = 1;
      if (metric.type === 'counter') {
        const sum = events * metric.amount * (0.9 + 0.2 * random());
        this.#cells[cell] = metric.isWhole ? Math.round(sum) : sum;
        continue;
      }
      // Some of them, each standing for many.
      const few = Math.min(events, 40);
      for (let index = 0; index < few; index += 1) {
        const weight = Math.floor(((index + 1) * events) / few) - Math.floor((index * events) / few);
        this.#observe(metric, cell, weight);
      }
    }
  }

  #observe(metric, cell, weight) {
    const { buckets, median, isWhole } = metric;
    const drawn = median * Math.exp(sigma * normal(this.#random));
    const value = isWhole ? Math.round(drawn) : Math.round(drawn * 1e9) / 1e9;
    let index = buckets.findIndex((bound) => value <= bound);
    if (index < 0) index = buckets.length;
    this.#cells[cell + index] += weight;
    this.#cells[cell + buckets.length + 1] += value * weight;
  }

  #gauge({ name, unit, range }, before) {
    const random = this.#random;
    if (unmoved.test(name) || (range?.[0] === 0 && range[1] === 1 && unit === undefined)) return before ?? 1;
    if (unit === 'bytes') {
      const level = before ?? 5e7 * (1 + random());
      // Half of the spaces of a heap stay as they are between two looks.
      return random() < 0.5 ? level : Math.round((level + 2e6 * normal(random)) / 8) * 8;
    }
    if (unit !== undefined && unit !== 'tokens')
      return before === undefined ? random() : Math.abs(before + 0.05 * normal(random));
    const level = before ?? Math.floor(8 * random());
    return random() < 0.6 ? level : Math.max(0, level + Math.round(1.5 * normal(random)));
  }

  /** Lets time pass. @param seconds of the service's own time */
  pass(seconds) {
    const random = this.#random;
    for (const metric of this.#layout.metrics) {
      if (metric.type === 'gauge') {
        for (const { cell } of metric.rows) this.#cells[cell] = this.#gauge(metric, this.#cells[cell]);
        continue;
      }
      const events = poisson((metric.rate * seconds) / metric.amount, random);
      for (let index = 0; index < events; index += 1) {
        const picked = random();
        const row = metric.rows.find(({ below }) => picked <= below) ?? metric.rows.at(-1);
        this.#present[row.place] = 1;
        if (metric.type === 'histogram') this.#observe(metric, row.cell, 1);
        else if (metric.amount === 1) this.#cells[row.cell] += 1;
        else {
          const amount = metric.amount * 2 * random();
          this.#cells[row.cell] += metric.isWhole ? Math.round(amount) : amount;
        }
      }
    }
  }

  /**
   * The page of the instance. Samples carry their time: on a machine of its own Prometheus moves a scrape by up to 2 ms to the time that it
   * was planned for, and where others work it would come later than that.
   * @param time milliseconds since 1970
   */
  page(time) {
    const cells = this.#cells;
    const end = ` ${time}\n`;
    let text = '';
    for (const { head, type, buckets, rows } of this.#layout.metrics) {
      let isBegun = false;
      for (const { cell, place, lines } of rows) {
        if (this.#present[place] === 0) continue;
        if (!isBegun) text += head;
        isBegun = true;
        if (type !== 'histogram') {
          text += lines[0] + cells[cell] + end;
          continue;
        }
        let sum = 0;
        for (let index = 0; index <= buckets.length; index += 1) {
          sum += cells[cell + index];
          text += lines[index] + sum + end;
        }
        text += lines[buckets.length + 1] + cells[cell + buckets.length + 1] + end;
        text += lines[buckets.length + 2] + sum + end;
      }
    }
    return Buffer.from(text);
  }
}
