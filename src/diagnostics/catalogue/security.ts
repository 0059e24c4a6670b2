import { entries } from './entry.js';

/** OBS39xx: secrets in the spec. */
export const securityEntries = entries({
  OBS3901: {
    severity: 'error',
    title: 'secret in the spec',
    explanation: `A value or a comment of the spec has the shape of a credential: a cloud key, a token of GitHub or Slack, a private key, a JSON Web Token, a password in an address, and about twenty more. A spec is committed, reviewed and copied into generated files; whoever can read one of them has the secret. obs-gen shows it nowhere, not in the code frame and not in JSON.

Treat it as known: revoke it first. Then name where the new one is kept, which every key of the language that needs a secret allows:

  errors: { sentry: { dsnEnv: SENTRY_DSN } }
  page: { pagerduty: { routingKeyFile: /run/secrets/pagerduty } }

A text that only looks like a secret, such as an example in a comment, can be shortened or broken up: sk-...`,
  },
});
