import fc from 'fast-check';
import { parsers } from 'prettier/plugins/markdown';
import { describe, expect, it } from 'vitest';
import { authored } from '../../src/encode/authored-markdown.js';
import {
  anchor,
  cellCode,
  code,
  codeBlock,
  heading,
  link,
  marked,
  quotation,
  table,
  text,
} from '../../src/encode/markdown.js';
import { runs } from '../support/long.js';

/** A parser that obs-gen has no part in: what it reads is what a page shows. */
interface Node {
  type: string;
  value?: string;
  alt?: string;
  url?: string;
  lang?: string;
  depth?: number;
  children?: Node[];
}

function parse(source: string): Node {
  const { parse: read } = parsers.markdown;
  return read(source, { originalText: source } as never) as Node;
}

function nodesOf(root: Node): Node[] {
  return [root, ...(root.children ?? []).flatMap(nodesOf)];
}

/** The types of all nodes but text, in order: words that are only words leave it as it is. */
function skeleton(source: string): string[] {
  const words = new Set(['text', 'sentence', 'word', 'whitespace', 'break']);
  return nodesOf(parse(source))
    .map(({ type }) => type)
    .filter((type) => !words.has(type));
}

const pieces = [
  ...[
    '<b>',
    '</b>',
    '<script>alert(1)</script>',
    '<!--',
    '-->',
    '<https://x.example>',
    '<?x?>',
    '&lt;',
    '&amp;',
    '&',
    '<',
    '>',
  ],
  ...[
    '`',
    '``',
    '```',
    '````',
    '~~~',
    '~~x~~',
    '|',
    '||',
    '\\',
    '\\|',
    '\\`',
    '[',
    ']',
    '](',
    '[x](https://x.example)',
    '![',
    '(',
    ')',
  ],
  ...[
    '*',
    '**',
    '_',
    '__',
    'a_b',
    '#',
    '# ',
    '- ',
    '+ ',
    '1. ',
    '1) ',
    '> ',
    '---',
    '===',
    '    ',
    '\t',
    ' ',
    '  ',
    '\n',
    '\n\n',
    '\r\n',
  ],
  ...[
    'https://x.example',
    'www.x.example',
    ':smile:',
    '$x$',
    '\u2028',
    '\u0000',
    'é',
    '😀',
    'a',
    'word',
    '| --- |',
    '[^1]',
    '[x]: /y',
  ],
];
const hostile = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 }).map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);
const effort = { numRuns: runs(1000) };

/** Markup that a reader of the page would see as such. */
function markup(source: string): string[] {
  const marks = new Set([
    'html',
    'link',
    'linkReference',
    'image',
    'imageReference',
    'definition',
    'footnoteReference',
    'footnoteDefinition',
  ]);
  return nodesOf(parse(source))
    .filter(({ type }) => marks.has(type))
    .map(({ type, value, url }) => `${type} ${value ?? url ?? ''}`);
}

describe('words of a spec', () => {
  it('are a paragraph of words', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const out = text(value);
        fc.pre(out !== '');
        expect(skeleton(out)).toEqual(skeleton('word'));
      }),
      effort,
    );
  });

  it('stay in their heading, their list item and their cell', () => {
    const page = (words: string) =>
      [
        heading(2, text(words)),
        `- ${text(words)}\n- ${text(words)}`,
        table(
          [marked`A`, marked`B`],
          [
            [text(words), text('x')],
            [text('y'), text(words)],
          ],
        ),
        `Last: ${text(words)}`,
      ].join('\n\n');
    const plain = skeleton(page('word'));
    fc.assert(
      fc.property(hostile, (value) => {
        fc.pre(text(value) !== '');
        expect(skeleton(page(value))).toEqual(plain);
      }),
      effort,
    );
  });

  it('read as they were', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'a_b',
            '<b>',
            '*',
            '[x]',
            '`',
            '|',
            '\\',
            '&lt;',
            '#',
            '1.',
            '~',
            '$x',
            'www.x.example',
          ),
          { minLength: 1, maxLength: 5 },
        ),
        (parts) => {
          const value = `w ${parts.join(' ')} w`;
          const shown = nodesOf(parse(text(value)))
            .map(({ type, value: words = '' }) =>
              type === 'text' || type === 'word' ? words : type === 'whitespace' ? ' ' : '',
            )
            .join('');
          expect(shown).toBe(value);
        },
      ),
      effort,
    );
  });
});

