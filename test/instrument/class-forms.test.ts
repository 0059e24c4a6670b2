import { describe, expect, test } from 'vitest';
import { edited, skips, type EditOptions } from './class-harness.js';

const text = (source: string, options?: EditOptions): string => edited(source, options).text;

describe('a static block gives methods their traced form', () => {
  test('all of a class in one block, in their order, before the first member', () => {
    const source = `export class Agent {
  /** Runs. */
  async run(task: string): Promise<string> {
    return task;
  }

  static make(): Agent { return new Agent(); }

  get size() { return 1; }
  set size(value: number) {}
  *[Symbol.iterator]() {}
}
`;
    const attributes = [['agent', 'this.name']] as const;
    expect(text(source, { attributes })).toBe(
      source.replace(
        '{\n',
        `{
  static {
    traceMethod(spans.work, { agent: 'this.name' }, this.prototype, 'run');
    traceMethod(spans.work, { agent: 'this.name' }, this, 'make');
    traceAccessor(spans.work, { agent: 'this.name' }, this.prototype, 'get', 'size');
    traceAccessor(spans.work, { agent: 'this.name' }, this.prototype, 'set', 'size');
    traceMethod(spans.work, { agent: 'this.name' }, this.prototype, Symbol.iterator);
  }

`,
      ),
    );
  });

  test.each([
    [
      'on one line',
      'class A { run() {} }',
      "class A { static { traceMethod(spans.work, this.prototype, 'run'); } run() {} }",
    ],
    [
      'without a space',
      'class A{run(){}}',
      "class A{ static { traceMethod(spans.work, this.prototype, 'run'); }run(){}}",
    ],
    [
      'behind a comment on its first line',
      'class A { // c\n\trun() {}\n}',
      "class A { // c\n\tstatic {\n\t  traceMethod(spans.work, this.prototype, 'run');\n\t}\n\n\trun() {}\n}",
    ],
    [
      'behind an empty line',
      'class A {\n\n  // c\n  run() {}\n}',
      "class A {\n\n  static {\n    traceMethod(spans.work, this.prototype, 'run');\n  }\n\n  // c\n  run() {}\n}",
    ],
    [
      'with Windows line ends',
      'class A {\r\n  run() {}\r\n}',
      "class A {\r\n  static {\r\n    traceMethod(spans.work, this.prototype, 'run');\r\n  }\r\n\r\n  run() {}\r\n}",
    ],
    [
      'where a comment of many lines begins on its first line',
      'class A { /* c\n d */ run() {}\n}',
      "class A { static { traceMethod(spans.work, this.prototype, 'run'); } /* c\n d */ run() {}\n}",
    ],
    [
      'without indentation',
      'class A {\nrun() {}\n}',
      "class A {\nstatic {\n  traceMethod(spans.work, this.prototype, 'run');\n}\n\nrun() {}\n}",
    ],
  ])('%s', (_, source, expected) => {
    expect(text(source)).toBe(expected);
  });

  test('without semicolons, and in the quotes of the file', () => {
    const source = 'class A {\n  run() {}\n  stop() {}\n}';
    expect(text(source, { semicolons: false, quote: '"' })).toBe(
      'class A {\n  static {\n    traceMethod(spans.work, this.prototype, "run")\n    traceMethod(spans.work, this.prototype, "stop")\n  }\n\n  run() {}\n  stop() {}\n}',
    );
  });

  test.each([
    ["'a b'() {}", "'a b'"],
    ['"it\'s"() {}', "'it\\'s'"],
    ['0x10() {}', "'16'"],
    ["['x']() {}", "'x'"],
    ['[7]() {}', "'7'"],
    ['[key]() {}', 'key'],
    ['[Kind.Run]() {}', 'Kind.Run'],
    ['async *[Symbol.asyncIterator]() {}', 'Symbol.asyncIterator'],
    ['static async *stream() {}', "'stream'"],
    ['get() {}', "'get'"],
    ['async() {}', "'async'"],
    ['static static() {}', "'static'"],
    ['__proto__() {}', "'__proto__'"],
  ])('names %s', (member, name) => {
    expect(text(`class A { ${member} }`)).toContain(`, ${name}); }`);
  });

  test('where only some are chosen', () => {
    const { results } = edited('class A { a() {} b() {} c() {} }', { only: ({ name }) => name !== 'b' });
    expect(results.map((result) => ('edits' in result ? result.edits.length : 0))).toEqual([1, 0]);
  });

  test('in nested classes, each its own', () => {
    const source = 'class A {\n  run() {\n    return class {\n      go() {}\n    };\n  }\n}\n';
    expect(text(source)).toBe(
      "class A {\n  static {\n    traceMethod(spans.work, this.prototype, 'run');\n  }\n\n  run() {\n    return class {\n      static {\n        traceMethod(spans.work, this.prototype, 'go');\n      }\n\n      go() {}\n    };\n  }\n}\n",
    );
  });
});

