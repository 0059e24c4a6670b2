// The search for secrets in long texts: a prompt, and texts that try to make a rule go over them again and again.
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { median } from '../measured-row.mjs';

const length = 65_536;
const fill = (unit) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
const key = 'aB3'.repeat(12);

/** For each rule, beginnings that never become a secret, and what comes close to one. */
export const hostileTexts = {
  letters: fill('a'),
  digits: fill('4'),
  'digits in pairs': fill('44 '),
  'digits in fours': fill('4111 '),
  'digits and dashes': fill('123-45-'),
  'at signs': fill('@'),
  'addresses without a domain': fill('a@'),
  'addresses without an end': fill('a@a.'),
  'local parts': `${fill('a.')}@`,
  'colons and slashes': fill('://'),
  'user names': fill('://a:'),
  'user names without an end': `://${fill('a:')}`,
  parameters: fill('&a'),
  'parameter names': fill('?token'),
  assignments: fill('password='),
  'assignments of quotes': fill('secret="'),
  'assignments of blanks': fill('api_key :    '),
  authorization: fill('authorization: '),
  bearers: fill('bearer '),
  'headers of tokens': fill('eyJ'),
  'tokens without an end': fill('eyJaaaaaaaaaa.'),
  'tokens of dashes': fill('eyJaaaaaaaaaa-'),
  'keys of dashes': fill('sk-'),
  'keys without an end': fill('SG.aaaaaaaaaaaaaaaa.'),
  webhooks: fill('hooks.slack.com/services/'),
  'private keys': fill('-----BEGIN PRIVATE KEY-----'),
  dashes: fill('-'),
  'account numbers': fill('GB82 '),
  'plus signs': fill('+1 (2) '),
  'real keys': fill(`sk-${key} `),
  quotes: fill('"\\'),
  'half pairs': fill('\ud800'),
};

const words =
  'the agent read the report and found that most of the questions were answered in part one of it '.repeat(8);
export const prompt = fill(
  `${words}See https://docs.example.com/guides/reports?page=12 for more: it took 3.5 s.\n`,
).repeat(16);
const secrets = Array.from({ length: 50 }, (_, index) => ` sk-${key}${index} and user${index}@example.com `);
export const withSecrets = secrets
  .map((secret, index) => prompt.slice(index * 20_000, index * 20_000 + 20_000) + secret)
  .join('');

/** The middle of several runs, in milliseconds; each with a text that the engine has not seen as one string. */
function timed(run, text) {
  for (let times = 0; times < 3; times += 1) run(text);
  const times = Array.from({ length: 9 }, () => {
    const started = performance.now();
    run(text);
    return performance.now() - started;
  });
  return median(times);
}

const importRuntime = (helpers, file) => import(pathToFileURL(join(helpers, 'js', 'runtime', file)));

export const cases = {
  'redaction/prompt': async ({ helpers }) => {
    const { createRedactor } = await importRuntime(helpers, 'redaction/redactor.js');
    const { safeText } = await importRuntime(helpers, 'redaction/safe-value.js');
    const redactor = createRedactor();
    if (redactor.text(withSecrets).includes(key)) throw new Error('a secret is still there');
    return {
      whole: timed((text) => redactor.text(text), prompt),
      secrets: timed((text) => redactor.text(text), withSecrets),
      field: timed((text) => safeText(text, redactor), withSecrets),
    };
  },
  'redaction/hostile': async ({ helpers }) => {
    const { createRedactor } = await importRuntime(helpers, 'redaction/redactor.js');
    const redactor = createRedactor();
    return Object.fromEntries(
      Object.entries(hostileTexts).map(([name, text]) => [name, timed((each) => redactor.text(each), text)]),
    );
  },
};
