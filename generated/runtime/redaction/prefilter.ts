// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/**
 * What a text has that some rule needs before it can find anything, as bits. A text that has none of them holds no secret that the rules
 * would find: each rule says which it needs, and a test compares that with what the rules match.
 */
export const feature = {
  /** A quotation mark, a backslash, a control character or half a surrogate pair: JSON has to escape it. */
  escape: 16,
  /** One of `@ : =`. */
  sign: 8,
  /** 16 characters of keys and tokens in a row. */
  run: 32,
  /** At least 9 digits with nothing between them but capital letters and ` ( ) . -`. */
  digits: 64,
  /** A hyphen. */
  hyphen: 4,
} as const;

/** Features that rules need; `escape` concerns only how a text is written. */
export const secretFeatures: number = feature.sign | feature.run | feature.digits | feature.hyphen;

const kindRun = 1;
const kindDigit = 2;
/** What may stand between the digits of a group, and the digits. */
const kindGroup = 64;

const kinds = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
  const character = String.fromCharCode(code);
  kinds[code] =
    (/[\w.~+/=-]/.test(character) ? kindRun : 0) |
    (/\d/.test(character) ? kindDigit : 0) |
    (/[\dA-Z ().-]/.test(character) ? kindGroup : 0) |
    (/[@:=]/.test(character) ? feature.sign : 0) |
    (character === '-' ? feature.hyphen : 0) |
    (code < 0x20 || character === '"' || character === '\\' ? feature.escape : 0);
}

/** Set in `digits + 7` from the ninth digit of a group on, as 16 is in the length of a run. */
const digitsBefore16 = 7;

/** A text this long is looked at only until it has every feature that a rule needs. */
const chunk = 4096;

/** The features of a text, in one pass. */
export function featuresOf(text: string): number {
  let features = featuresIn(text, 0, Math.min(text.length, chunk));
  for (
    let from = chunk;
    from < text.length && (features & secretFeatures) !== secretFeatures;
    from += chunk
  ) {
    // What lies across the border is seen whole by beginning a little before it.
    features |= featuresIn(text, from - 64, Math.min(text.length, from + chunk));
  }
  // Whether it has to be escaped is not known of the part that was not looked at.
  return text.length > chunk ? features | feature.escape : features;
}

function featuresIn(text: string, from: number, to: number): number {
  let seen = 0;
  let run = 0;
  let runs = 0;
  let digits = 0;
  let groups = 0;
  for (let index = from; index < to; index += 1) {
    const code = text.charCodeAt(index);
    const kind = code < 128 ? (kinds[code] ?? 0) : code < 0xd800 ? 0 : feature.escape;
    seen |= kind;
    // Grows by one with each character of a run and is 0 behind it; the first run of 16 sets the bit of 16.
    run = (run + 1) & -(kind & kindRun);
    runs |= run;
    digits = (digits + ((kind >> 1) & 1)) & -((kind >> 6) & 1);
    groups |= digits + digitsBefore16;
  }
  return (
    (seen & (feature.escape | feature.sign | feature.hyphen)) |
    (runs >= 16 ? feature.run : 0) |
    (groups >= 16 ? feature.digits : 0)
  );
}
