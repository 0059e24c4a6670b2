/** What a pattern of the schema asks for, in words. */
export interface PatternWords {
  /** With its article: `X is not a duration`. */
  readonly noun: string;
  readonly rule: string;
}

const startsWithLetter = 'it starts with a letter';

const word = (noun: string, rule: string): PatternWords => ({ noun, rule });
const name = word('a name', `${startsWithLetter} and holds letters, digits, - and _`);
const promName = 'it starts with a letter or _ and holds letters, digits and _';
const address = word('an address of the web', 'it starts with https:// or http:// and holds no spaces');
const duration = 'a number and a unit of ms, s, m, h, d, w or y, larger units first: 500ms, 5m, 1h30m, 30d';

/** The words for each pattern of the schema; where a pattern is missing, messages fall back on the description of its node. */
export const patternWords: ReadonlyMap<string, PatternWords> = new Map([
  [
    '^(?![/\\\\])(?![a-zA-Z]:)(?![a-zA-Z][a-zA-Z0-9+.-]*://)[^\\u0000-\\u001f]+\\.ya?ml$',
    word(
      'a relative path of a YAML file',
      'imports are .yaml or .yml files, named relative to the file that imports them; absolute paths and addresses are refused',
    ),
  ],
  [
    '^[a-zA-Z][a-zA-Z0-9_.-]*$',
    word('a name of baggage', `${startsWithLetter} and holds letters, digits, dots, - and _`),
  ],
  [
    '^[a-zA-Z_:][a-zA-Z0-9_:]*$',
    word('a metric name', 'it starts with a letter, _ or : and holds letters, digits, _ and :'),
  ],
  [
    '^[A-Za-z][a-zA-Z0-9_]*$',
    word('a name of an alert', `${startsWithLetter} and holds letters, digits and _`),
  ],
  [
    '^(?=.)(?:[0-9]{1,6}y)?(?:[0-9]{1,6}w)?(?:[0-9]{1,6}d)?(?:[0-9]{1,6}h)?(?:[0-9]{1,6}m(?!s))?(?:[0-9]{1,9}s)?(?:[0-9]{1,9}ms)?$',
    word('a duration', duration),
  ],
  [
    '^(?=.)(?:[0-9]{1,6}d)?(?:[0-9]{1,6}h)?(?:[0-9]{1,6}m(?!s))?(?:[0-9]{1,9}(?:\\.[0-9]{1,3})?s)?(?:[0-9]{1,9}ms)?$',
    word('a duration', 'a number and a unit of ms, s, m, h or d, larger units first: 250ms, 51.2s, 2m'),
  ],
  ['^[a-zA-Z_][a-zA-Z0-9_]*$', word('a name of Prometheus', promName)],
  [
    '^[a-zA-Z_][a-zA-Z0-9_]*(?:\\.[a-zA-Z_][a-zA-Z0-9_]*)?$',
    word(
      'a key of a label',
      `${promName}; the label of a preset has the name of the preset and a dot before it`,
    ),
  ],
  [
    '^[a-zA-Z_][a-zA-Z0-9_.-]*$',
    word('a name', 'it starts with a letter or _ and holds letters, digits, dots, - and _'),
  ],
  ['^[a-zA-Z][a-zA-Z0-9_-]*$', name],
  [
    '^(?:6[4-9]|[7-9][0-9]|[1-9][0-9]{2,3})KiB$|^[1-9][0-9]{0,3}MiB$|^[1-9][0-9]?GiB$',
    word('a size', 'a whole number and a unit of KiB, MiB or GiB, at least 64KiB: 64KiB, 10MiB, 1GiB'),
  ],
  [
    '^[a-zA-Z0-9][a-zA-Z0-9 @/_.-]*$',
    word(
      'an owner',
      'it starts with a letter or digit and holds letters, digits, spaces, @, /, _, dots and -',
    ),
  ],
  [
    '^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$',
    word('a date', 'year, month and day: 2027-06-30'),
  ],
  [
    '^(https?://|\\$\\{)[^\\s]+$',
    word(
      'an address of the web',
      'it starts with https:// or http://, or with a variable of Grafana, ${NAME}, and holds no spaces',
    ),
  ],
  [
    '^/[^\\s$]+$',
    word('a path of a directory', 'it starts with a slash and holds neither spaces nor dollar signs'),
  ],
  [
    '^(?:\\*\\.)?[a-zA-Z0-9][a-zA-Z0-9.:-]*$',
    word(
      'a host',
      'a host name, with `*.` before it for its subdomains, without a scheme or path: *.internal.example.com',
    ),
  ],
  [
    '^[A-Z_][A-Z0-9_]*$',
    word('the name of an environment variable', 'upper-case letters, digits and _: SENTRY_DSN'),
  ],
  ['^[^\\u0000-\\u001f]+$', word('the name of a file', 'it holds no control characters')],
  ['^[a-z0-9][a-z0-9-]*$', word('a lower-case name', 'it holds lower-case letters, digits and -')],
  ['^https?://[^\\s]+$', address],
  ['^[0-9]+\\.[0-9]+$', word('a version', 'two numbers and a dot, in quotes: "3.5"')],
  [
    '^(?:\\[[0-9a-fA-F:]+\\]|[^\\s:\\[\\]]+):[0-9]{1,5}$',
    word(
      'a server with its port',
      'the name of a host or its address, a colon and a number: mail.example.com:587',
    ),
  ],
  [
    '^/[^\\s?#]*$',
    word('a path of a URL', 'it starts with a slash and holds neither spaces nor ? and #: /metrics'),
  ],
  [
    '^(?:\\[[0-9a-fA-F:]+\\]|[a-zA-Z0-9](?:[a-zA-Z0-9._-]*[a-zA-Z0-9])?):[0-9]{1,5}$',
    word('a host with its port', 'a name or an address, a colon and a number: agent-1.internal:9464'),
  ],
  [
    '^(?:12[89]|1[3-9][0-9]|[2-9][0-9]{2}|[1-9][0-9]{3})MiB$|^[1-9][0-9]?GiB$',
    word('a size of memory', 'MiB or GiB, from 128MiB to 99GiB: 512MiB'),
  ],
  [
    '^/[^\\u0000-\\u001f]+$',
    word('a glob of files', 'an absolute path with * for any characters: /var/log/agent/*.log'),
  ],
  [
    '^(https?://|\\$\\{env:)[^\\s]+$',
    word(
      'an address of the web',
      'it starts with https:// or http://, or with a variable of the Collector, ${env:NAME}, and holds no spaces',
    ),
  ],
  [
    '^[a-zA-Z0-9][a-zA-Z0-9_-]*$',
    word('a name of a tenant', 'it starts with a letter or digit and holds letters, digits, _ and -'),
  ],
  [
    '^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$',
    word('a name of a port', 'lower-case letters, digits and -, which does not stand at either end: metrics'),
  ],
  ['^OBS[0-9]{4}$', word('a code', 'OBS and four digits: OBS3106')],
  ['^[^\\u0000-\\u001f\\u007f]+$', word('a value of a label', 'it holds no control characters')],
  ['^[A-Z]{3}$', word('a currency', 'the three letters of ISO 4217: USD')],
  [
    '^[a-zA-Z0-9][a-zA-Z0-9:%/_ .-]*$',
    word('a unit of Grafana', 'such as s, bytes, percentunit or currencyUSD'),
  ],
  [
    '^now-[0-9]{1,5}[smhdwMy]$',
    word('the start of a time range', 'now, a minus, a number and a unit: now-1h'),
  ],
  [
    '^[a-zA-Z0-9_$*?{},#.@/-]+$',
    word(
      'a name with wildcards',
      'letters, digits, _, $, ., * for any characters, ? for one and {a,b} for either: *Agent',
    ),
  ],
  [
    '^\\S[^\\u0000-\\u001f]*$',
    word('a path to a value', 'args, this or result, and names or numbers behind dots: args.0.model'),
  ],
  [
    '^[a-zA-Z0-9][a-zA-Z0-9 _.:/-]*$',
    word(
      'a name of a rule',
      'it starts with a letter or digit and holds letters, digits, spaces, _, ., :, / and -',
    ),
  ],
]);
