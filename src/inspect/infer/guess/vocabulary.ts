/** Values that belong together, so that one of them hints at the others. */
interface Vocabulary {
  readonly name: string;
  readonly values: ReadonlySet<string>;
  /** Whether the values that were not seen are added: all of them are sure to occur one day. */
  readonly isCompleted: boolean;
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const vocabularies: readonly Vocabulary[] = [
  { name: 'booleans', values: set('true false'), isCompleted: true },
  { name: 'methods of HTTP', values: set('GET HEAD POST PUT PATCH DELETE OPTIONS'), isCompleted: true },
  { name: 'methods of HTTP', values: set('get head post put patch delete options'), isCompleted: true },
  { name: 'classes of status', values: set('1xx 2xx 3xx 4xx 5xx'), isCompleted: true },
  { name: 'classes of status', values: set('1XX 2XX 3XX 4XX 5XX'), isCompleted: true },
  {
    name: 'status codes of HTTP',
    values: set(
      '100 101 200 201 202 204 206 301 302 303 304 307 308 400 401 403 404 405 406 408 409 410 412 413 414 415 416 422 429 499 500 501 502 503 504',
    ),
    isCompleted: false,
  },
  { name: 'kinds of garbage collection', values: set('major minor incremental weakcb'), isCompleted: true },
  { name: 'log levels', values: set('trace debug info warn warning error fatal'), isCompleted: false },
  {
    name: 'directions',
    values: set(
      'in out inbound outbound request response read write receive transmit send sent received rx tx',
    ),
    isCompleted: false,
  },
];

/** What is added to the status codes that were seen: those that every service answers with sooner or later. */
const usualStatus = ['200', '400', '401', '403', '404', '429', '500', '502', '503', '504'];

/** Words for how something ended, or in which state it is. */
const outcomes = set(
  'ok success succeeded successful completed complete done failed failure fail error errored cancelled canceled timeout timed_out aborted rejected denied allowed skipped retry retried hit miss stale bypass expired pending running queued waiting active inactive idle delayed paused open closed half_open enabled disabled up down healthy unhealthy accepted dropped ignored unknown none valid invalid positive negative new existing created updated deleted processed ready',
);

/** Names whose values are made by people, customers or deployments, however few were seen. */
const openNames =
  /(?:^|_)(?:name|route|path|handler|endpoint|url|uri|host|hostname|server|address|peer|queue|topic|channel|exchange|model|tool|agent|tenant|org|organization|organisation|customer|account|project|environment|env|app|appname|app_name|application|client|sdk|feature|toggle|flag|plugin|provider|table|collection|database|db|bucket|region|zone|cluster|node|pod|instance|version|release|commit|branch|user|team|workflow|job_name|task|event|event_name|error|message|code|class|module|package|file|country|city|browser|os|platform|image|repo|repository)$/;

/** Names whose values are of one kind of things that a program knows. */
const closedNames =
  /(?:^|_)(?:outcome|status|state|result|kind|type|level|severity|reason|direction|phase|stage|operation|op|action|method|verb|mode|cause|success|cached|cache|priority|role|protocol|scheme|source|target|status_code|statuscode|code_class|status_class|category)$/i;

/** Why a set of values looks closed, and which values it has; undefined where it does not. */
export interface Closed {
  readonly values: readonly string[];
  readonly reason: string;
}

const sorted = (values: Iterable<string>): readonly string[] => [...new Set(values)].sort();

/** Words of a vocabulary that all seen values belong to. */
export function vocabularyOf(values: readonly string[]): string | undefined {
  if (values.length === 0) return undefined;
  return vocabularies.find((each) => values.every((value) => each.values.has(value)))?.name;
}

function statusCodes(values: readonly string[]): Closed | undefined {
  if (!values.every((value) => /^[1-5][0-9]{2}$/.test(value))) return undefined;
  return {
    values: sorted([...values, ...usualStatus]),
    reason: `${values.join(', ')} ${values.length === 1 ? 'was' : 'were'} seen, and the usual status codes of HTTP added`,
  };
}

/**
 * Whether a label's values are a closed set.
 * @param support observations behind them
 */
export function closedSet(name: string, values: readonly string[], support: number): Closed | undefined {
  if (values.length === 0 || values.length > 40) return undefined;
  if (/(?:status|code)/i.test(name)) {
    const codes = statusCodes(values);
    if (codes !== undefined) return codes;
  }
  const vocabulary = vocabularies.find((each) => values.every((value) => each.values.has(value)));
  if (vocabulary?.isCompleted === true) {
    const missing = vocabulary.values.size - values.length;
    const added =
      missing > 0
        ? `, ${missing === 1 ? 'one' : missing} of which ${missing === 1 ? 'was' : 'were'} not seen`
        : '';
    return { values: [...vocabulary.values], reason: `the ${vocabulary.name}${added}` };
  }
  if (openNames.test(name)) return undefined;
  const areOutcomes = values.every((value) => outcomes.has(value.toLowerCase()));
  const areWords = values.every((value) => /^[A-Za-z][A-Za-z_ -]{0,30}$/.test(value));
  const few = values.length <= 12;
  const known =
    vocabulary === undefined && !areOutcomes
      ? undefined
      : `they are ${vocabulary?.name ?? 'words for outcomes'}`;
  const enough = support >= 10 * values.length && values.length >= 2;
  if (few && enough && (known !== undefined || (closedNames.test(name) && areWords)))
    return {
      values: sorted(values),
      reason: `${known === undefined ? '' : `${known}; `}these ${values.length} values stand for ${shownCount(support)} observations`,
    };
  return undefined;
}

/** Two digits are enough to judge by. */
export function shownCount(count: number): string {
  return count >= 1_000_000 ? `${Math.round(count / 1e5) / 10} million` : String(Math.round(count));
}

/** Whether code calls things of this name by names of its own, which it knows when it starts. */
export function isOpenName(name: string): boolean {
  return openNames.test(name);
}
