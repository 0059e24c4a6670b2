/** Where in a query the cursor stands, and what is being written there. */
export type QueryCursor =
  /** Where an expression may begin: a metric, a function, an aggregation. */
  | { readonly at: 'expression'; readonly word: string }
  /** In the braces of a selector, where the name of a label is written. */
  | {
      readonly at: 'label';
      readonly word: string;
      readonly metric: string | undefined;
      readonly used: readonly string[];
    }
  /** In a string behind a label. */
  | {
      readonly at: 'value';
      readonly word: string;
      readonly metric: string | undefined;
      readonly label: string;
      readonly operator: string;
      /** The string's opening quote. */
      readonly quote: string;
    }
  /** In the parentheses of `by`, `without`, `on`, `ignoring`, `group_left` and `group_right`. */
  | { readonly at: 'grouping'; readonly word: string; readonly used: readonly string[] }
  /** In the brackets of a range. */
  | { readonly at: 'duration'; readonly word: string };

const clauses: ReadonlySet<string> = new Set([
  'by',
  'without',
  'on',
  'ignoring',
  'group_left',
  'group_right',
]);

interface Open {
  readonly bracket: string;
  /** The word before it. */
  readonly word: string;
  /** Labels that stand in it already. */
  readonly used: string[];
  label: string;
  operator: string;
}

/**
 * Reads a query up to the cursor. What stands before it need not be a whole query, so this is a walk over its tokens and no grammar.
 * @returns undefined in comments, and in strings that are no label's value
 */
export function queryCursor(before: string): QueryCursor | undefined {
  const open: Open[] = [];
  let word = '';
  let previous = '';
  let at = 0;
  while (at < before.length) {
    const rest = before.slice(at);
    const character = rest[0] ?? '';
    const token = /^(?:[a-zA-Z_:$][\w:]*|=~|!~|!=|=)/.exec(rest)?.[0];
    const level = open.at(-1);
    if (character === '#') {
      const end = before.indexOf('\n', at);
      if (end === -1) return undefined;
      at = end + 1;
    } else if (`"'\``.includes(character)) {
      const end = stringEnd(before, at);
      if (end === undefined) {
        if (level?.bracket !== '{' || level.operator === '') return undefined;
        const { word: metric, label, operator } = level;
        return {
          at: 'value',
          word: before.slice(at + 1),
          metric: nameOf(metric),
          label,
          operator,
          quote: character,
        };
      }
      at = end + 1;
      previous = '';
    } else if (token !== undefined) {
      at += token.length;
      if (/^\w|^[:$]/.test(token)) {
        word = at === before.length ? token : '';
        previous = token;
        if (level?.bracket === '{' && level.operator === '') level.label = token;
        if (level?.bracket === '(' && clauses.has(level.word) && at < before.length) level.used.push(token);
      } else if (level?.bracket === '{') level.operator = token;
    } else {
      if ('([{'.includes(character))
        open.push({ bracket: character, word: previous, used: [], label: '', operator: '' });
      else if (')]}'.includes(character)) open.pop();
      else if (character === ',' && level?.bracket === '{') {
        if (level.label !== '') level.used.push(level.label);
        level.label = level.operator = '';
      }
      if (!/\s/.test(character)) previous = '';
      word = '';
      at += 1;
    }
  }
  return here(open.at(-1), word, before);
}

function here(level: Open | undefined, word: string, before: string): QueryCursor | undefined {
  if (level?.bracket === '{') {
    if (level.operator !== '') return undefined;
    return { at: 'label', word, metric: nameOf(level.word), used: level.used };
  }
  if (level?.bracket === '(' && clauses.has(level.word)) return { at: 'grouping', word, used: level.used };
  if (level?.bracket === '[') return { at: 'duration', word: /[$\w:]*$/.exec(before)?.[0] ?? '' };
  // A number is no beginning of a name.
  if (/(?:^|[^\w:$])[0-9][\w.]*$/.test(before)) return undefined;
  return { at: 'expression', word };
}

const nameOf = (word: string): string | undefined => (word === '' || word.startsWith('$') ? undefined : word);

/** Where the string that opens at an offset is closed; undefined where it is not. */
function stringEnd(text: string, open: number): number | undefined {
  const quote = text[open];
  for (let at = open + 1; at < text.length; at += 1) {
    if (quote !== '`' && text[at] === '\\') at += 1;
    else if (text[at] === quote) return at;
  }
  return undefined;
}
