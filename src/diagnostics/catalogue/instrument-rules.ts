import { entries } from './entry.js';

/** OBS50xx: rules of the codemod. */
export const instrumentRuleEntries = entries({
  OBS5001: {
    severity: 'error',
    title: 'instrumentation rule that does nothing',
    explanation: `A rule says which code is meant and what is recorded of it. This one only says the former, so it would change nothing, and it would keep later rules away from the same places without saying so.

Name what it is for: a span, a counter, a histogram of times, a log event, or several of them. A rule that is meant to keep others away says \`leave: true\`.

  - match: { class: '*Agent', method: run }
    span: agent.run
  - match: { file: src/legacy }
    leave: true`,
  },
  OBS5002: {
    severity: 'error',
    title: 'keys of a rule that do not go together',
    explanation: `\`leave\` puts nothing anywhere, \`console\` replaces a call of the console by one of the generated logger, and \`context\` wraps the callbacks that a call is given: each of them is all that its rule does. \`span\`, \`count\`, \`time\` and \`log\` may stand together, \`attributes\` belong to a span, and \`context\` needs \`match.call\` to know which calls are meant.

Write a rule for each of the things that are to be done.

  - match: { file: 'src/**' }
    console: true
  - match: { call: 'queue.process' }
    context: true`,
  },
  OBS5003: {
    severity: 'error',
    title: 'match that nothing can fit',
    explanation: `All keys of a \`match\` have to fit. Two of these exclude each other: a call is no function, a method is no function outside of classes, and a function that belongs to no class implements nothing. The rule would never match, silently.

Remove one of the two keys, or write two rules. The methods of classes and of objects are named by \`method\`, functions and the variables that hold them by \`function\`, calls by \`call\`.

  - match: { class: '*Agent', method: run }
    span: agent.run`,
  },
  OBS5004: {
    severity: 'error',
    title: 'pattern that cannot have been meant',
    explanation: `In patterns of names, \`*\` stands for any characters, \`?\` for one and \`{a,b}\` for either; all else stands for itself, case included. In patterns of files \`*\` stays within a folder and \`**\` stands for any folders; they are relative to the folder of the spec, with / on every system. What stands here can match nothing, or not what it looks like.

  match: { class: '{Research,Writer}Agent', method: run, file: 'src/**/*.ts' }

Quotes are needed where YAML reads braces, \`*\` or \`#\` in its own way.`,
  },
  OBS5005: {
    severity: 'error',
    title: 'path of a value that cannot be read',
    explanation: `The value of an attribute, label or field is read along a path: \`args\` are what the function is called with, counted from 0; \`this\` is what it is called on; \`result\` is what it returns, or what its promise settles to. Properties and indices follow behind dots. A path reads properties and nothing else: it calls no function, it has no brackets and no operators, and private members are out of its reach. Where something on the way is missing, there is no value.

\`name\`, \`class\` and \`tool\` are what the code itself says at the place, and \`=chat\` is the text chat.

  attributes: { model: args.0.model, turns: args.0.messages.length, agent: this.name, tokens: result.usage.total, operation: =chat }`,
  },
  OBS5006: {
    severity: 'warning',
    title: 'path that no place of the rule has',
    explanation: `The path is well formed, but nothing that the rule matches can have a value there: constructors and setters return nothing, getters take no arguments, and only what a tool executes has the name of a tool. The attribute would stay empty on every span.

Name another value, or take the entry out.

  - match: { method: constructor, class: '*Client' }
    span: client.open
    attributes: { url: args.0.url }`,
  },
  OBS5007: {
    severity: 'error',
    title: 'rule names a label that the metric lacks',
    explanation: `Under \`count\` and \`time\`, \`labels\` gives the labels of the metric their values, by their names in PromQL. A name that the metric does not have has nowhere to go, and the code that is inserted would not compile.

Correct the name, or add the label to the metric. The label \`agent.model\` of a preset is \`model\` here.

  - match: { function: 'search*' }
    count: { metric: searches_total, labels: { engine: args.0.engine } }`,
  },
  OBS5008: {
    severity: 'warning',
    title: 'rule leaves a label of the span empty',
    explanation: `The span records metrics when it ends, and takes the values of their labels from its attributes. The rule gives one of these no value: unless the code sets it on the running span, the metrics drop what they are given and count it in obsgen_dropped_total.

Say where the value comes from, or write it down if it is always the same.

  - match: { function: 'chat*' }
    span: llm.chat
    attributes: { model: args.0.model, operation: =chat }`,
  },
  OBS5009: {
    severity: 'error',
    title: 'rule leaves a label of the metric empty',
    explanation: `A metric is recorded with all of its labels or not at all: with one missing, the update is dropped, and the code that is inserted would not compile. \`labels\` has to name each of them.

  - match: { class: '*Queue', method: push }
    count: { metric: jobs_total, labels: { queue: this.name, outcome: =queued } }`,
  },
  OBS5010: {
    severity: 'error',
    title: 'unknown log event',
    explanation: `\`log\` of a rule writes an event that is declared under \`logs.events\`, where its level, its sentence and the types of its fields stand. A name that is not there has no helper that could be called.

Correct the name, or declare the event.

  logs:
    events:
      search.done: { level: info, message: search done, fields: { query: string } }`,
  },
  OBS5011: {
    severity: 'error',
    title: 'value that its attribute or label does not take',
    explanation: `The rule writes a value down (\`=chat\`), or names one whose type is known (\`args.length\` is a number; \`name\`, \`class\` and \`tool\` are texts), and what it is for takes another: a label with fixed values has no such value, or the attribute or field is of another type.

Behind = a number is a number, true and false are truths, and all else is a text; quotes make a text of a number.

  attributes: { operation: =chat, attempt: =1, cached: =false, version: '="2"' }`,
  },
  OBS5012: {
    severity: 'warning',
    title: 'preset of rules without its spans',
    explanation: `The rules of \`instrument.presets\` open spans of the preset \`agent\`: agent.run, agent.model_call and agent.tool_call. The spec has no span of that name, neither from a preset nor its own, so these rules are left out and the SDK's calls stay untraced.

Add the preset, or declare a span of that name. Attributes that the rules would set and the span does not have are left out as well.

  presets: [agent]
  instrument:
    presets: [openai]`,
  },
  OBS5013: {
    severity: 'warning',
    title: 'rule that can never win',
    explanation: `The first rule that fits a place decides what is put there. All that this rule fits is fitted by one that stands before it, so it never gets a place; often the order was meant to be the other way round, from the special to the general.

Move it up, or remove it. Rules of presets stand behind all rules of the spec.

  - match: { class: ResearchAgent, method: run }
    span: research.run
  - match: { class: '*Agent', method: run }
    span: agent.run`,
  },
  OBS5014: {
    severity: 'warning',
    title: 'two instrumentation rules with one name',
    explanation: `The name of a rule is what summaries and \`--explain\` call it. With two of one name nobody can tell which of them chose a place, and what is said of the one may be read as said of the other.

Give one of them another name, or none: a rule without a name is called by its place, as instrument.rules[0].

  - { name: agents, match: { class: '*Agent', method: run }, span: agent.run }
  - { name: tools, match: { tool: '*' }, span: tool.call }`,
  },
  OBS5050: {
    severity: 'warning',
    title: 'source file cannot be read',
    explanation: `A file that the codemod was to look at could be listed, but not be read: it was removed or replaced in the meantime, or \
the permission to read it is missing. It was left out, and the other files were looked at as if it were not there.

Look at its permissions and run again:

  ls -l src/agent.ts

Where something else removes and writes files all the time, such as a generator in watch mode, stop it for the run or leave its output out \
by instrument.exclude.`,
  },
  OBS5051: {
    severity: 'warning',
    title: 'source file is too large',
    explanation: `The codemod reads files of up to 2 MiB, nested no deeper than the parser can follow. Beyond that a file was made by a \
program: bundles, tables, parsers, clients made from an API's description. Spans in it would be gone the next time that program runs, and the \
trace would show calls that nobody wrote.

Leave it out, and the note is gone:

  instrument:
    exclude: ['src/vendor/**']`,
  },
  OBS5052: {
    severity: 'warning',
    title: 'source file is not UTF-8',
    explanation: `The bytes of this file are no UTF-8: it was saved as UTF-16 or in an older encoding such as Windows-1252, or it is no text at \
all (.ts is also the extension of a video format). What cannot be decoded without loss cannot be written back byte for byte, so the file was left \
out.

Convert it, for example

  iconv -f WINDOWS-1252 -t UTF-8 src/agent.ts

or leave it out by instrument.exclude.`,
  },
  OBS5053: {
    severity: 'warning',
    title: 'source file has a syntax error',
    explanation: `The parser could not make sense of this file at the place shown, which is the first of its errors. An edit of code that was not \
understood could break more than it mends, so the file was left out; the other files were looked at.

Mend the error and run again. A file that is meant to be broken, such as input of a test, is left out by

  instrument:
    exclude: ['test/fixtures/**']

JavaScript with Flow types cannot be read either.`,
  },
  OBS5054: {
    severity: 'error',
    title: 'no such file or folder',
    explanation: `A path on the command line leads to nothing, or out of the folder of the spec. The codemod does not guess what was meant: a run \
that silently looked at nothing would be taken for one that found nothing to do.

Paths that are not absolute count from the folder in which observability.yaml stands:

  obs-gen instrument src/agents src/tools/search.ts

Code outside of that folder needs a spec of its own, or a spec further up.`,
  },
  OBS5055: {
    severity: 'warning',
    title: 'named file is left out',
    explanation: `A file that was named on the command line is none that the codemod looks at: no glob of instrument.include fits it, one of \
instrument.exclude does, it is no TypeScript or JavaScript, it only declares types (.d.ts), it belongs to a package in node_modules, or obs-gen \
generated it itself. The message says which.

Naming a file narrows a run down; it does not overrule the spec, so that everybody's run does the same. To have the file looked at, change the spec:

  instrument:
    include: ['src/**/*.ts', 'scripts/deploy.ts']`,
  },
  OBS5056: {
    severity: 'warning',
    title: 'no source file to look at',
    explanation: `Not one file fits instrument.include and is left by instrument.exclude, so there is nothing that a rule could match. Mostly the \
globs count from another folder than was thought: they are relative to the folder in which observability.yaml stands. Files that git ignores are \
never looked at, nor are node_modules, declarations (.d.ts) and what obs-gen generated.

For example, where the spec stands next to package.json and the code in src:

  instrument:
    include: ['src/**/*.ts']

The path is matched from its beginning, so *.ts means files beside the spec alone; **/*.ts means those at any depth.`,
  },
  OBS5057: {
    severity: 'error',
    title: 'a worker ended over a source file',
    explanation: `Files are planned in threads of their own. The thread that was at work on this file ended: it ran out of its memory, or made no \
progress for a minute. The file was left out; the others were planned by a new thread. Nothing can be said about this file, which is why this is an \
error.

Mostly the file is not one that somebody wrote. Leave it out:

  instrument:
    exclude: ['src/vendor/**']

Where it is an ordinary file, this is a fault of obs-gen: please report it together with the file.`,
  },
  OBS5058: {
    severity: 'error',
    title: 'source file could not be planned',
    explanation: `Planning the edits of this file failed inside obs-gen, in a way that its authors had ruled out. The file was left as it is, and the \
others were planned: an edit is only ever made whole. It is a fault of obs-gen and not of yours.

Please report it, with the smallest file that shows it; the stack says where it happened:

  OBSGEN_DEBUG=1 obs-gen instrument --dry-run src/agent.ts

Until it is mended, leave the file out by instrument.exclude.`,
  },
  OBS5060: {
    severity: 'warning',
    title: 'path that the code does not have',
    explanation: `A rule reads a value along a path that leads nowhere at this place: the function takes fewer arguments, it has no \`this\` of its own, it returns nothing, or the type of what stands there has no such property. The span is opened all the same; the attribute stays empty on it.

Correct the path in the spec, or keep the rule away from this place and give it one of its own.

  - match: { function: 'search*' }
    not: { function: searchAll }
    span: research.search
    attributes: { query: args.0 }`,
  },
});
