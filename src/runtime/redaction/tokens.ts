import { feature } from './prefilter.js';
import { matches, redacted } from './rule.js';
import type { Rule } from './rule.js';

/**
 * Keys and tokens that their issuers made recognisable, by what they begin with. None has an upper bound, so that no end of one is left
 * over; each holds 16 characters of keys in a row, which the prefilter looks for.
 */
const shapes: readonly (readonly [name: string, pattern: string])[] = [
  ['anthropic_key', 'sk-ant-[\\w-]{12,}'],
  ['stripe_key', '[spr]k_(?:live|test)_\\w{8,}|whsec_\\w{12,}'],
  ['openai_key', 'sk-[\\w-]{16,}'],
  ['aws_key', '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])'],
  ['github_token', 'gh[pousr]_\\w{16,}|github_pat_\\w{16,}'],
  ['gitlab_token', 'gl(?:pat|dt|rt|ft|soat|cbt|ptt|agent)-[\\w-]{16,}'],
  [
    'slack_token',
    'x(?:ox[a-z]|app)-[\\w-]{11,}|hooks\\.slack\\.com/(?:services|workflows|triggers)/[\\w/-]{16,}',
  ],
  ['google_key', 'AIza\\w[\\w-]{18,}|ya29\\.[\\w-]{16,}|GOCSPX-[\\w-]{16,}'],
  ['huggingface_token', 'hf_\\w{16,}'],
  ['npm_token', 'npm_\\w{16,}'],
  ['pypi_token', 'pypi-[\\w-]{16,}'],
  ['sendgrid_key', 'SG\\.[\\w-]{16,}\\.[\\w-]{16,}'],
  ['twilio_key', 'SK[0-9a-f]{32}(?![A-Za-z0-9])'],
  ['vault_token', 'hv[sbr]\\.[\\w-]{16,}'],
  ['jwt', '(?<![\\w-])eyJ[\\w-]{10,}\\.[\\w-]{4,}(?:\\.[\\w-]*)*'],
  [
    'other_token',
    '[spr]k[-_][\\w-]{16,}|do[opr]_v1_\\w{16,}|shp(?:at|ca|pa|ss)_\\w{16,}|gl(?:sa|c)_[\\w+/=]{16,}|dapi[0-9a-f]{32}|' +
      'lin_api_\\w{16,}|dckr_pat_[\\w-]{16,}|gsk_\\w{16,}|xai-[\\w-]{16,}|pplx-\\w{16,}|r8_\\w{16,}|key-[0-9a-f]{32}|' +
      'sntry[su]_[\\w+/=]{16,}|sq0[a-z]{3}-[\\w-]{16,}|ops_eyJ[\\w-]{16,}|AGE-SECRET-KEY-1\\w{16,}|' +
      '\\d{8,10}:AA[\\w-]{33,}|discord(?:app)?\\.com/api/webhooks/\\d{10,25}/[\\w-]{16,}',
  ],
];

const pattern = new RegExp(`(?<![A-Za-z0-9])(?:${shapes.map(([, source]) => `(${source})`).join('|')})`, 'g');

/** The names of the kinds. */
export const tokenNames: readonly string[] = shapes.map(([name]) => name);

/** All kinds in one pass over the text: the group that took part names the kind. */
export const tokenRule: Rule = {
  name: 'token',
  needs: feature.run,
  mayFind: matches(pattern),
  pattern,
  hide: (text, found) =>
    text.replace(pattern, (_match: string, ...groups: readonly unknown[]) => {
      const kind = groups.findIndex((group) => group !== undefined);
      found(tokenNames[kind] ?? 'other_token');
      return redacted;
    }),
};
