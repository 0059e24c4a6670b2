// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

const maxLength = 128;

/** Controls, line separators, bidirectional overrides and halves of surrogate pairs: what no label value may hold. */
const unclean = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;
const controls = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;
const halves = /\p{Cs}/gu;

/** Whether a text can be a label's value as it is. */
export function isLabelText(text: string): boolean {
  return text.length <= maxLength && !unclean.test(text);
}

/**
 * Makes a label value of any text: without control characters, well-formed and at most 128 UTF-16 units long. Two texts that
 * are label values already stay different.
 */
export function labelText(text: string): string {
  // Only the beginning is looked at, so that a megabyte costs no more than a line.
  const clean = text
    .slice(0, 4 * maxLength)
    .replace(controls, '')
    .replace(halves, '\ufffd');
  if (clean.length <= maxLength) return clean;
  const cut = clean.slice(0, maxLength);
  return unclean.test(cut) ? cut.slice(0, -1) : cut;
}

/**
 * The same text without a longer one that it was cut out of, which it would keep alive. A property's name is interned by the
 * engine: that copies the characters only where the text is a part of another one.
 */
export function detached(text: string): string {
  return Object.keys({ [text]: 0 })[0] ?? text;
}
