import fc from 'fast-check';

/** A program that tells `note` of all its effects, and what it was made from. */
export interface Program {
  readonly text: string;
  readonly isTyped: boolean;
}

/** What a function may do where a statement stands. */
interface Scope {
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  /** Whether `this` and `arguments` are its own. */
  readonly hasThis: boolean;
  readonly hasArguments: boolean;
  readonly parameters: readonly string[];
  /** How deep statements may still nest. */
  readonly depth: number;
  /** Functions that may be called: those further down call none further up, so that all programs end. */
  readonly callable: readonly string[];
}

const literals = ['0', '1', '-2', "'a'", '"b"', '``', 'true', 'null', 'undefined', '[1, 2]', '{ a: 1 }'];

function pick<T>(...from: readonly fc.Arbitrary<T>[]): fc.Arbitrary<T> {
  return fc.oneof(...from);
}

function expression(scope: Scope): fc.Arbitrary<string> {
  const simple = fc.constantFrom(...literals.map((text) => (text.startsWith('{') ? `(${text})` : text)));
  const name = fc.constantFrom(...scope.parameters, 'undefined');
  if (scope.depth <= 0) return pick(simple, name);
  const inner = expression({ ...scope, depth: scope.depth - 1 });
  const options = [
    simple,
    name,
    inner.map((text) => `note(${text})`),
    fc.tuple(inner, inner).map(([left, right]) => `[${left}, ${right}]`),
    fc.tuple(inner, inner, inner).map(([test, yes, no]) => `(${test} ? ${yes} : ${no})`),
    fc.tuple(inner, inner).map(([left, right]) => `(${left} ?? ${right})`),
    inner.map((text) => `\`\${String(${text})} \${1}\``),
    inner.map(
      (text) =>
        `[3, 4].map((item) => [item, ${text.includes('await') || text.includes('yield') ? '0' : text}])`,
    ),
    inner.map((text) => `({ m() { return note('m'); }, get g() { return note('g'); }, v: ${text} }).v`),
  ];
  if (scope.callable.length > 0)
    options.push(
      fc
        .tuple(fc.constantFrom(...scope.callable), inner)
        .map(([called, given]) => `attempt(() => ${called}, ${given})`),
    );
  if (scope.isAsync) options.push(inner.map((text) => `(await ${text})`));
  if (scope.isGenerator) options.push(inner.map((text) => `(yield ${text})`));
  if (scope.hasThis) options.push(fc.constant('kindOf(this)'));
  if (scope.hasArguments) options.push(fc.constant('arguments.length'));
  return pick(...options);
}

function statement(scope: Scope): fc.Arbitrary<string> {
  const value = expression({ ...scope, depth: Math.min(scope.depth, 2) });
  const plain = [
    value.map((text) => `note(${text});`),
    value.map((text) => `return ${text};`),
    value.map((text) => `throw note(${text});`),
    fc.constant(';'),
    fc.constant('/* a comment with a brace } */'),
  ];
  if (scope.parameters.length > 0)
    plain.push(
      fc.tuple(fc.constantFrom(...scope.parameters), value).map(([name, text]) => `${name} = ${text};`),
    );
  if (scope.depth <= 0) return pick(...plain);
  const inner = statement({ ...scope, depth: scope.depth - 1 });
  const nested = functionText('inner', { ...scope, depth: scope.depth - 1, callable: [] });
  return pick(
    ...plain,
    fc.tuple(value, inner).map(([test, body]) => `if (${test}) { ${body} }`),
    fc.tuple(value, inner, inner).map(([test, yes, no]) => `if (${test}) { ${yes} } else { ${no} }`),
    inner.map(
      (body) =>
        `outer: for (const item of [1, 2]) { for (;;) { if (item === 1) continue outer; break outer; } ${body} }`,
    ),
    fc
      .tuple(inner, inner)
      .map(([body, handler]) => `try { ${body} } catch (error) { note(describe(error)); ${handler} }`),
    fc.tuple(inner, value).map(([body, last]) => `try { ${body} } finally { note(${last}); }`),
    fc
      .tuple(value, inner)
      .map(([of, body]) => `switch (${of}) { case 1: ${body} default: note('default'); }`),
    nested.map(({ text, call }) => `{ ${text} note(attempt(() => ${call}, 1)); }`),
    nested.map(
      ({ text, call }) =>
        `note(typeof ${call.split('.')[0] ?? ''}); ${text.startsWith('function') ? text : ''}`,
    ),
    inner.map((body) => `{ ${body} }`),
  );
}

