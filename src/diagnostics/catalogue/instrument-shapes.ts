import { entries } from './entry.js';

/** OBS51xx: places that the codemod leaves alone. */
export const instrumentShapeEntries = entries({
  OBS5100: {
    severity: 'info',
    title: 'there is a span already',
    explanation: `A function or call that opens a span itself, or is handed to something that does, would have two spans for one piece of work. Calls of OpenTelemetry, of the generated helpers, and of the SDKs of Sentry, Langfuse, LangSmith, Braintrust and Datadog are recognised by their names; spans of nested functions do not count.

  async function search(query: string) {
    return tracer.startActiveSpan('search', async (span) => { ... });
  }

Nothing has to be done. To have the generated helper there, take out the span that was written by hand.`,
  },
  OBS5101: {
    severity: 'info',
    title: 'function left alone: a directive has a compiler rewrite it',
    explanation: `A body that begins with "use server", "use cache", "use step" or another directive is moved into another module, or turned into something else, by the framework's compiler, which looks for the function as it was written.

  async function save(form: FormData) {
    'use server';
    await store(form);
  }

Instrument a function that it calls: here \`store\`.`,
  },
  OBS5102: {
    severity: 'info',
    title: 'function left alone: its strict mode would move',
    explanation: `A body that begins with "use strict" has strict rules for its parameters and for \`this\` as well. This one stands where its body would have to move into a function of its own, and the directive with it.

  const handlers = { run() { 'use strict'; return this; } };

Put the directive on top of the file, or leave it out in a module, where the rules are strict in any case.`,
  },
  OBS5103: {
    severity: 'info',
    title: 'function left alone: it is called where it stands',
    explanation: `The compiler reads a function that is called on the spot as part of the code around it: what it assigns is assigned behind it, and what was narrowed before it is narrow in it. Both would be lost if it was an argument of a helper.

  let name: string;
  (() => { name = 'a'; })();
  use(name);

Give it a name and call that, or instrument the function around it. Asynchronous functions that are called where they stand are instrumented.`,
  },
  OBS5104: {
    severity: 'info',
    title: 'function left alone: a type guard may be inferred from it',
    explanation: `From TypeScript 5.5 on, a function whose one expression tells something of its parameter is a type guard, though nothing says so. With its body in another function it would be one no longer, and the code that relies on it would not compile.

  const known = values.filter((value) => value !== undefined);

Write the type of the result, either as a guard or as \`boolean\`: (value): value is string => value !== undefined.`,
  },
  OBS5105: {
    severity: 'info',
    title: 'function left alone: a parameter is assigned and captured',
    explanation: `What the compiler knows of a parameter behind its last assignment also holds in nested functions that are made later. If the body was a function of its own, each of its assignments would itself be one of a nested function, and the knowledge would be lost.

  onMessage((text) => {
    text ??= '';
    return () => text.length;
  });

Assign to a variable of the body instead: const message = text ?? ''.`,
  },
  OBS5106: {
    severity: 'info',
    title: 'function left alone: its result is inferred from itself',
    explanation: `A function without a declared result that mentions itself in what it returns can be typed as long as the compiler need not look into its body. As an argument of a helper it would have to.

  const tools = { next() { return () => tools.next(); } };

Write the type of the result at the function; then it can be instrumented.`,
  },
  OBS5107: {
    severity: 'info',
    title: 'method left alone: it only throws',
    explanation: `A method without a declared result that ends by throwing and returns nothing is of type \`void\`; with its body in another function it would be of type \`never\`, and the code behind its calls would count as unreachable.

  const handlers = { stop() { throw new Error('not supported'); } };

Write the type of the result at the method, \`void\` or \`never\`; then it can be instrumented.`,
  },
  OBS5108: {
    severity: 'info',
    title: 'function left alone: its literal may be inferred by a call',
    explanation: `A call may infer the type 'a' from a function that returns 'a', where its type parameter asks for texts or is \`const\`. Through the helper it would infer \`string\`. Whether it does cannot be seen without its declaration.

  const kind = select(() => 'a');

Write the type of the result at the function: (): 'a' => 'a'.`,
  },
  OBS5109: {
    severity: 'info',
    title: 'generator left alone',
    explanation: `A generator gets its span by being handed to a helper as a whole: its body cannot move into another function, because \`yield\` belongs to the one that it stands in. That works for declared functions, methods of classes, and expressions whose types do not depend on what is around them, but not for methods of object literals and for expressions whose parameters are typed by a call.

  const source = { *values() { yield 1; } };

Declare the generator on its own and refer to it: const source = { values }.`,
  },
  OBS5110: {
    severity: 'info',
    title: 'call left alone: it is part of an optional chain',
    explanation: `An optional chain ends as a whole where one of its objects is missing. A call in it cannot be given to a helper without deciding that twice.

  await client?.messages.create({ model });

Check for \`undefined\` before the call: if (client !== undefined) await client.messages.create({ model }).`,
  },
  OBS5111: {
    severity: 'info',
    title: 'call left alone: what is called cannot be named twice',
    explanation: `A call is recorded by asking a helper for the method of an object, or for the function of a name. \`super\`, \`import\` and \`require\` mean what they do only where they stand; decorators are called by the language; and what is itself the result of a call, of an index or of a condition has no name.

  await handlers[kind](task);

Give what is called a name first, or instrument the function itself.`,
  },
  OBS5112: {
    severity: 'info',
    title: 'call left alone: the method may be hidden by its class',
    explanation: `Private and protected members can be called in their class, but not be named by their key in an argument. Of a member that is inherited, the file does not say whether it is one.

  class Agent extends Base {
    run() { return this.ask('a'); }
  }

Instrument the method itself, with a rule that has \`class\` and \`method\`.`,
  },
  OBS5113: {
    severity: 'info',
    title: 'call left alone: it may assert something or never return',
    explanation: `The compiler follows a statement such as \`assert(value)\` or \`process.exit(1)\` by the declaration behind its name: what stands below it is narrower, or not reached. Through a helper it would not see that. Statements whose function is named like one that does so are left alone.

  assert.ok(client);
  client.run();

Nothing has to be done; assertions are seldom worth a span.`,
  },
  OBS5114: {
    severity: 'info',
    title: 'function left alone: what it returns is typed from outside',
    explanation: `Of several results of which one is a function with parameters that have no types, the types come from what is around the function. Through the helper the first result would decide on them.

  const curves: Record<string, Curve> = { watts: (own) => (own ? () => 400 : ({ load }) => 230 * load) };

Write the type of the result at the function, or the types of the parameters at what it returns.`,
  },
  OBS5115: {
    severity: 'info',
    title: 'function left alone: it asks for the active span',
    explanation: `A function that asks OpenTelemetry for the active span or context means the one of whoever called it: to write an id on a log line, to set an attribute, to make a link. In a span of its own it would be told of that one.

  function currentTraceId() {
    return trace.getActiveSpan()?.spanContext().traceId;
  }

Nothing has to be done: what calls it can have a span.`,
  },
  OBS5130: {
    severity: 'info',
    title: 'method left alone: its name is worked out',
    explanation: `A method is given its traced form by its name, in a static block of its class. A name that is an expression, as in the example, would have to be worked out a second time, which might do something twice or give another name. Names, texts, numbers, and constants such as \`[Symbol.asyncIterator]\` or \`[key]\` can be named again.

  class Handlers {
    [\`on\${event}\`]() {}
  }

Put the name into a constant, or let the method call another one that has a name, and trace that.`,
  },
  OBS5131: {
    severity: 'info',
    title: 'private accessor left alone',
    explanation: `Nothing outside of a class can replace a getter or setter such as \`get #size()\`, and one getter in front of another would change what reading and writing the property mean together.

  get #size() { return this.count(); }     left alone
  count() { … }                            can be traced

Trace a method that the accessor calls, or the method that reads it.`,
  },
  OBS5132: {
    severity: 'info',
    title: 'private method left alone: its second name is taken',
    explanation: `A private method is renamed, \`#load\` to \`#loadUntraced\`, and a getter of its old name hands out its traced form. Where the file has that second name already, in this class or in one around it, the two would be mixed up.

  #load() { … }             would become #loadUntraced
  #loadUntraced() { … }     which is there already

Rename what is called \`#loadUntraced\` in the file.`,
  },
  OBS5133: {
    severity: 'info',
    title: 'private method left alone: it asserts or never returns',
    explanation: `After a call of a method that asserts something or never returns, TypeScript knows more, or knows that what follows is not reached. It draws that conclusion for methods, not for getters that hand out a function, which is what a traced private method becomes. Code behind such a call would no longer compile.

  #fail(message: string): never { throw new Error(message); }
  #check(task: Task | undefined): asserts task is Task { ... }

Trace the method that calls it.`,
  },
  OBS5134: {
    severity: 'info',
    title: 'constructor left alone: super() is no statement of its own',
    explanation: `The span of a constructor begins behind \`super()\`: before it there is no object, and TypeScript asks for the call to stand directly in the constructor's body. Where it stands inside of another statement, as in the example, no place is behind it on all ways.

  constructor(options) {
    if (options) super(options);
    else super({});
  }

Make it one statement: \`super(options ?? {});\`.`,
  },
  OBS5135: {
    severity: 'info',
    title: 'constructor left alone: its statements need to stay in place',
    explanation: `The statements of a constructor come to stand in a \`try\`. Three kinds of them mean something else there: functions that are declared in the body, names that are declared behind \`super()\` and used before it, and parameters that are assigned in the body and used in a function inside of it, of which TypeScript then no longer knows that they are not undefined.

  constructor(name?: string) {
    name ??= 'agent';
    this.greet = () => name.toUpperCase();
  }

Move the statements into a method and trace that, or use another variable: \`const given = name ?? 'agent'\`.`,
  },
  OBS5136: {
    severity: 'info',
    title: 'constructor left alone: no semicolon behind super()',
    explanation: `What is put behind \`super()\` has to be a statement of its own. Where the constructor is written on one line without a semicolon behind the call, as in the example, one would have to be added, and could not be told from yours when the span is removed again.

  constructor() { super() }

Add the semicolon, or put each statement on a line of its own.`,
  },
  OBS5137: {
    severity: 'info',
    title: 'method left alone: another one of the same name replaces it',
    explanation: `Of two members with the same name in a class body the last one counts; the first is never called. A span for it would be a second span for the other one.

  class Agent {
    run() { return 1; }
    run() { return 2; }
  }

Remove the one that is not called.`,
  },
  OBS5138: {
    severity: 'info',
    title: 'method left alone: its class has decorators and no name',
    explanation: `The static block of a class that has decorators names the class, because TypeScript has no \`this\` there for targets before ES2022 where \`experimentalDecorators\` is set. A class such as the one in the example cannot be named.

  @Injectable()
  export default class {
    run() {}
  }

Give the class a name.`,
  },
  OBS5160: {
    severity: 'info',
    title: 'file left alone: it runs in the browser',
    explanation: `A file that begins with "use client" is bundled for the browser. The generated helpers speak to OpenTelemetry's and prom-client's packages for Node, so importing them there would break the bundle or blow it up. Nothing is put into such a file, whatever the rules choose in it.

  'use client';
  export function SearchBox() { ... }

Leave these files out by \`instrument.exclude\` to be rid of the note. What the component calls on the server, its actions and routes, can be instrumented there.`,
  },
  OBS5161: {
    severity: 'info',
    title: 'file left alone: it is a script',
    explanation: `A file without import and export is a script: what it declares is visible to all other files of the program. The import of the helpers would make a module of it, and hide its declarations from whoever uses them. The same holds for a JavaScript file that neither imports nor requires anything, has no \`module.exports\`, and is not said to be a module by its extension or by its package.

  function start() { ... }
  start();

Where the file is meant to be a module, say so with \`export {}\`, with the extension .mts or .cjs, or with \`"moduleDetection": "force"\` in tsconfig.json.`,
  },
  OBS5162: {
    severity: 'warning',
    title: 'place left alone: its edit did not stand the check',
    explanation: `Before a file is written, what it would become is parsed again, and everything that was put in is taken out again: that has to give the file as it was, byte for byte. If it does not, the places that are to blame are found by trying parts of them, and are left out. The rest of the file is instrumented.

This is a fault of obs-gen, not of the code. Please report it with the code of the place, for example

  export const run = /* who would write this? */ async () => {};`,
  },
  OBS5163: {
    severity: 'warning',
    title: 'use of a helper left in place',
    explanation: `\`obs-gen instrument --remove\` takes out what it has put in. This line uses a helper of the generated \`instrument\` module in a way that it does not write itself: somebody has written or changed it by hand, as in

  const traced = ids.map((id) => traceFunction(spans.load, id, load));

Taking it out could lose something, so it stays, and the import of what it uses stays with it. Remove it by hand.`,
  },
  OBS5180: {
    severity: 'info',
    title: 'console call left alone: the logger has no such method',
    explanation: `Rules with \`console: true\` put the generated logger in the place of the console. It has what writes a line: log, info, warn, error, debug and trace. Tables, groups, timers and assertions have no counterpart in a log, and a method that is bound or applied is a value, which stays what it is.

  console.table(rows);
  console.log.call(console, 'text');

Name the methods in the rule to be rid of the note: \`match: { call: "console.{warn,error}" }\`; without \`call\` a rule means those six.`,
  },
  OBS5181: {
    severity: 'info',
    title: 'console call left alone: console is a name of this code',
    explanation: `In this place \`console\` is a parameter, a variable or an import of the file, and not the global object. What it does with its lines is its own affair.

  export function run(console: Pick<Console, 'log'>) {
    console.log('started');
  }

Hand the generated logger in where the function is called.`,
  },
  OBS5182: {
    severity: 'info',
    title: 'console call left alone: it seems to run in a browser',
    explanation: `The generated logger is for Node. A file that uses \`window\`, \`document\`, \`localStorage\` or \`sessionStorage\` without declaring them, and imports nothing of Node, seems to be meant for a browser, as is a function that is sent to one.

  await page.evaluate(() => console.log(location.href));

Leave such files out: \`not: { file: "src/browser/**" }\`.`,
  },
  OBS5183: {
    severity: 'info',
    title: 'call left alone: no callback among its arguments',
    explanation: `Rules with \`context: true\` keep the correlation context in the callbacks of a call. A callback is a function that is written as an argument, one of the file that is named there, a method of \`this\`, a function that is bound, or, as the last argument, something that is named like a handler. What a promise is settled with is none, and neither are generators, whose steps run when they are asked for.

  queue.process(handlers[name]);

Wrap it by hand where it is one: \`queue.process(keepContext(handlers[name]))\`, or give it a name.`,
  },
  OBS5184: {
    severity: 'info',
    title: 'callback left alone: its identity matters',
    explanation: `The file takes this function out again, looks for it, or compares it, or the call itself takes the same function only once. A function that keeps its context is another one, so it would not be found again.

  emitter.on('data', onData);
  emitter.off('data', onData);

Make it once, and use it in both places: \`const onData = keepContext((data) => { ... })\`.`,
  },
  OBS5185: {
    severity: 'info',
    title: 'callback left alone: its types come from what follows',
    explanation: `The compiler types the parameters of a function that is handed to another call before it looks at the arguments behind it. Where these may decide what the callback is given, as in the example, keeping its context would cost it its types.

  mapAll((each) => each.id, list);

Write the types of the parameters: \`(each: Item) => each.id\`.`,
  },
  OBS5186: {
    severity: 'info',
    title: 'callback left alone: its types belong to those of the call',
    explanation: `Where a call infers types from what it is given, the compiler works them out together with those of the callback. A callback in a call of its own is typed before that: parameters without a type become \`never\` or those of another overload, and a literal that is returned loses its narrow type. Timers, listeners and handlers of queues are safe; \`map\`, \`reduce\`, \`then\`, \`new Worker(...)\` and whatever returns something that is used may not be.

  const worker = new Worker('mail', async (job) => send(job.data));
  const total = rows.reduce((sum, row) => sum + row.size, 0);

Write the types of the parameters, those of the class (\`new Worker<Mail>(...)\`), or what the callback returns.`,
  },
});