describe('private methods become getters', () => {
  test('with all their overloads', () => {
    const source = `class A {
  #at(key: string): string;
  #at(key: number): number;
  #at(key: unknown): unknown {
    return key;
  } // end

  use() { return #at in this && this.#at(1); }
}
`;
    expect(text(source, { only: ({ name }) => name === '#at' })).toBe(`class A {
  #atUntraced(key: string): string;
  #atUntraced(key: number): number;
  #atUntraced(key: unknown): unknown {
    return key;
  } // end

  get #at() {
    return tracePrivate(spans.work, '#at', this.#atUntraced);
  }

  use() { return #at in this && this.#at(1); }
}
`);
  });

  test('static ones, and on one line', () => {
    expect(text('class A { static async *#run<T>(a: T) {} }')).toBe(
      "class A { static async *#runUntraced<T>(a: T) {} static get #run() { return tracePrivate(spans.work, '#run', this.#runUntraced); } }",
    );
  });
});

describe('constructors get a try around their statements', () => {
  const only: EditOptions['only'] = ({ kind }) => kind === 'constructor';

  test('behind super(), with the arguments that paths ask for', () => {
    const source = `class A extends B {
  constructor(private readonly config: Config, name = 'a') {
    super(name); // first

    this.name = name;
  }
}
`;
    const attributes = [
      ['model', 'args.1.length'],
      ['kind', 'this.kind'],
    ] as const;
    expect(text(source, { only, attributes })).toBe(`class A extends B {
  constructor(private readonly config: Config, name = 'a') {
    super(name); // first

    const span = traceConstruction(spans.work, { model: 'args.1.length', kind: 'this.kind' }, { args: [config, name], this: this });
    try {
    this.name = name;
    } catch (error) {
      throw span.failed(error);
    } finally {
      span.end();
    }
  }
}
`);
  });

  test.each([
    [
      'on one line',
      'class A { constructor() { this.x = 1 } }',
      'class A { constructor() { const span = traceConstruction(spans.work); try { this.x = 1 } catch (error) { throw span.failed(error); } finally { span.end(); } } }',
    ],
    [
      'without statements',
      'class A { constructor(readonly x: number) {} }',
      'class A { constructor(readonly x: number) { traceConstruction(spans.work).end();} }',
    ],
    [
      'with a comment alone',
      'class A {\n  constructor() {\n    // nothing\n  }\n}',
      'class A {\n  constructor() {\n    traceConstruction(spans.work).end();\n    // nothing\n  }\n}',
    ],
    [
      'with nothing behind super()',
      'class A extends B {\n  constructor() {\n    super();\n  }\n}',
      'class A extends B {\n  constructor() {\n    super();\n    traceConstruction(spans.work).end();\n  }\n}',
    ],
    [
      'where span is taken',
      'class A { constructor(span) { this.span = span; } }',
      'class A { constructor(span) { const span2 = traceConstruction(spans.work); try { this.span = span; } catch (error) { throw span2.failed(error); } finally { span2.end(); } } }',
    ],
  ])('%s', (_, source, expected) => {
    expect(text(source, { only })).toBe(expected);
  });

  test.each([
    ['a pattern', '{ model }: Config', 'args.0.model', '{ args: arguments }'],
    ['rest parameters', '...all: string[]', 'args.0', '{ args: arguments }'],
    ['more arguments than parameters', 'a: string', 'args.1', '{ args: arguments }'],
    ['the number of arguments', 'a: string', 'args.length', '{ args: arguments }'],
    ['what has been made', 'a: string', 'result.id', '{ this: this }'],
    ['a value', 'a: string', '=chat', '{}'],
  ])('and reads %s', (_, parameters, path, roots) => {
    const attributes = [['x', path]] as const;
    expect(text(`class A { constructor(${parameters}) { f(); } }`, { only, attributes })).toContain(
      `{ x: '${path}' }, ${roots});`,
    );
  });
});