interface Made {
  readonly text: string;
  /** An expression that gives the function. */
  readonly call: string;
}

const parameterLists: readonly (readonly [string, readonly string[]])[] = [
  ['', []],
  ['first', ['first']],
  ['first, second', ['first', 'second']],
  ["first, second = note('default')", ['first', 'second']],
  ['{ a } = { a: 1 }, ...rest', ['a', 'rest']],
  ['[first] = [1], second = first', ['first', 'second']],
  ['{ a: { b } }', ['b']],
];

const kinds = ['', 'async ', '*', 'async *'] as const;

function functionText(name: string, given: Pick<Scope, 'depth' | 'callable'>): fc.Arbitrary<Made> {
  return fc
    .tuple(
      fc.constantFrom(...kinds),
      fc.constantFrom(...parameterLists),
      fc.constantFrom<Form>(
        'declaration',
        'expression',
        'arrow',
        'short arrow',
        'method',
        'static',
        'private',
        'getter',
        'setter',
        'constructor',
        'derived',
        'object method',
        'field',
        'named',
      ),
    )
    .chain(([kind, [list, parameters], form]) => {
      const isArrow = ['arrow', 'short arrow', 'field'].includes(form);
      const isPlain = isArrow || ['getter', 'setter', 'constructor', 'derived'].includes(form);
      const isAsync = isPlain ? isArrow && kind.startsWith('async') : kind.startsWith('async');
      const isGenerator = !isPlain && kind.endsWith('*');
      const parameter = form === 'setter' ? ['first'] : form === 'getter' ? [] : parameters;
      const scope: Scope = {
        ...given,
        isAsync,
        isGenerator,
        hasThis: form !== 'derived' && !isArrow,
        hasArguments: !isArrow && form !== 'getter',
        parameters: parameter,
      };
      const body =
        form === 'short arrow'
          ? expression(scope)
          : fc
              .array(statement(scope), { maxLength: 4 })
              .map((lines) => lines.map((line) => `  ${line}`).join('\n'));
      const prefix = isPlain ? (isAsync ? 'async ' : '') : kind;
      return body.map((text) =>
        shape({
          name,
          form,
          prefix,
          list: form === 'getter' ? '' : form === 'setter' ? 'first' : list,
          body: text,
        }),
      );
    });
}

type Form =
  | 'declaration'
  | 'expression'
  | 'arrow'
  | 'short arrow'
  | 'method'
  | 'static'
  | 'private'
  | 'getter'
  | 'setter'
  | 'constructor'
  | 'derived'
  | 'object method'
  | 'field'
  | 'named';

interface Parts {
  readonly name: string;
  readonly form: Form;
  readonly prefix: string;
  readonly list: string;
  readonly body: string;
}

