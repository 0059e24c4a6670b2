import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderJson } from '../../src/diagnostics/render/json.js';
import { renderPretty } from '../../src/diagnostics/render/pretty.js';
import { secretsIn } from '../../src/spec/secrets.js';
import { head, leastCostOf, load, pointed } from './support.js';

const body = (length: number, alphabet = 'a1B2c3D4e5F6g7H8j9K0') =>
  alphabet.repeat(Math.ceil(length / alphabet.length)).slice(0, length);
const hex = (length: number) => body(length, '0a1b2c3d4e5f6789');

/** One of each kind; put together here, so that the file holds none. */
const secrets: Readonly<Record<string, string>> = {
  'AWS access key': `AKIA${body(16, 'A1B2C3D4E5F6G7H8')}`,
  'AWS temporary key': `ASIA${body(16, 'Z1B2C3D4E5F6G7H8')}`,
  'Azure key': `AccountKey=${body(86)}==`,
  'Google API key': `AIza${body(35)}`,
  'Google OAuth token': `ya29.${body(60)}`,
  'DigitalOcean token': `dop_v1_${hex(64)}`,
  'GitHub token': `ghp_${body(36)}`,
  'GitHub fine-grained token': `github_pat_${body(82)}`,
  'GitLab token': `glpat-${body(20)}`,
  'Slack token': `xoxb-${body(12)}-${body(24)}`,
  'Slack webhook': `https://hooks.slack.com/services/T${body(8)}/B${body(8)}/${body(24)}`,
  'Discord webhook': `https://discord.com/api/webhooks/${body(18, '123456789')}/${body(68)}`,
  'Telegram token': `${body(10, '1234567890')}:AA${body(33)}`,
  'OpenAI key': `sk-proj-${body(48)}`,
  'older OpenAI key': `sk-${body(48)}`,
  'Anthropic key': `sk-ant-api03-${body(80)}`,
  'Hugging Face token': `hf_${body(34)}`,
  'Stripe key': `sk_live_${body(24)}`,
  'SendGrid key': `SG.${body(22)}.${body(43)}`,
  'Twilio key': `SK${hex(32)}`,
  'npm token': `npm_${body(36)}`,
  'PyPI token': `pypi-AgEIcHlwaS5vcmc${body(60)}`,
  'Vault token': `hvs.${body(90)}`,
  'Grafana token': `glsa_${body(32)}_${hex(8)}`,
  'Sentry DSN': `https://${hex(32)}@o1.ingest.sentry.io/42`,
  'JSON Web Token': `eyJ${body(20)}.eyJ${body(40)}.${body(43)}`,
  'bearer token': `Authorization: Bearer ${body(40)}`,
  'password in a URL': 'postgres://admin:hunter2secret@db/x',
  'password by its key': `password=${body(24)}`,
};

/** What has to stay hidden of a secret: the part that nobody could guess. */
const core = (secret: string): string => /hunter2secret|[A-Za-z0-9]{16,}/.exec(secret)?.[0] ?? secret;