describe('decorators', () => {
  const style = 'decorator';

  test.each([
    [
      'behind the comment, before the modifiers',
      '{\n  /** Runs. */\n  public async run() {}\n}',
      '{\n  /** Runs. */\n  @traced(spans.work)\n  public async run() {}\n}',
    ],
    ['on one line', '{ run() {} }', '{ @traced(spans.work) run() {} }'],
    [
      'behind those that are there',
      '{\n  @a() @b\n  static run() {}\n}',
      '{\n  @a() @b\n  @traced(spans.work)\n  static run() {}\n}',
    ],
    [
      'on the line of one that is there',
      '{\n  @a() *run() {}\n}',
      '{\n  @a() @traced(spans.work) *run() {}\n}',
    ],
    [
      'at the implementation of overloads',
      '{\n  run(a: 1): 1;\n  run(a: 2): 2;\n  run(a: any): any {}\n}',
      '{\n  run(a: 1): 1;\n  run(a: 2): 2;\n  @traced(spans.work)\n  run(a: any): any {}\n}',
    ],
    [
      'on names that are worked out',
      '{\n  [`a${b}`]() {}\n}',
      '{\n  @traced(spans.work)\n  [`a${b}`]() {}\n}',
    ],
  ])('%s', (_, source, expected) => {
    expect(text(`class A ${source}`, { style })).toBe(`class A ${expected}`);
  });

  test('carry the paths', () => {
    const attributes = [['task.id', 'args.0.id']] as const;
    expect(text('class A {\n  run() {}\n}', { style, attributes })).toContain(
      "  @traced(spans.work, { 'task.id': 'args.0.id' })\n  run()",
    );
  });

  test('are used where a method has some already, whatever the style', () => {
    expect(text('class A {\n  @a\n  run() {}\n}')).toBe(
      'class A {\n  @a\n  @traced(spans.work)\n  run() {}\n}',
    );
  });

  test('are not used where they would bring types into the program, nor in JavaScript', () => {
    for (const options of [{ emitsDecoratorMetadata: true }, { path: 'a.js' }])
      expect(text('class A { run() {} }', { style, ...options })).toContain('static { traceMethod(');
  });

  test('take private methods only where they are the language\u2019s own', () => {
    expect(text('class A { #run() {} }', { style, legacyDecorators: false })).toBe(
      'class A { @traced(spans.work) #run() {} }',
    );
    expect(text('class A { #run() {} }', { style, legacyDecorators: true })).toContain('get #run()');
    expect(text('class A { #run() {} }', { style })).toContain('get #run()');
  });

  test.each([
    ['a first field without a value', 'class A { kind: string; run() {} }', false],
    ['a static block', 'class A { static {} run() {} }', true],
  ])('would change more than a method in a class with %s', (_, source, legacyDecorators) => {
    expect(text(source, { style, legacyDecorators })).toContain('static { traceMethod(');
    expect(text('class A { kind: string = ""; run() {} }', { style, legacyDecorators })).toContain(
      '@traced(',
    );
  });

  test('of a class make its name stand for it where they are the older ones', () => {
    const source = '@a class A { run() {} static make() {} }';
    expect(text(source, { legacyDecorators: true })).toContain(
      "static { traceMethod(spans.work, A.prototype, 'run'); traceMethod(spans.work, A, 'make'); }",
    );
    expect(text(source, { legacyDecorators: false })).toContain("this.prototype, 'run'");
    expect(text(source)).toContain("this.prototype, 'run'");
  });

  test('are not used in class expressions', () => {
    expect(text('x = class { run() {} }', { style })).toContain('static { traceMethod(');
  });

  test('leave accessors and constructors to the other forms', () => {
    const { results } = edited('class A { get a() { return 1; } constructor() { f(); } }', { style });
    expect(results.map((result) => ('form' in result ? result.form : ''))).toEqual([
      'static block',
      'constructor',
    ]);
  });
});

