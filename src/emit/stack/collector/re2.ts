/** Repetitions up to here are left as they are: RE2 refuses more than a thousand, those within others counted together. */
const mostRepetitions = 50;

/** Something of a pattern that may hold characters with a backslash before them, and no parentheses. */
const plain = String.raw`(?:[^()\\]|\\.)*`;

/** Looks at one character of a class, and takes none: in front of a letter or behind one, that is the border of a word. */
const classLook = new RegExp(String.raw`\(\?<?!(?:\[(?:[^\]\\]|\\.)*\]|\\[wd])\)(?!\\[+*.?])`, 'g');

/** Any other look ahead or back that may not find anything, and one in front of punctuation. */
const otherLook = new RegExp(String.raw`\(\?<?!${plain}\)`, 'g');

/** A group that is remembered; RE2 is faster where none is. */
const group = /\\.|\[(?:[^\]\\]|\\.)*\]|\((?!\?)/g;

/** What no pattern without it would hide as little as. */
const positiveLook = /\(\?<?=/;

/**
 * A pattern of JavaScript as RE2 reads it, which looks neither ahead nor back; undefined where it says something else without.
 * The result hides what the pattern does, and sometimes more: an exception is given up, never a rule.
 */
export function re2Of({ source, flags }: RegExp): string | undefined {
  if (positiveLook.test(source)) return undefined;
  const pattern = source
    .replace(classLook, String.raw`\b`)
    .replace(otherLook, '')
    // RE2 takes time by the text's length alone, so that what bounded it in JavaScript can go.
    .replace(/\{(\d+),(\d+)\}/g, (all, least: string, most: string) =>
      Number(most) > mostRepetitions ? `{${least},}` : all,
    )
    .replace(/\\u([0-9a-f]{4})/gi, String.raw`\x{$1}`)
    .replaceAll(String.raw`\/`, '/')
    .replace(group, (part) => (part === '(' ? '(?:' : part));
  return flags.includes('i') ? `(?i)${pattern}` : pattern;
}

/** One pattern for all; flags at the head of one go for that one alone. */
export function anyRe2(patterns: readonly string[]): string {
  return patterns
    .map((pattern) => {
      const flags = /^\(\?([ims]+)\)/.exec(pattern);
      return flags === null ? `(?:${pattern})` : `(?${flags[1] ?? ''}:${pattern.slice(flags[0].length)})`;
    })
    .join('|');
}
