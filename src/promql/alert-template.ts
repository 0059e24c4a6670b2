import type { Position } from './ast.js';

/** A label that a template reads, and where its name stands in the text. */
export interface TemplateLabel extends Position {
  readonly name: string;
}

/** Why Prometheus would refuse a template. */
export interface TemplateError extends Position {
  readonly message: string;
  readonly help?: string | undefined;
}

export interface Template {
  readonly labels: readonly TemplateLabel[];
  readonly errors: readonly TemplateError[];
}

/** Functions of Go's text/template and those that Prometheus adds, up to 3.15. */
const functions = new Set(
  (
    'and call eq ge gt html index js le len lt ne not or print printf println slice urlquery ' +
    'args externalURL first graphLink humanize humanize1024 humanizeDuration humanizePercentage humanizeTimestamp label match ' +
    'now parseDuration pathPrefix query reReplaceAll safeHtml sortByLabel stripDomain stripPort strvalue tableLink title toDuration ' +
    'toLower toTime toUpper urlQueryEscape value'
  ).split(' '),
);

const variables = new Set(['$labels', '$externalLabels', '$externalURL', '$value']);
const opening = new Set(['if', 'range', 'with', 'block', 'define']);
const keywords = new Set([
  ...opening,
  'else',
  'end',
  'template',
  'break',
  'continue',
  'nil',
  'true',
  'false',
]);

const token =
  /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|\$[A-Za-z_]\w*(?:\.\w+)*|\$|(?:\.\w+)+|\.|[A-Za-z_]\w*|[+-]?\d[\w.]*|:=|[=|(),]|\s+|[^]/g;

/** Reads one template; what it has found so far. */
class TemplateReader {
  readonly labels: TemplateLabel[] = [];
  readonly errors: TemplateError[] = [];
  /** Variables that the template itself declares. */
  readonly declared = new Set<string>();
  readonly blocks: Position[] = [];

  refuse(from: number, to: number, message: string, help?: string): void {
    this.errors.push({ from, to, message, ...(help !== undefined && { help }) });
  }

