// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** What must not leave the process, beyond what the runtime knows by itself. */
export interface Redaction {
  /** Names of fields whose values are hidden. */
  readonly keys: readonly string[];
  /** Regular expressions whose matches are hidden. */
  readonly patterns: readonly string[];
}

/** Hides secrets in what is logged and traced. */
export interface Redactor {
  /** The text with every secret in it replaced. */
  text(text: string): string;
  /** Whether the value of a field has to be hidden whole. */
  hides(key: string, value: unknown): boolean;
}

/** What stands in the place of a secret. */
export const redacted = '[redacted]';

const maxRemembered = 1000;

/** None of the patterns below matches a shorter text; most values in log lines are such. */
const shortestSecret = 6;

/** Words that make a field's name a secret's name; `input_tokens` has the word `tokens`, which is none of them. */
const secretWords = new Set(
  (
    'apikey auth authorization bearer cookie cookies credential credentials cvv jwt passphrase passwd password passwords ' +
    'pwd secret secrets ssn token'
  ).split(' '),
);
const secretPhrases = [
  'api key',
  'access key',
  'private key',
  'signing key',
  'encryption key',
  'card number',
];

/**
 * Texts that are secrets by their looks. Each pattern is linear: where it can begin again inside its own match, a look-behind
 * or a bound prevents it.
 */
const secretTexts: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----(?:[^-]|-(?!----))*(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g,
  /(?<![\w-])eyJ[\w-]{10,}\.[\w-]{4,}\.[\w-]*/g,
  /(?<!\w)(?:bearer|basic)\s{1,4}[\w.~+/=-]{16,}/gi,
  /(?<![\w-])(?:sk|pk|rk|glpat|dop_v1|shpat)[-_][\w-]{16,}/g,
  /(?<![\w-])(?:AKIA|ASIA)[0-9A-Z]{16}(?!\w)/g,
  /(?<![\w-])(?:gh[pousr]_|github_pat_|npm_|hf_|AIza)\w[\w-]{18,}/g,
  /(?<![\w-])xox[a-z]-[\w-]{10,}/g,
  /(?<![\w-])SG\.[\w-]{16,}\.[\w-]{16,}/g,
];
const urlPassword = /(:\/\/)[^\s/@:]{0,256}:[^\s/@]{1,256}@/g;
const assignment =
  /(?<![a-z])((?:password|passwd|secret|api[_-]?key|access[_-]?key|(?:access|auth|refresh)[_-]?token)["']?\s{0,4}[:=]\s{0,4}["']?)[^\s"',;&]{3,}/gi;

/** Makes a redactor. A pattern that is no regular expression hides every text, since what it should hide is unknown. */
export function createRedactor(redaction: Redaction = { keys: [], patterns: [] }): Redactor {
  const configured = redaction.keys.map((key) => words(key).join(' '));
  const patterns = redaction.patterns.map(compiled);
  const remembered = new Map<string, 'always' | 'text' | 'never'>();

  function judge(key: string): 'always' | 'text' | 'never' {
    const parts = words(key);
    const phrase = parts.join(' ');
    if (configured.includes(phrase)) return 'always';
    const padded = ` ${phrase} `;
    const named = [...configured, ...secretPhrases].some(
      (name) => name !== '' && padded.includes(` ${name} `),
    );
    return named || parts.some((part) => secretWords.has(part)) ? 'text' : 'never';
  }

  return {
    text(text) {
      let result = text;
      if (text.length >= shortestSecret) {
        for (const pattern of secretTexts) result = result.replace(pattern, redacted);
        result = result.replace(urlPassword, `$1${redacted}@`).replace(assignment, `$1${redacted}`);
      }
      for (const pattern of patterns) result = result.replace(pattern, redacted);
      return result;
    },
    hides(key, value) {
      let verdict = remembered.get(key);
      if (verdict === undefined) {
        verdict = judge(key);
        if (remembered.size < maxRemembered) remembered.set(key, verdict);
      }
      // A number under a name like token_count is a measurement; only a name that was configured exactly hides it.
      return (
        verdict === 'always' ||
        (verdict === 'text' && typeof value !== 'number' && typeof value !== 'boolean')
      );
    },
  };
}

/** RE2's leading flags are the one thing of it that JavaScript spells differently. */
function compiled(pattern: string): RegExp {
  const flags = /^\(\?([ims]+)\)/.exec(pattern);
  try {
    return new RegExp(flags === null ? pattern : pattern.slice(flags[0].length), `gu${flags?.[1] ?? ''}`);
  } catch {
    return /[^]+/g;
  }
}

/** The words of a name in any case: `xApiKey`, `x-api-key` and `X_API_KEY` have the same. */
function words(name: string): string[] {
  return name
    .slice(0, 256)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
