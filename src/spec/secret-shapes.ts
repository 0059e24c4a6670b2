/** A kind of credential (with its article) and how it looks. `pattern` is linear: anchored on what never varies, every repetition bounded. */
export interface SecretShape {
  readonly name: string;
  readonly pattern: RegExp;
  /** Texts of which one must occur before the pattern is tried at all. */
  readonly sigils: readonly string[];
  /** Whether a match is a secret after all: placeholders and plain words are not. */
  readonly holds?: (match: RegExpExecArray) => boolean;
}

const shape = (
  name: string,
  sigils: readonly string[],
  pattern: RegExp,
  holds?: SecretShape['holds'],
): SecretShape => ({
  name,
  sigils,
  pattern,
  ...(holds === undefined ? {} : { holds }),
});

const hasDigit = (match: RegExpExecArray): boolean => /[0-9]/.test(match[1] ?? match[0]);

/** Bits a character of a text, by the frequency of its characters. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

const looksRandom = (match: RegExpExecArray): boolean => {
  const value = match[1] ?? match[0];
  return /[0-9]/.test(value) && /[A-Za-z]/.test(value) && entropy(value) > 3;
};

/** `user:${PASSWORD}@` and the like name a place, they do not hold a secret. */
const isLiteralPassword = (match: RegExpExecArray): boolean =>
  !/^[$<{%*]|^(?:pass(?:word)?|secret|x+)$/i.test(match[1] ?? '');

/** Kinds of credentials that are recognised. The first that matches a stretch names it. */
export const secretShapes: readonly SecretShape[] = [
  shape('a private key', ['PRIVATE KEY'], /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g),
  shape(
    'an AWS access key',
    ['AKIA', 'ASIA', 'ABIA', 'ACCA'],
    /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])/g,
  ),
  shape(
    'an AWS secret key',
    ['aws_secret', 'AWS_SECRET'],
    /aws_secret_access_key["']?\s{0,5}[:=]\s{0,5}["']?([A-Za-z0-9/+]{40})/gi,
  ),
  shape('an Azure storage key', ['AccountKey='], /AccountKey=([A-Za-z0-9+/]{40,100}={0,2})/g),
  shape('a Google API key', ['AIza'], /(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35}/g),
  shape('a Google OAuth token', ['ya29.'], /(?<![A-Za-z0-9])ya29\.[A-Za-z0-9_-]{20,300}/g),
  shape(
    'a DigitalOcean token',
    ['dop_v1_', 'doo_v1_', 'dor_v1_'],
    /(?<![A-Za-z0-9])do[opr]_v1_[a-f0-9]{64}/g,
  ),
  shape(
    'a GitHub token',
    ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    /(?<![A-Za-z0-9])gh[opusr]_[A-Za-z0-9]{36,255}/g,
  ),
  shape('a GitHub token', ['github_pat_'], /(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{22,255}/g),
  shape('a GitLab token', ['glpat-'], /(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{20,100}/g),
  shape('a Slack token', ['xox'], /(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,200}/g, hasDigit),
  shape(
    'a Slack webhook',
    ['hooks.slack.com'],
    /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9_/-]{20,200}/g,
  ),
  shape(
    'a Discord webhook',
    ['/api/webhooks/'],
    /discord(?:app)?\.com\/api\/webhooks\/[0-9]{10,25}\/[A-Za-z0-9_-]{40,100}/g,
  ),
  shape('a Telegram bot token', [':AA'], /(?<![A-Za-z0-9])[0-9]{8,10}:AA[A-Za-z0-9_-]{33}/g),
  shape('an Anthropic key', ['sk-ant-'], /(?<![A-Za-z0-9])sk-ant-[A-Za-z0-9_-]{20,200}/g),
  shape(
    'an OpenAI key',
    ['sk-'],
    /(?<![A-Za-z0-9])sk-(?:proj-|svcacct-|admin-)?([A-Za-z0-9_-]{20,200})/g,
    hasDigit,
  ),
  shape('a Hugging Face token', ['hf_'], /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{30,100}/g),
  shape('a Stripe key', ['_live_', '_test_'], /(?<![A-Za-z0-9])[rs]k_(?:live|test)_[A-Za-z0-9]{16,200}/g),
  shape('a SendGrid key', ['SG.'], /(?<![A-Za-z0-9])SG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,64}/g),
  shape('a Twilio key', ['SK'], /(?<![A-Za-z0-9])SK[0-9a-f]{32}(?![A-Za-z0-9])/g),
  shape('an npm token', ['npm_'], /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}/g),
  shape('a PyPI token', ['pypi-'], /(?<![A-Za-z0-9])pypi-[A-Za-z0-9_-]{40,300}/g),
  shape('a Vault token', ['hvs.', 'hvb.'], /(?<![A-Za-z0-9])hv[sb]\.[A-Za-z0-9_-]{24,300}/g),
  shape('a Grafana token', ['glsa_', 'glc_'], /(?<![A-Za-z0-9])(?:glsa|glc)_[A-Za-z0-9_+/=]{20,300}/g),
  shape(
    'a Sentry DSN',
    ['@'],
    /https?:\/\/[a-f0-9]{32}(?::[a-f0-9]{32})?@[A-Za-z0-9.-]{1,200}\/[0-9]{1,20}/g,
  ),
  shape(
    'a JSON Web Token',
    ['eyJ'],
    /(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,2000}\.eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,2000}/g,
  ),
  shape('a bearer token', ['earer '], /[Bb]earer ([A-Za-z0-9._~+/-]{20,500}={0,2})/g, looksRandom),
  shape(
    'a password in a URL',
    ['://'],
    /(?<=:\/\/[^\s/:@'"]{0,100}:)([^\s/@'"]{3,200})(?=@)/g,
    isLiteralPassword,
  ),
  shape(
    'a credential',
    ['assw', 'ecret', 'oken', 'key', 'Key', 'KEY', 'SECRET', 'TOKEN', 'PASS'],
    /(?<=(?:passw(?:or)?d|secret|token|(?:api|access|routing|private|auth)[_-]?key)["']?[ \t]{0,3}[:=][ \t]{0,3}["']?)([A-Za-z0-9+=_-][A-Za-z0-9+/=_-]{15,200})/gi,
    looksRandom,
  ),
];

const privateKeyEnd = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
/** The longest private key that is looked for, in characters. */
const privateKeyLength = 16_384;

/** The end of the private key whose header ends at `from`: its last line, or the last line that looks like a part of it. */
export function endOfPrivateKey(text: string, from: number): number {
  privateKeyEnd.lastIndex = from;
  const match = privateKeyEnd.exec(text.slice(0, from + privateKeyLength));
  if (match !== null) return match.index + match[0].length;
  const body = /(?:\\n|[\sA-Za-z0-9+/=#])*/y;
  body.lastIndex = from;
  return from + (body.exec(text.slice(0, from + privateKeyLength))?.[0].trimEnd().length ?? 0);
}
