// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { numberText } from './number-text.js';

/** An exemplar as metrics of any origin have it. */
export interface AnyExemplar {
  readonly labelSet: Readonly<Record<string, unknown>>;
  readonly value: number;
  /** Seconds since 1970. */
  readonly timestamp?: number | undefined;
}

/** OpenMetrics allows so many characters of names and values. */
const maxLabelCharacters = 128;

/** What follows the value of a sample that has an exemplar; empty where its labels are longer than OpenMetrics allows. */
export function exemplarText({ labelSet, value, timestamp }: AnyExemplar): string {
  let characters = 0;
  let labels = '';
  for (const name of Object.keys(labelSet)) {
    const text = String(labelSet[name]);
    characters += name.length + text.length;
    labels += `${labels === '' ? '' : ','}${name}="${escapedLabel(text)}"`;
  }
  if (characters > maxLabelCharacters) return '';
  const time = timestamp === undefined ? '' : ` ${numberText(timestamp)}`;
  return ` # {${labels}} ${numberText(value)}${time}`;
}

function escapedLabel(text: string): string {
  return text.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n');
}
