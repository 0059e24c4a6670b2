/** How a field is judged by its name: hidden in any case, hidden unless it is a number or a boolean, or shown. */
export type KeyVerdict = 'always' | 'text' | 'never';

const maxRemembered = 1000;
const maxNameLength = 256;

/** Words that make a field's name a secret's name; `input_tokens` has the word `tokens`, which is none of them. */
export const secretWords: ReadonlySet<string> = new Set(
  (
    'apikey auth authorization bearer cookie cookies credential credentials csrf cvc cvv dsn email emails iban jwt otp passcode ' +
    'passphrase passport passwd password passwords phone pin pwd secret secrets ssn token xsrf'
  ).split(' '),
);
/** Words in a row that do so. */
export const secretPhrases: readonly string[] = [
  ...['api key', 'access key', 'account key', 'private key', 'secret key', 'signing key', 'encryption key'],
  ...['card number', 'connection string', 'date of birth', 'e mail', 'set cookie'],
];
/** What such a word says here is a measurement or a kind. */
const harmlessPhrases =
  /^(?:.* )?(?:token|auth|pin|cookie|credential|secret|email|phone) (?:budget|count|kind|limit|method|mode|name|ratio|status|type|usage)$/;

/** The words of a name in any case: `xApiKey`, `x-api-key` and `X_API_KEY` have the same. */
function words(name: string): readonly string[] {
  return name
    .slice(0, maxNameLength)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/**
 * Makes the judge of names.
 * @param configured names that the spec hides, always
 */
export function keyJudge(configured: readonly string[]): (key: string) => KeyVerdict {
  const own = configured.map((key) => words(key).join(' ')).filter((phrase) => phrase !== '');
  const remembered = new Map<string, KeyVerdict>();

  function judge(key: string): KeyVerdict {
    const parts = words(key);
    const phrase = parts.join(' ');
    if (own.includes(phrase)) return 'always';
    const padded = ` ${phrase} `;
    if (own.some((name) => padded.includes(` ${name} `))) return 'text';
    if (harmlessPhrases.test(phrase)) return 'never';
    if (secretWords.has(phrase) && phrase !== 'token') return 'always';
    const isNamed = secretPhrases.some((name) => padded.includes(` ${name} `));
    return isNamed || parts.some((part) => secretWords.has(part)) ? 'text' : 'never';
  }

  return (key) => {
    let verdict = remembered.get(key);
    if (verdict === undefined) {
      verdict = judge(key);
      if (remembered.size < maxRemembered) remembered.set(key, verdict);
    }
    return verdict;
  };
}