function shape({ name, form, prefix, list, body }: Parts): Made {
  const star = prefix.endsWith('*') ? '*' : '';
  const word = prefix.startsWith('async') ? 'async ' : '';
  const block = `(${list}) {\n${body}\n}`;
  const member = (text: string, call: string): Made => ({ text: `class C${name} {\n${text}\n}`, call });
  switch (form) {
    case 'declaration':
      return { text: `${word}function ${star}${name}${block}`, call: name };
    case 'expression':
      return { text: `const ${name} = ${word}function ${star}${block};`, call: name };
    case 'named':
      return { text: `const ${name} = ${word}function ${star}own${block};`, call: name };
    case 'arrow':
      return { text: `const ${name} = ${word}(${list}) => {\n${body}\n};`, call: name };
    case 'short arrow':
      return { text: `const ${name} = ${word}(${list}) => ${body};`, call: name };
    case 'method':
      return member(`${prefix}${name}${block}`, `new C${name}().${name}`);
    case 'static':
      return member(`static ${prefix}${name}${block}`, `C${name}.${name}`);
    case 'private':
      return member(
        `${prefix}#${name}${block}\nreach(...args) { return this.#${name}(...args); }`,
        `new C${name}().reach`,
      );
    case 'getter':
      return member(`get ${name}${block}`, `(() => new C${name}().${name})`);
    case 'setter':
      return member(`set ${name}${block}`, `((value) => (new C${name}().${name} = value))`);
    case 'constructor':
      return member(
        `constructor${block}\nkind() { return 'made'; }`,
        `((...args) => new C${name}(...args).kind?.())`,
      );
    case 'derived':
      return {
        text: `class B${name} { constructor(value) { note(value); } }\nclass C${name} extends B${name} {\nconstructor(${list}) {\nsuper(note('super'));\n${body}\n}\n}`,
        call: `((...args) => typeof new C${name}(...args))`,
      };
    case 'field':
      return member(`${name} = ${word}(${list}) => {\n${body}\n}`, `new C${name}().${name}`);
    default:
      return { text: `const o${name} = {\n${prefix}${name}${block},\n};`, call: `o${name}.${name}` };
  }
}

/** Programs: some functions of all kinds, calls of them before and after they are defined, in files of all kinds. */
export const programs: fc.Arbitrary<Program> = fc
  .record({
    count: fc.integer({ min: 1, max: 4 }),
    isTyped: fc.boolean(),
    newline: fc.constantFrom('\n', '\r\n'),
    mark: fc.constantFrom('', '', '\uFEFF'),
    head: fc.constantFrom(
      '',
      "'use strict';\n",
      '// A comment.\n',
      '/* One. */\n\n',
      '#!/usr/bin/env node\n',
    ),
    tail: fc.constantFrom('', '\n', '\n\n', '\n// the end'),
    tabs: fc.boolean(),
    semicolons: fc.boolean(),
    isEarly: fc.boolean(),
    isExported: fc.boolean(),
  })
  .chain(({ count, ...style }) => {
    const functions = Array.from({ length: count }, (_, index) => {
      const callable = Array.from({ length: index }, (__, each) => `f${each}`);
      // Only declarations have their own name outside; the others are reached through what `made` holds.
      return functionText(`f${index}`, { depth: 2, callable: callable.map((name) => `made.${name}`) });
    });
    return fc.tuple(...functions).map((made) => ({ text: programText(made, style), isTyped: style.isTyped }));
  });

interface Style {
  readonly newline: string;
  readonly mark: string;
  readonly head: string;
  readonly tail: string;
  readonly tabs: boolean;
  readonly semicolons: boolean;
  readonly isEarly: boolean;
  readonly isExported: boolean;
  readonly isTyped: boolean;
}

function programText(made: readonly Made[], style: Style): string {
  const lines: string[] = [];
  const hoisted = made.findIndex(
    ({ text }) => text.startsWith('function') || text.startsWith('async function'),
  );
  if (style.isEarly && hoisted >= 0) lines.push(`begin(f${hoisted});`);
  lines.push(style.isTyped ? 'const made: any = {};' : 'const made = {};');
  for (const [index, { text, call }] of made.entries()) {
    const isDeclaration = /^(?:async )?(?:function|class)/.test(text);
    lines.push(style.isExported && isDeclaration && style.isTyped ? `export ${text}` : text);
    lines.push(`made.f${index} = ${call};`);
  }
  lines.push('begin(made);');
  let text = style.head + lines.join('\n') + style.tail;
  if (!style.semicolons) text = text.replaceAll(/;(?=\n(?![ \t]*[([`/+-]))/g, '');
  if (style.tabs) text = text.replaceAll(/^ {2}/gm, '\t');
  return style.mark + text.replaceAll('\n', style.newline);
}
