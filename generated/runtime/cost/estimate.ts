// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** Characters of a token of plain text, as the usual encodings have it. */
const charactersPerToken = 4;

/**
 * About how many tokens a text has: a quarter of its ASCII characters and one for each other character. Rough by design: exact counts
 * need the model's own tokenizer. For long texts the share of other characters is taken from a sample.
 */
export function estimateTokens(text: string): number {
  const { length } = text;
  if (length === 0) return 0;
  const step = Math.max(1, Math.floor(length / sampleSize));
  let seen = 0;
  let wide = 0;
  for (let at = 0; at < length; at += step) {
    seen += 1;
    if (text.charCodeAt(at) > 0x7f) wide += 1;
  }
  const others = length * (wide / seen);
  return Math.ceil((length - others) / charactersPerToken + others);
}

const sampleSize = 10_000;