  /** @param from where the action's content begins */
  action(content: string, from: number): void {
    const tokens = [...content.matchAll(token)].map((found) => ({
      text: found[0],
      from: from + found.index,
    }));
    const words = tokens.filter(({ text }) => text.trim() !== '');
    const [first] = words;
    if (first === undefined) {
      this.refuse(
        from - 2,
        from + content.length + 2,
        'an action is empty',
        'write {{ $value }} or {{ $labels.name }}',
      );
      return;
    }
    this.block(first);
    const unclosed = words.find(({ text }) => /^["`']$/.test(text));
    if (unclosed !== undefined) {
      // What follows is inside the string: nothing can be said of it.
      this.refuse(unclosed.from, unclosed.from + 1, 'a string in the template is never closed');
      return;
    }
    for (const [index, { text, from: at }] of words.entries()) {
      const next = words[index + 1]?.text;
      if (next === ':=' && text.startsWith('$')) this.declared.add(text);
      this.word(text, at, words[index + 1]);
    }
  }

  block({ text, from }: { readonly text: string; readonly from: number }): void {
    if (opening.has(text)) this.blocks.push({ from, to: from + text.length });
    else if (text === 'end' && this.blocks.pop() === undefined)
      this.refuse(
        from,
        from + text.length,
        '`end` closes nothing',
        'remove it, or open a block with if, range or with',
      );
    else if (text === 'else' && this.blocks.length === 0)
      this.refuse(from, from + text.length, '`else` stands outside a block');
  }

  word(text: string, from: number, next: { readonly text: string; readonly from: number } | undefined): void {
    const to = from + text.length;
    if (/^["`'\d+\-:=|(),]/.test(text)) return;
    if (text.startsWith('$')) {
      this.variable(text, from, next);
      return;
    }
    if (text.startsWith('.')) {
      const name = /^\.Labels\.(\w+)$/.exec(text)?.[1];
      if (name !== undefined) this.labels.push({ name, from: to - name.length, to });
      return;
    }
    if (!/^\w/.test(text)) this.refuse(from, to, `unexpected \`${text}\` in the template`);
    else if (!functions.has(text) && !keywords.has(text)) {
      const isLabel = text === 'labels' || text === 'value';
      this.refuse(
        from,
        to,
        `the template calls \`${text}\`, which is no function of Prometheus`,
        isLabel
          ? `write $${text}`
          : 'frequent ones are humanize, humanizePercentage, humanizeDuration and printf',
      );
    }
  }

  variable(
    text: string,
    from: number,
    next: { readonly text: string; readonly from: number } | undefined,
  ): void {
    const [name = '', ...path] = text.split('.');
    const to = from + text.length;
    if (name === '$' || this.declared.has(name)) return;
    if (!variables.has(name)) {
      const help = 'a template knows $labels, $value, $externalLabels and $externalURL';
      this.refuse(from, from + name.length, `the template reads \`${name}\`, which nothing declares`, help);
      return;
    }
    if (name !== '$labels') return;
    if (path[0] !== undefined)
      this.labels.push({
        name: path[0],
        from: to - path.join('.').length,
        to: from + name.length + 1 + path[0].length,
      });
    // `index $labels "name"` reads a label too.
    else if (next?.text.startsWith('"')) {
      const label = next.text.slice(1, -1);
      this.labels.push({ name: label, from: next.from + 1, to: next.from + 1 + label.length });
    }
  }
}

/** The end of an action that begins at `from`, strings in it skipped; -1 where it is never closed. */
function actionEnd(text: string, from: number): number {
  const part = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|\}\}|[^]/y;
  part.lastIndex = from;
  for (let found = part.exec(text); found !== null; found = part.exec(text)) {
    if (found[0] === '}}') return found.index;
  }
  return -1;
}

/** A single `}` that closes an action which begins at `from`, where `}}` is meant; undefined where the action ends as it should. */
function loneBrace(text: string, from: number): number | undefined {
  const part = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|\/\*|\{\{|\}\}|[^]/y;
  part.lastIndex = from;
  for (let found = part.exec(text); found !== null; found = part.exec(text)) {
    if (found[0] === '}') return found.index;
    if (found[0].length === 2 && /^(?:\}\}|\{\{|\/\*)$/.test(found[0])) return undefined;
  }
  return undefined;
}

/**
 * Which labels the summary or description of an alert reads, and what Prometheus would refuse in it. Offsets count in the text. The
 * subset of Go's templates that is understood is the whole of their syntax but nested definitions; types are not checked.
 */
export function templateLabels(text: string): Template {
  const reader = new TemplateReader();
  for (let open = text.indexOf('{{'); open !== -1;) {
    const lone = loneBrace(text, open + 2);
    if (lone !== undefined) {
      // What follows would be read as a part of the action.
      reader.refuse(lone, lone + 1, 'this action is closed by one brace', 'close it with }}');
      reader.action(text.slice(open + 2, lone), open + 2);
      open = text.indexOf('{{', lone);
      continue;
    }
    const isComment = /^\{\{-?\s?\/\*/.test(text.slice(open, open + 6));
    const close = isComment ? text.indexOf('}}', text.indexOf('*/', open)) : actionEnd(text, open + 2);
    if (close === -1 || (isComment && !text.includes('*/', open))) {
      reader.refuse(open, open + 2, 'this action is never closed', 'close it with }}');
      return { labels: reader.labels, errors: reader.errors };
    }
    if (!isComment) {
      const trimmed = /^\{\{(?:-(?=\s))?/.exec(text.slice(open, close))?.[0].length ?? 2;
      reader.action(text.slice(open + trimmed, close).replace(/\s-$/, ''), open + trimmed);
    }
    open = text.indexOf('{{', close + 2);
  }
  for (const { from, to } of reader.blocks)
    reader.refuse(from, to, 'this block is never ended', 'add {{ end }}');
  return { labels: reader.labels, errors: reader.errors };
}

/** Plain text that a template shows as it is: only an opening pair of braces means anything in one. */
export function escapeTemplate(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}');
}
