import { entries } from './entry.js';

/** OBS2xxx: the shape of the spec. */
export const schemaEntries = entries({
  OBS2001: {
    severity: 'error',
    title: 'unknown key',
    explanation: `The language has no such key at this place. Keys that are not known are never ignored: a misspelt one would silently leave its default in place.

Where a known key is close, it is offered, and what stands below the misspelt one is checked as if it were that key. In a map in braces, a missing space behind the colon makes one key of both:

  { cap:20 }      # the key "cap:20"
  { cap: 20 }`,
  },
  OBS2002: {
    severity: 'error',
    title: 'missing key',
    explanation: `An entry lacks a key that it cannot do without: a metric its type and help, an SLO its objective, an alert its summary. The place is that of the entry's own key.

An entry that only extends one of a preset may leave out what the preset says; then check the spelling of its name and that the preset stands under presets.`,
  },
  OBS2003: {
    severity: 'error',
    title: 'value of another type',
    explanation: `The value is a text where a number is asked for, a single value where a list is, and so on. Two cases are frequent:

A version or a label value that looks like a number needs quotes, and a duration needs a unit:

  version: "3.10"
  scrapeInterval: 15s

A text that begins with a brace or a bracket is a map or a list unless it stands in quotes:

  expr: '{job="api"} > 1'`,
  },
  OBS2004: {
    severity: 'error',
    title: 'none of the possible values',
    explanation: `The key takes one of a few words, and this is none of them. Where one of them is close, it is offered. Words are compared exactly: case matters.`,
  },
  OBS2005: {
    severity: 'error',
    title: 'not exactly one of several keys',
    explanation: `Some entries have several forms, told apart by a key: an SLI is events, latency, timeSlice, boolean, freshness, quantile or query; an alert is expr, ratio, absent, anomaly or forecast; a ratio fires above or below a share. Exactly one of these keys must stand.

To watch the same thing in two forms, write two entries.`,
  },
  OBS2006: {
    severity: 'error',
    title: 'number out of range',
    explanation: `The number is smaller or larger than the key allows. Shares are between 0 and 1, objectives are percentages below 100 (an objective of 100 leaves no budget for any fault), factors and sizes are positive.

  above: 0.05          # 5 percent
  objective: 99.5      # percent`,
  },
  OBS2007: {
    severity: 'error',
    title: 'malformed text',
    explanation: `The text does not have the form that the key asks for; the help says which one that is. Durations are those of Prometheus, a number and a unit without a space, larger units first, without fractions:

  500ms   5m   1h30m   30d

Dates are year, month and day: 2027-06-30. Names of metrics and labels hold letters, digits and underscores.`,
  },
  OBS2008: {
    severity: 'error',
    title: 'wrong length',
    explanation: `A text, list or map is empty where something is needed, or longer than the language allows. Every text and list of a spec has a limit, so that what is generated from it stays bounded. The limits are far above what is useful: shorten the text, or split the entry.`,
  },
  OBS2009: {
    severity: 'error',
    title: 'item that stands twice',
    explanation: `A list of names holds the same name twice: a label of a metric, a value of a label, a preset. The second one would have no effect, so that most likely another one was meant. Replace or remove it.`,
  },
  OBS2010: {
    severity: 'error',
    title: 'malformed name',
    explanation: `The key that names an entry does not have the form that names of its kind have. Names end up in Prometheus, in TypeScript and in file names, and must be valid in all of them: metrics and labels are letters, digits and underscores; spans, events and SLIs may hold dots and dashes too.

The entry is checked all the same, under a name like it that is valid.`,
  },
  OBS2011: {
    severity: 'error',
    title: 'spec of another version of the language',
    explanation: `The key version names the version of the language that the spec is written in, and this obs-gen compiles another one.

A later version needs a newer obs-gen: npm install --save-dev obs-gen@latest. Nothing else is said of such a spec, and no fix is applied to it, since what looks like a slip may be a key of that version.

An earlier version is brought to this one by obs-gen migrate, with comments and layout as they are; --dry-run shows the change first. It also mends a version that is written in another way ("1", v1).`,
  },
  OBS2101: {
    severity: 'error',
    title: 'entry in two files',
    explanation: `The same entry stands in two of the files that make up the spec. Nothing says which of them is meant, so that neither wins silently, whatever the order of the imports; both places are named.

Keep the entry in one file. To change something of a preset, write only the keys that change: a spec lies above its presets, while imports lie beside each other.`,
  },
  OBS2102: {
    severity: 'warning',
    title: 'null that removes nothing',
    explanation: `A key without a value, or with null, takes out what a preset defines under the same name. Here no preset that is in use defines anything, so that the line has no effect.

Either the value was forgotten, or the name is not that of the preset's entry (obs-gen presets show NAME prints them), or the preset is not listed under presets.`,
  },
  OBS2103: {
    severity: 'error',
    title: "metric that differs from the preset's",
    explanation: `A metric has the name of a preset's metric and another type or other labels. The preset's alerts, dashboards and helpers are written for its own; they would ask for labels that are not there.

Give your metric another name, remove the preset's one and what reads it with null, or leave type and labels to the preset and change the rest:

  presets: [agent]
  metrics:
    agent_runs_total: { owner: my-team }`,
  },
});