describe('what is left alone', () => {
  test.each([
    [
      'OBS5100',
      'class A { a() { return tracer.startActiveSpan("a", f); } }',
      'there is a span already: `tracer.startActiveSpan`',
    ],
    ['OBS5100', 'class A { @Span() a() {} }', 'there is a span already: `@Span`'],
    [
      'OBS5101',
      'class A { static async a() { "use server"; } }',
      'the body begins with `use server`: a compiler moves or rewrites the method',
    ],
    ['OBS5130', 'class A { [`a${b}`]() {} }', 'its name is worked out: [`a${b}`]'],
    ['OBS5130', 'class A { [f()]() {} }', 'its name is worked out: [f()]'],
    ['OBS5131', 'class A { get #a() { return 1; } }', 'private accessors cannot be replaced'],
    [
      'OBS5132',
      'class A { #a() {} #aUntraced() {} }',
      '`#a` would become `#aUntraced`, which the file has already',
    ],
    [
      'OBS5133',
      'class A { #a(): never { throw 1; } }',
      'TypeScript narrows after calls of `#a`, and does not where it is a getter',
    ],
    [
      'OBS5133',
      'class A { #a(x: unknown): asserts x {} }',
      'TypeScript narrows after calls of `#a`, and does not where it is a getter',
    ],
    [
      'OBS5134',
      'class A extends B { constructor() { if (x) super(); else super(1); } }',
      'the constructor calls `super()` inside of another statement, or not at all',
    ],
    [
      'OBS5134',
      'class A extends null { constructor() { return {}; } }',
      'the constructor calls `super()` inside of another statement, or not at all',
    ],
    [
      'OBS5135',
      'class A { constructor() { f(); function f() {} } }',
      'the constructor declares functions in its body',
    ],
    [
      'OBS5135',
      'class A extends B { constructor() { super(() => x); const x = 1; } }',
      '`x` is declared behind `super()` and used before it',
    ],
    [
      'OBS5135',
      'class A { constructor(x?: string) { x ??= "a"; this.f = () => x.length; } }',
      '`x` is assigned and used in a function: TypeScript would forget what it knows of it',
    ],
    [
      'OBS5136',
      'class A extends B { constructor() { super() } }',
      'a statement would follow `super()` on its line without a semicolon between them',
    ],
    ['OBS5137', 'class A { a() {} a() {} }', 'another member of the same name replaces it'],
  ])('%s: %s', (code, source, message) => {
    const { text: after, results } = edited(source);
    const found = results.flatMap((result) => ('skip' in result ? [result.skip] : []));
    expect(found[0]).toMatchObject({ code, message });
    if (results.length === 1) expect(after).toBe(source);
  });

  test('OBS5138: a class without the name that it would need', () => {
    const { text: after, results } = edited('@a export default class { run() {} }', {
      legacyDecorators: true,
    });
    expect(after).toBe('@a export default class { run() {} }');
    expect(results[0]).toMatchObject({
      skip: { code: 'OBS5138', message: 'its class has decorators and no name' },
    });
  });

  test.each([
    ['x ??= 1; f(() => x);', true],
    ['[this.a, { b: x = 2 }] = c; f(() => ({ x }));', true],
    ['for (x of y) f(); f(function () { return x; });', true],
    ['x++; f(class { [x]() {} });', true],
    ['this.x = x; f(() => x);', false],
    ['x ??= 1; f(() => this.x, { x: () => ({ x: 1 }) });', false],
    ['let y = 1; y = 2; f(() => y);', false],
    ['a[x] = 1; f(() => x);', false],
    ['x = 1; f(x);', false],
  ])('only where a parameter is assigned and used in a function: %s', (body, isSkipped) => {
    const { results } = edited(`class A { constructor(x) { ${body} } }`, {
      only: ({ kind }) => kind === 'constructor',
    });
    expect(skips(results)).toEqual(isSkipped ? ['OBS5135'] : []);
  });

  test('at its name', () => {
    const source = 'class A { constructor() { f(); function f() {} } get #size() { return 1; } }';
    const shown = edited(source).results.map((result) =>
      'skip' in result ? source.slice(result.skip.start, result.skip.end) : '',
    );
    expect(shown).toEqual(['constructor', '#size']);
  });

  test('abstract members and fields are no places at all', () => {
    const { results } = edited('abstract class A { abstract run(): void; accessor x = 1; y = 2; static {} }');
    expect(skips(results)).toEqual([]);
    expect(results).toEqual([]);
  });
});
