/** A secret as it stands in a text that somebody sends. */
export interface PlantedSecret {
  readonly kind: string;
  /** What must not leave the process. */
  readonly secret: string;
  /** The secret as people write it, on one line. */
  readonly text: string;
}

/** Characters of keys that repeat: made here, so that no scanner takes this file for a leak. */
function run(length: number, alphabet = 'aB3dE5gH7jK9mN1p'): string {
  return alphabet.repeat(Math.ceil(length / alphabet.length)).slice(0, length);
}

const hex = (length: number): string => run(length, '0a1b2c3d4e5f6978');
const upper = (length: number): string => run(length, 'Q7XW2K9ZLM4P8RT5');

/** Secrets that are hidden wherever they stand, because their issuers made them recognisable. */
const recognisable: Readonly<Record<string, string>> = {
  'OpenAI key': `sk-${run(48)}`,
  'OpenAI project key': `sk-proj-${run(64)}`,
  'Anthropic key': `sk-ant-api03-${run(48)}`,
  'Stripe live key': `sk_live_${run(24)}`,
  'Stripe restricted key': `rk_live_${run(24)}`,
  'Stripe webhook secret': `whsec_${run(32)}`,
  'AWS access key': `AKIA${upper(16)}`,
  'AWS session key': `ASIA${upper(16)}`,
  'GitHub token': `ghp_${run(36)}`,
  'GitHub app token': `ghs_${run(36)}`,
  'GitHub fine-grained token': `github_pat_${run(22)}_${run(59)}`,
  'GitLab token': `glpat-${run(20)}`,
  'Slack bot token': `xoxb-${run(12, '1234567890')}-${run(24)}`,
  'Slack webhook': `hooks.slack.com/services/T${upper(8)}/B${upper(8)}/${run(24)}`,
  'Google API key': `AIza${run(35)}`,
  'Google OAuth token': `ya29.${run(40)}`,
  'Google client secret': `GOCSPX-${run(28)}`,
  'Hugging Face token': `hf_${run(34)}`,
  'npm token': `npm_${run(36)}`,
  'PyPI token': `pypi-${run(60)}`,
  'SendGrid key': `SG.${run(22)}.${run(43)}`,
  'Twilio key': `SK${hex(32)}`,
  'Vault token': `hvs.${run(40)}`,
  'JSON Web Token': `eyJ${run(24)}.eyJ${run(40)}.${run(43)}`,
  'DigitalOcean token': `dop_v1_${hex(64)}`,
  'Shopify token': `shpat_${hex(32)}`,
  'Grafana token': `glsa_${run(32)}`,
  'Databricks token': `dapi${hex(32)}`,
  'Linear key': `lin_api_${run(40)}`,
  'Docker token': `dckr_pat_${run(27)}`,
  'Groq key': `gsk_${run(48)}`,
  'xAI key': `xai-${run(60)}`,
  'Perplexity key': `pplx-${run(48)}`,
  'Replicate token': `r8_${run(37)}`,
  'Mailgun key': `key-${hex(32)}`,
  'Sentry token': `sntrys_${run(48)}`,
  'Square token': `sq0atp-${run(22)}`,
  'Telegram token': `123456789:AA${run(33)}`,
  'age key': `AGE-SECRET-KEY-1${upper(58)}`,
  'e-mail address': 'planted.person@mail.example.com',
  'Visa card': '4242 4242 4242 4242',
  'Mastercard in one piece': '5555555555554444',
  'American Express card': '3782 822463 10005',
  'bank account': 'DE89 3704 0044 0532 0130 00',
  'social security number': '536-90-4399',
  'telephone number': '+49 151 23456789',
  'customer number of the spec': 'cust-40711234',
};

/** Secrets that are known by what stands before them. */
const named: readonly PlantedSecret[] = [
  planted(
    'password in a URL',
    'hunter2planted',
    (secret) => `postgres://app:${secret}@db.example.com/orders`,
  ),
  planted(
    'token in a URL',
    'urltokenplanted77',
    (secret) => `https://example.com/x?access_token=${secret}&a=1`,
  ),
  planted('password', 'plainpasswordplanted', (secret) => `password: ${secret}`),
  planted('client secret in JSON', 'jsonsecretplanted', (secret) => `{"client_secret": "${secret}"}`),
  planted('AWS secret key', run(40), (secret) => `aws_secret_access_key=${secret}`),
  planted('bearer token', run(32, 'tT5vV6wW'), (secret) => `Authorization: Bearer ${secret}`),
  planted('basic credentials', run(24, 'YWxhZGRpbjpvcGVu'), (secret) => `Basic ${secret}`),
  planted('cookie', 'sessionplanted88', (secret) => `Cookie: sid=${secret}`),
  planted(
    'private key',
    run(64, 'MIIEpQIBAAKCAQEA'),
    (secret) => `-----BEGIN PRIVATE KEY----- ${secret} -----END PRIVATE KEY-----`,
  ),
];

/** Secrets of all kinds that a service may be sent: none of them may stand in anything that it exports. */
export const plantedSecrets: readonly PlantedSecret[] = [
  ...Object.entries(recognisable).map(([kind, secret]) => planted(kind, secret, () => secret)),
  ...named,
];

function planted(kind: string, secret: string, write: (secret: string) => string): PlantedSecret {
  return { kind, secret, text: write(secret) };
}
