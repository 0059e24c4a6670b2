import { literal } from './escape.js';

/** The node of a rule whose value an alert tells. */
export const queryNode = 'A';

const value = `Values.${queryNode}.Value`;

/** What Grafana calls what Prometheus fills in. Labels and functions have the same names: it is Prometheus' code that expands both. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['$value', `$values.${queryNode}.Value`],
  ['.Value', `.${value}`],
  ['$.Value', `$.${value}`],
  ['$externalURL', 'externalURL'],
  ['.ExternalURL', 'externalURL'],
]);

// No text can be read in two ways: a quotation mark is never a character by itself, nor is the beginning of a comment. Otherwise an action that
// is not closed would be tried in twice as many ways with every string in it.
const action =
  /\{\{(?:\/\*(?:[^*]|\*(?!\/))*\*\/|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|\/(?!\*)|(?!\}\})[^"`'/])*\}\}/g;
const word = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|\$[A-Za-z_]\w*|\$?(?:\.[A-Za-z_]\w*)+|[^]/g;

/** Series that Grafana reads carry no external labels: what a template asks for among them is missing, as any label may be. */
const externalLabels = '{{- $externalLabels := $labels -}}';

/**
 * A template of Prometheus as one of Grafana's that says the same. `query` yields nothing in Grafana, which has no way to say it.
 * https://grafana.com/docs/grafana/latest/alerting/alerting-rules/templates/reference/
 */
export function grafanaTemplate(template: string): string {
  // A template's own variable of that name hides the value.
  if (/\$value\s*(?::=|,)/.test(template)) return template;
  const text = template.replace(action, (found) =>
    found.startsWith('{{/*') ? found : found.replace(word, (each) => renamed.get(each) ?? each),
  );
  return /\$externalLabels\b/.test(template) ? externalLabels + text : text;
}

/** What looks like a variable in braces, in the text between two actions or before one. */
const braced = /\$+(?=\{|__|$)/g;

/** The same inside an action, in a string with double quotes, where Go has another way to write the sign. */
function actionText(found: string): string {
  return found.replace(/"(?:[^"\\\n]|\\.)*"/g, (each) => each.replace(/\$(?=\{|__)/g, '\\x24'));
}

/**
 * An annotation for a provisioning file. Grafana takes it as it is, `$labels` with one dollar sign; but versions to come fill in
 * variables that are in braces, so that nothing may look like one.
 * https://grafana.com/docs/grafana/latest/alerting/set-up/provision-alerting-resources/file-provisioning/
 * https://github.com/grafana/grafana/pull/127214
 */
export function annotationText(template: string): string {
  const translated = grafanaTemplate(template);
  let at = 0;
  let text = '';
  for (const found of translated.matchAll(action)) {
    const plain = translated.slice(at, found.index);
    text += plain.replace(braced, '{{ "$&" }}') + actionText(found[0]);
    at = found.index + found[0].length;
  }
  return text + translated.slice(at).replace(/\$+(?=\{|__)/g, '{{ "$&" }}');
}

/** A label for a provisioning file: in labels, unlike in annotations, Grafana fills in environment variables. */
export function labelText(template: string): string {
  return literal(grafanaTemplate(template));
}
