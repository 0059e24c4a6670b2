import type { Model, Sensitivity, SpanAttribute } from '../../../model/model.js';
import { secretPhrases, secretWords } from '../../../runtime/redaction/key-names.js';
import { builtInRules, redacted } from '../../../runtime/redaction/redactor.js';
import { contentNames, contentPrefixes } from '../../../runtime/sdk/content.js';
import { literal, ottlText, quoteRe2 } from './escape.js';
import { anyRe2, re2Of } from './re2.js';

/** Lets contents of prompts and answers, and personal data, through, as it does in the services. */
export const captureVariable = 'OBSGEN_CAPTURE_CONTENT';

/** Values that are hidden wherever they stand: what the runtime knows by their looks, and what the spec adds. */
export function blockedValues(model: Model): readonly string[] {
  const known = builtInRules.flatMap(({ pattern }) => (pattern && re2Of(pattern)) ?? []);
  return [...new Set([...known, ...model.logs.redact.patterns])];
}

/** Words in a row, however a name puts them together. */
function phrasePattern(phrase: string): string {
  return phrase.split(' ').map(quoteRe2).join('[^A-Za-z0-9]?');
}

/** The same words in a name in camel case, where they have no separator before them. */
function camelPattern(phrase: string): string {
  return phrase
    .split(' ')
    .map((word) => quoteRe2(word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
}

/** The words of a name that somebody wrote in the spec. */
function wordsOf(key: string): string {
  const parts = key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').split(/[^A-Za-z0-9]+/);
  return parts
    .filter((part) => part !== '')
    .join(' ')
    .toLowerCase();
}

/**
 * Names whose values are hidden. What ends in such a word is a secret; what goes on behind it says something of the secret:
 * `auth.status`, `token_count`.
 */
export function blockedKeys(model: Model): readonly string[] {
  const words = [...secretWords, ...secretPhrases];
  const own = model.logs.redact.keys.map(wordsOf).filter((phrase) => phrase !== '');
  const phrases = [...new Set([...words, ...own])];
  return [
    `(?i)(?:^|[^A-Za-z0-9])(?:${phrases.map(phrasePattern).join('|')})$`,
    `[a-z0-9](?:${phrases.map(camelPattern).join('|')})$`,
  ];
}

/** Hides the values of attributes, and of the lines of logs; it adds no attributes of its own that would tell where. */
export function redactionProcessor(model: Model): object {
  return {
    allow_all_keys: true,
    // Lists and numbers too: whoever looks for a secret does not ask how it was written.
    redact_all_types: true,
    blocked_key_patterns: blockedKeys(model).map(literal),
    blocked_values: blockedValues(model).map(literal),
    summary: 'silent',
  };
}

/** The names under which the spans of a spec export attributes of a sensitivity, sorted. */
function exportedNames(model: Model, sensitivities: readonly Sensitivity[]): readonly string[] {
  const attributes = [...model.spans.values()].flatMap((span): readonly SpanAttribute[] => span.attributes);
  const found = attributes.filter(({ sensitivity }) => sensitivities.includes(sensitivity));
  return [...new Set(found.map(({ exportedName }) => exportedName))].sort();
}

function anyOf(names: readonly string[], prefixes: readonly string[]): string {
  const exact = names.map((name) => `${quoteRe2(name)}$`);
  return `^(?:${[...exact, ...prefixes.map(quoteRe2)].join('|')})`;
}

/** Takes what is sensitive off whatever has attributes. */
function deletions(model: Model, attributes: string): readonly string[] {
  const secrets = exportedNames(model, ['secret']);
  const contents = [...new Set([...exportedNames(model, ['content', 'pii']), ...contentNames])].sort();
  const closed = `"\${env:${captureVariable}:-false}" != "true"`;
  const removal = (pattern: string): string => `delete_matching_keys(${attributes}, ${ottlText(pattern)})`;
  return [
    ...(secrets.length === 0 ? [] : [removal(anyOf(secrets, []))]),
    `${removal(anyOf(contents, contentPrefixes))} where ${closed}`,
  ];
}

/**
 * What may not be on a span at all, by the sensitivities of the spec and the names that instrumentations have for contents; and
 * secrets in the two texts of a span that are no attributes. A statement that fails refuses the spans: what was not looked at does
 * not leave.
 */
export function contentProcessor(model: Model): object {
  const hidden = ottlText(anyRe2(blockedValues(model)));
  const texts = ['span.name', 'span.status.message'].map(
    (text) => `replace_pattern(${text}, ${hidden}, ${ottlText(redacted)})`,
  );
  return {
    error_mode: 'propagate',
    // Each group is run for what its paths name: in one group, a span without events would be passed over.
    trace_statements: [
      { context: 'span', statements: [...deletions(model, 'span.attributes'), ...texts] },
      { context: 'spanevent', statements: deletions(model, 'spanevent.attributes') },
    ],
    log_statements: [{ context: 'log', statements: deletions(model, 'log.attributes') }],
  };
}