describe('code', () => {
  const oneLine = hostile.filter((value) => code(value) !== '' && !/[\n\r]/.test(value));

  it('is one span that shows its value', () => {
    fc.assert(
      fc.property(oneLine, (value) => {
        const spans = nodesOf(parse(`x ${code(value)} x`)).filter(({ type }) => type === 'inlineCode');
        expect(spans).toHaveLength(1);
        expect(skeleton(`x ${code(value)} x`)).toEqual(skeleton('x `y` x'));
      }),
      effort,
    );
  });

  it('never leaves its cell', () => {
    fc.assert(
      fc.property(oneLine, (value) => {
        const rows = nodesOf(parse(table([marked`A`, marked`B`], [[cellCode(value), text('x')]]))).filter(
          ({ type }) => type === 'tableRow',
        );
        expect(rows.map((row) => row.children?.length)).toEqual([2, 2]);
      }),
      effort,
    );
  });

  it('never leaves its block', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const page = `${codeBlock(value, 'promql')}\n\nend`;
        expect(skeleton(page)).toEqual(skeleton('```promql\nx\n```\n\nend'));
        const [block] = nodesOf(parse(page)).filter(({ type }) => type === 'code');
        expect(block?.lang).toBe('promql');
      }),
      effort,
    );
  });
});

describe('links', () => {
  it('lead where they were meant to', () => {
    fc.assert(
      fc.property(hostile, hostile, (words, path) => {
        const page = `x ${link(text(`w${words}`), `https://x.example/${path}`)} x`;
        const found = nodesOf(parse(page)).filter(({ type }) => type === 'link' || type === 'html');
        expect(found).toHaveLength(1);
        expect(found[0]?.url).toMatch(/^https:\/\/x\.example\//);
      }),
      effort,
    );
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    ' javascript:x',
    'JAVASCRIPT:x',
    'file:///etc/passwd',
  ])('are only words for %s', (address) => {
    expect(link(marked`w`, address)).toBe('w');
  });

  it('take addresses of this page and of the repository', () => {
    expect(link(marked`w`, '#metric-x_total')).toBe('[w](#metric-x_total)');
    expect(link(marked`w`, '../grafana/dashboards/x.json')).toBe('[w](../grafana/dashboards/x.json)');
  });

  it('have anchors that no name can break', () => {
    expect(anchor('metric-"><script>')).toBe('<a id="metric----script-"></a>');
  });
});

/** What takes the beginning of what looks like code to itself, so that there is none; most were found by the property below. */
const swallowedBackticks: [string, string][] = [
  ['https://x.example`<b>`<b>', '<b>'],
  ['HTTPS://x.example`<b>`', ''],
  ['', '<https://x.example>``<b>``'],
  ['<b>', 'www.x.example````<b>````'],
  ['www.x.example````<b>````<b>', '<b>'],
  ['[x](`) <b> `', ''],
  ['![x](`) <b> `', ''],
  ['[x](y "`") <b> `', ''],
  ['[x](a', '"`") <b> `'],
  ['[[`]] <b> `', ''],
  ['[`]: /y\n', '[x][`] <b> `'],
  ['$$`$$ <b> `', ''],
  ['$$\n```', '$$\n<b>\n```'],
  ['{{ ` }} <b> `', '{% ` %} <b> `'],
  ['{{\n```', '}}\n<b>\n```'],
  ['---\n```', '---\n<b>\n```'],
];

/** With formulas, tags of templates and titles of links, which an author may write. */
const lines = fc.oneof(
  hostile,
  fc
    .array(fc.constantFrom(...pieces, '"', '$', '$$', '{{', '}}', '{%', '%}'), { maxLength: 8 })
    .map((parts) => parts.join('')),
);

describe('Markdown of an author', () => {
  it('opens no HTML', () => {
    fc.assert(
      fc.property(lines, lines, (one, other) => {
        const found = markup(authored(`${one}\n${other}`)).filter((mark) => mark.startsWith('html'));
        expect(found).toEqual([]);
      }),
      { numRuns: runs(4000), examples: swallowedBackticks },
    );
  });

  it('ends with its quotation', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const page = parse(`${quotation(authored(value))}\n\n## After`);
        const last = page.children?.at(-1);
        expect(last?.type).toBe('heading');
        expect(last?.depth).toBe(2);
      }),
      effort,
    );
  });

  it('keeps code and comparisons as they are', () => {
    const source =
      'Run `kubectl logs <pod>` while `x < 5` and a <= b.\n\n```\n<config>\n```\n\n1. one\n2. two';
    expect(authored(source)).toBe(source);
  });

  it.each([
    ['<b>x</b>', '&lt;b>x&lt;/b>'],
    ['a ` b\n` <b>', 'a ` b\n` &lt;b>'],
    ['- ```\n  x\n<b>', '- ```\n  x\n&lt;b>'],
    ['| ` | <b> ` |', '| ` | &lt;b> ` |'],
    ['<https://x.example>', '&lt;https://x.example>'],
    ['see https://x.example/a `<b>`', 'see https://x.example/a `<b>`'],
    ['- [ ] [docs](https://x.example/a) `<b>` [x]', '- [ ] [docs](https://x.example/a) `<b>` [x]'],
    ['costs $5: `<b>`\n\n```\n<b>\n```', 'costs $5: `&lt;b>`\n\n```\n&lt;b>\n```'],
  ])('%j', (source, expected) => {
    expect(authored(source)).toBe(expected);
  });
});
