import { entries } from './entry.js';

/** OBS1xxx: bytes, YAML and limits. */
export const syntaxEntries = entries({
  OBS1001: {
    severity: 'error',
    title: 'file too large',
    explanation: `A spec file holds at most 8 MiB. The size is asked for before anything is read, so that a wrong path (a log, a database) costs nothing.

Ten thousand metrics take about 1.5 MB. A spec that is really larger can be split into files that the main one imports:

  imports: [labels.yaml, metrics/payments.yaml]`,
  },
  OBS1002: {
    severity: 'error',
    title: 'file cannot be read',
    explanation: `The spec file does not exist, may not be read, or is no regular file. Folders, devices and pipes are refused: they have no end that obs-gen could wait for.

Name another file with --spec, or begin a spec:

  version: 1
  service: { name: my-service }`,
  },
  OBS1003: {
    severity: 'error',
    title: 'not UTF-8',
    explanation: `The file holds bytes that are no valid UTF-8; the position is that of the first of them. Reading on with replacement characters would change names and texts without telling anybody.

Most often the file was saved as Latin-1 or UTF-16. Convert it:

  iconv -f ISO-8859-1 -t UTF-8 observability.yaml > converted.yaml`,
  },
  OBS1004: {
    severity: 'error',
    title: 'nested too deeply',
    explanation: `Maps and lists may stand inside each other 64 levels deep. No section of the language needs more than ten, and a file that goes deeper is broken or made to exhaust the program that reads it.

Look at the place that is named for a bracket that is opened again and again, or for an indentation that grows line by line.`,
  },
  OBS1005: {
    severity: 'error',
    title: 'anchor or alias',
    explanation: `Anchors (&name) and aliases (*name) are refused. With them a few lines can stand for billions of values, and a change in one place changes others that a reader does not see.

Write the value out. What several services share belongs into a file of its own:

  imports: [../shared/labels.yaml]

A text that begins with * or & needs quotes: '*.internal.example.com'.`,
  },
  OBS1006: {
    severity: 'error',
    title: 'invalid YAML',
    explanation: `The file does not follow the rules of YAML at this place. The message names what is wrong; where a quote or a bracket is never closed, the place is that of the opening one, and the errors that follow from it are left out.

Three slips are behind most of these errors: a colon without a space behind it, a text with ": " or " #" in it that has no quotes, and lines of one map that do not start at the same column.

  summary: 'Queue full: shed load'     # the colon needs the quotes
  labels:
    agent: { description: Which agent ran., cap: 20 }`,
  },
  OBS1007: {
    severity: 'error',
    title: 'duplicate key',
    explanation: `A key stands twice in one map. Readers of YAML disagree on which of the two counts, so that one of them would be lost without notice. Here the first is read, and the second only reported.

Merge the two, rename one, or remove the one that is left over from an edit.`,
  },
  OBS1008: {
    severity: 'error',
    title: 'more than one document',
    explanation: `A line with --- begins a second YAML document. A spec file is one document: what stands behind the line would be ignored.

Remove the line, or put the second document into a file of its own and import it:

  imports: [second.yaml]`,
  },
  OBS1009: {
    severity: 'error',
    title: 'tag or directive',
    explanation: `Tags (!!str, !custom) and directives (%YAML, %TAG) tell a YAML reader to treat a value in another way. A spec is plain data; a value has the type that the language gives to its key.

To make a text of a number, use quotes:

  version: "3.10"`,
  },
  OBS1010: {
    severity: 'error',
    title: 'control character',
    explanation: `The file holds a control character, either as a byte or as an escape such as "\\0" in double quotes. Such characters cannot be seen, end texts early in other programs, and can steer a terminal that shows them. Tabs and line breaks are allowed; a carriage return only before a line feed.

Remove the character. Most editors can show it.`,
  },
  OBS1011: {
    severity: 'error',
    title: 'character that changes the direction of text',
    explanation: `Characters such as U+202E make the text behind them run from right to left. A file with one of them shows something else to a reviewer than to a program (this is known as Trojan Source), and the text would be copied into code, rules and dashboards.

Remove it. Arabic or Hebrew text does not need it.`,
  },
  OBS1012: {
    severity: 'error',
    title: 'half of a surrogate pair',
    explanation: `An escape such as "\\ud83d" stands for one half of a character beyond U+FFFF. Alone it is no character: Prometheus and Grafana refuse a text that holds it.

Write the character itself, or its whole code point:

  title: "\\U0001F680 Launches"`,
  },
  OBS1013: {
    severity: 'error',
    title: 'number that is read in different ways',
    explanation: `A number was written in a way that loses it or that readers of YAML disagree about: one beyond the range of a double becomes infinite, an integer above 9007199254740991 loses its last digits, and 012 is twelve for YAML 1.2 and ten for YAML 1.1.

Write the number without leading zeros, or put it in quotes where a text is meant:

  values: ["012", "013"]`,
  },
  OBS1014: {
    severity: 'error',
    title: 'tab in the indentation',
    explanation: `YAML forbids tabs in the indentation, because nobody agrees on how wide they are. Replace each of them by spaces; two for a level is what the rest of the world does.

Most editors have a setting for it (in an .editorconfig: indent_style = space).`,
  },
  OBS1015: {
    severity: 'error',
    title: 'text that needs quotes',
    explanation: `Inside { } and [ ] a text without quotes ends at the next bracket, brace or comma. PromQL is full of those, so that a query there needs quotes; so does a template that begins with {{ anywhere.

  run_success: { events: { total: 'runs_total{outcome!="cancelled"}', good: 'runs_total{outcome="ok"}' } }
  summary: '{{ $labels.queue }} is full'

In a map that is written on lines of its own a query needs no quotes, unless it begins with { or holds ": " or " #".

The text is read as if the quotes stood there, so that everything else in the file is checked too.`,
  },
  OBS1016: {
    severity: 'warning',
    title: 'word that other readers take for a truth value',
    explanation: `yes, no, on and off are texts in YAML 1.2, which obs-gen reads, and truth values in YAML 1.1, which many other tools read. A label value of no can become false in the tool that looks at the same file next.

Put it in quotes, or write true or false where that is meant:

  values: ["yes", "no"]`,
  },
  OBS1017: {
    severity: 'error',
    title: 'merge key',
    explanation: `The key << copies the entries of another map in YAML 1.1. It was removed from YAML 1.2, and it needs anchors, which a spec does not have.

Write the entries out. A spec is merged with its presets and imports instead, entry by entry.`,
  },
  OBS1018: {
    severity: 'error',
    title: 'key that is not a text',
    explanation: `A map, a list or an alias stands where a key is expected. YAML allows that; no section of a spec has such keys. Most often it is a template or a selector without quotes, for { begins a map:

  summary: '{{ $labels.queue }} is full'`,
  },
  OBS1019: {
    severity: 'error',
    title: 'no spec in the file',
    explanation: `The file is empty, holds only comments, or holds something else than a map of sections.

The smallest spec is:

  version: 1
  service: { name: my-service }`,
  },
  OBS1020: {
    severity: 'error',
    title: 'more faults of the YAML',
    explanation: `The file has more faults than are worth reading at once: the first fifty are shown. After a broken quote or bracket most of them are consequences of it. Mend the first ones and run again.`,
  },
  OBS1021: {
    severity: 'error',
    title: 'import that cannot be read',
    explanation: `A file that is named under imports does not exist, may not be read, or is no regular file. Paths are relative to the file that names them, not to the folder in which obs-gen runs.

The rest of the spec was checked; entries that refer to something in the missing file are reported as well.`,
  },
  OBS1022: {
    severity: 'error',
    title: 'imports in a circle',
    explanation: `A file imports itself, directly or through others. Which of them is then the one that the others build on cannot be said.

Move what both need into a third file, and import that from each of the two.`,
  },
  OBS1023: {
    severity: 'error',
    title: 'too many imports',
    explanation: `A spec may import 50 files, directly and through others, that hold 32 million characters together. More is most likely a list of files that was written by a program, one for each entry. Put what belongs together into one file.

  imports: [a1.yaml, a2.yaml, …, a60.yaml]     refused
  imports: [labels.yaml, alerts.yaml]          right`,
  },
});
