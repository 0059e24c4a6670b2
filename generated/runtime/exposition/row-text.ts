// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Family } from '../metrics/family.js';
import { ByteText, endOfLine, lineFeed } from './byte-text.js';
import { exemplarText } from './exemplar-text.js';
import { canonicalBound, numberText } from './number-text.js';
import type { PageForm } from './page-form.js';

/** The lines that begin a metric. In OpenMetrics a counter is named without `_total`, which its samples have. */
export function appendHeader(
  out: ByteText,
  { name, help, type }: { readonly name: string; readonly help: string; readonly type: string },
  openMetrics: boolean,
): void {
  const shown = openMetrics && type === 'counter' ? name.replace(/_total$/, '') : name;
  out.text(`# HELP ${shown} `).escaped(help, openMetrics).text(`\n# TYPE ${shown} ${type}\n`);
}

/** Writes the rows of one metric in one form. */
export class RowText {
  /** How many lines a row has. */
  readonly lines: number;
  private readonly family: Family;
  private readonly form: PageForm;
  /** By line, what stands before the labels of the row, or before the value where there are none. */
  private readonly heads: readonly Uint8Array[];
  /** Labels that every row gets. */
  private readonly further: PageForm['labels'];
  private readonly labelled: boolean;
  /** The first so many lines of a row can have an exemplar. */
  private readonly exemplaryLines: number;
  /** By line, the values of the row that is written. */
  private readonly values: Float64Array;
  private readonly labels = new ByteText();

  constructor(family: Family, form: PageForm) {
    const { labelNames } = family;
    this.family = family;
    this.form = form;
    this.lines = family.type === 'histogram' ? family.width + 1 : 1;
    this.values = new Float64Array(this.lines);
    const buckets = family.type === 'histogram' ? family.width - 1 : 1;
    this.exemplaryLines = form.openMetrics && family.hasExemplars && family.type !== 'gauge' ? buckets : 0;
    this.further = form.labels.filter(
      ([name]) => !labelNames.includes(name) && !(name === 'le' && family.type === 'histogram'),
    );
    this.labelled = labelNames.length + this.further.length > 0;
    this.heads = this.lineHeads().map((head) => new ByteText().text(head).toBytes());
  }

  /** Reads the values of a row, for the calls of `appendValue` that follow. */
  read(row: number): void {
    const { values, lines } = this;
    const { cells, width } = this.family;
    const start = row * width;
    if (lines === 1) {
      values[0] = cells[start] ?? 0;
      return;
    }
    let count = 0;
    for (let bucket = 0; bucket < width - 1; bucket += 1) {
      count += cells[start + bucket] ?? 0;
      values[bucket] = count;
    }
    values[lines - 2] = cells[start + width - 1] ?? 0;
    values[lines - 1] = count;
  }

  /** Adds what follows the labels in a line of the row that was read, without the line end. */
  appendValue(out: ByteText, row: number, line: number): void {
    out.number(this.values[line] ?? 0);
    if (line >= this.exemplaryLines) return;
    const exemplar = this.family.exemplar(row, line);
    if (exemplar !== undefined) out.text(exemplarText(exemplar));
  }

  /** Adds all lines of the row that was read; notes from `slot` on where their values begin. */
  appendRow(out: ByteText, row: number, valueAt: Uint32Array, slot: number): void {
    const { labels, heads, labelled } = this;
    if (labelled) this.writeLabels(row);
    heads.forEach((head, line) => {
      out.copy(head, 0, head.length);
      if (labelled) out.copy(labels.bytes, 0, labels.length);
      valueAt[slot + line] = out.length;
      this.appendValue(out, row, line);
      out.byte(lineFeed);
    });
  }

  /** Adds all lines of the row that was read, taking what stands before their values from `bytes`, where the row is from `start` on. */
  appendKnownRow(
    out: ByteText,
    row: number,
    valueAt: Uint32Array,
    slot: number,
    bytes: Uint8Array,
    start: number,
  ): void {
    let lineStart = start;
    for (let line = 0; line < this.lines; line += 1) {
      const value = valueAt[slot + line] ?? 0;
      out.copy(bytes, lineStart, value);
      valueAt[slot + line] = out.length;
      this.appendValue(out, row, line);
      out.byte(lineFeed);
      lineStart = endOfLine(bytes, value);
    }
  }

  private writeLabels(row: number): void {
    const { labels, family, further } = this;
    const values = family.labelValues(row);
    labels.length = 0;
    let comma = '';
    family.labelNames.forEach((name, index) => {
      labels
        .text(`${comma}${name}="`)
        .escaped(values[index] ?? '', true)
        .text('"');
      comma = ',';
    });
    for (const [name, value] of further) {
      labels.text(`${comma}${name}="`).escaped(value, true).text('"');
      comma = ',';
    }
    labels.text('} ');
  }

  private lineHeads(): string[] {
    const { labelled, form, family } = this;
    const { name, type, bounds } = family;
    const plain = (series: string): string => (labelled ? `${series}{` : `${series} `);
    if (type === 'counter' && form.openMetrics) return [plain(`${name.replace(/_total$/, '')}_total`)];
    if (type !== 'histogram') return [plain(name)];
    const limits = Array.from(bounds, form.openMetrics ? canonicalBound : numberText);
    const buckets = [...limits, '+Inf'].map((le) => `${name}_bucket{le="${le}"${labelled ? ',' : '} '}`);
    return [...buckets, plain(`${name}_sum`), plain(`${name}_count`)];
  }
}