describe('secrets', () => {
  it.each(Object.entries(secrets))(
    'of kind %s are found in values and comments, and shown nowhere',
    (_, secret) => {
      for (const yaml of [
        `${head}# ${secret}\n`,
        `${head}alerts:\n  A: { expr: up, severity: page, summary: '${secret}' }\n`,
        `${head}alerts:\n  A: { expr: up, severity: '${secret}', summary: S. }\n`,
        `${head}alerts:\n  A:\n    expr: up\n    severity: page\n    summary: |\n      Log in with\n      ${secret}\n`,
        `${head}labels: { '${secret}': { description: A., cap: 2 } }\n`,
        `${head}labels: { a: { description: A., values: ['${secret}', '${secret}'] } }\n`,
        `${head}zzz: { '${secret}': { , ${secret} \n`,
      ]) {
        const { value, diagnostics } = load(yaml);
        expect(diagnostics.map(({ code }) => code)).toContain('OBS3901');
        const shown = renderPretty(diagnostics, { color: false }) + renderJson(diagnostics);
        expect(shown).not.toContain(core(secret));
        expect(JSON.stringify(value?.spec ?? {})).not.toContain(core(secret));
        const fields = diagnostics.flatMap(({ message, help, fix, related }) => [
          message,
          help,
          fix?.text,
          ...related.map((each) => each.message),
        ]);
        expect(fields.join('\n')).not.toContain(core(secret).slice(0, 16));
      }
    },
  );

  it('are found behind escapes', () => {
    const secret = secrets['GitHub token'] ?? '';
    const escaped = `\\x67${secret.slice(1)}`;
    const { value, diagnostics } = load(
      `${head}alerts: { A: { expr: up, severity: page, summary: "see ${escaped}" } }\n`,
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(['OBS3901']);
    expect(diagnostics.map(pointed)).toEqual([escaped]);
    expect(diagnostics[0]?.range?.source.secrets).toHaveLength(1);
    expect(value?.spec.alerts?.['A']?.summary).toBe(`see ${'x'.repeat(secret.length)}`);
  });

  it('are pointed at exactly', () => {
    const secret = secrets['Stripe key'] ?? '';
    const { diagnostics } = load(`${head}# pay with ${secret}, please\n`);
    expect(diagnostics.map(pointed)).toEqual([secret]);
    expect(diagnostics[0]?.message).toBe('a secret stands in the spec: this looks like a Stripe key');
  });

  it('of several lines are covered whole', () => {
    const lines = ['-----BEGIN RSA PRIVATE KEY-----', body(64), body(64), '-----END RSA PRIVATE KEY-----'];
    const yaml = `${head}alerts:\n  A:\n    expr: up\n    severity: page\n    summary: S.\n    runbook: |\n${lines.map((line) => `      ${line}\n`).join('')}`;
    const { diagnostics } = load(yaml);
    expect(diagnostics.map(({ code }) => code)).toEqual(['OBS3901']);
    expect(diagnostics.map(pointed).join()).toContain(lines[3]);
    const open = load(yaml.replace(`      ${lines[3] ?? ''}\n`, ''));
    expect(open.diagnostics.map(pointed).join()).toContain(lines[2]);
  });

  it.each([
    'page: { pagerduty: { routingKeyFile: /run/secrets/pagerduty } }',
    'redact: { keys: [api_key, password, secret, token, credit_card] }',
    'dsnEnv: SENTRY_DSN',
    'https://user:${PASSWORD}@host/',
    'https://user:<password>@host/',
    'tokens: sum(rate(alex_llm_tokens_output_total[$__rate_interval]))',
    'risk-assessment-of-some-long-kebab-name-42',
    'sk-... and ghp_... are shapes of tokens',
    'token: token_type_of_the_metric',
    'a commit: 0123456789abcdef0123456789abcdef01234567',
    'email: someone@example.com',
  ])('are not seen in %s', (text) => {
    expect(secretsIn(text)).toEqual([]);
  });

  it('are looked for in linear time', () => {
    const hostile = [...new Set(Object.values(secrets).map((secret) => secret.slice(0, 4)))];
    for (const piece of [
      ...hostile,
      '://a:',
      'Bearer ',
      'password: ',
      'eyJa.eyJ',
      '-----BEGIN ',
      'a-',
      'key="',
      'x',
      ' ',
      'sk-a',
    ]) {
      const text = piece.repeat(Math.ceil(100_000 / piece.length));
      expect(
        leastCostOf(() => secretsIn(text)),
        piece,
      ).toBeLessThan(300);
    }
  });

  it('do not change what is found elsewhere', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(secrets)), (secret) => {
        const { diagnostics } = load(`${head}# ${secret}\nlogs: { level: wran }\n`);
        expect(diagnostics.map(({ code }) => code)).toContain('OBS2004');
      }),
    );
  });
});
