// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { hasOwn } from '../own-property.js';
import type { ByteText } from './byte-text.js';
import { exemplarText } from './exemplar-text.js';
import type { ForeignReading, ForeignValue } from './foreign-metrics.js';
import type { PageForm } from './page-form.js';
import { appendHeader } from './row-text.js';

const types = ['counter', 'gauge', 'histogram', 'summary'];

/** Writes a metric of somebody else, sample by sample, so that the caller can give way to others in between. */
export function* appendForeign(
  out: ByteText,
  reading: ForeignReading,
  form: PageForm,
): Generator<void, void, undefined> {
  const { name, help } = reading;
  const known = types.includes(reading.type);
  const type = known ? reading.type : form.openMetrics ? 'unknown' : 'untyped';
  appendHeader(out, { name, help: String(help), type }, form.openMetrics);
  for (const value of reading.values) {
    appendSample(out, name, type, value, form);
    yield;
  }
}

function appendSample(
  out: ByteText,
  familyName: string,
  type: string,
  value: ForeignValue,
  { openMetrics, labels: further }: PageForm,
): void {
  const isTotal = openMetrics && type === 'counter';
  const { metricName: name = familyName } = value;
  out.text(isTotal ? `${name.replace(/_total$/, '')}_total` : name);
  const labels = { ...value.labels, ...value.sharedLabels };
  let before = '{';
  const add = (label: string, text: unknown): void => {
    out.text(`${before}${label}="`).escaped(String(text), true).text('"');
    before = ',';
  };
  for (const label of Object.keys(labels)) add(label, labels[label]);
  for (const [label, text] of further) if (!hasOwn(labels, label)) add(label, text);
  out.text(before === ',' ? '} ' : ' ');
  out.number(Number(value.value));
  const isExemplary = isTotal || (openMetrics && name.endsWith('_bucket'));
  if (isExemplary && value.exemplar) out.text(exemplarText(value.exemplar));
  out.text('\n');
}
