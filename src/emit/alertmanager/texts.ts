/**
 * Templates of Alertmanager, in Go's template language. Summaries hold values of labels, which are whatever a client sent: nothing is
 * taken from them but their words.
 */

/** What a notification is about: the labels that its alerts have in common, and how many of them fire. */
const about =
  '{{ if .CommonLabels.service }}{{ .CommonLabels.service }}: {{ end }}{{ if .CommonLabels.alertname }}{{ .CommonLabels.alertname }}{{ else }}{{ .Alerts | len }} alerts{{ end }}';

/** `[FIRING:2] research-agent: QueueStuck`. */
export const title = `[{{ .Status | toUpper }}{{ if eq .Status "firing" }}:{{ .Alerts.Firing | len }}{{ end }}] ${about}`;

/** Alerts of one notification that are written out; the rest are counted. */
const shown = 5;

function listed(item: string): string {
  return `{{ range $index, $alert := .Alerts }}{{ if lt $index ${shown} }}${item}{{ end }}{{ end }}{{ if gt (len .Alerts) ${shown} }}… and more: {{ len .Alerts }} in all\n{{ end }}`;
}

const resolved = '{{ if eq $alert.Status "resolved" }}(resolved) {{ end }}';

/** Summary, description and runbook of each alert, as plain text. */
export const plainText = listed(
  `${resolved}{{ $alert.Annotations.summary }}\n{{ with $alert.Annotations.description }}{{ . }}\n{{ end }}{{ with $alert.Annotations.runbook_url }}Runbook: {{ . }}\n{{ end }}`,
);

/** Characters that would begin a mention or a link of Slack. */
const escaped = 'reReplaceAll "&" "&amp;" | reReplaceAll "<" "&lt;" | reReplaceAll ">" "&gt;"';

/** The same as Slack writes it. */
export const slackText = listed(
  `${resolved}*{{ $alert.Annotations.summary | ${escaped} }}*\n{{ with $alert.Annotations.description }}{{ . | ${escaped} }}\n{{ end }}{{ with $alert.Annotations.runbook_url }}<{{ . }}|Runbook>\n{{ end }}`,
);

/** One line for a pager: the summary where there is one alert, or else what they have in common. */
export const line = `{{ if .CommonAnnotations.summary }}{{ .CommonAnnotations.summary }}{{ else }}${about}{{ end }}`;

export const commonRunbook = '{{ .CommonAnnotations.runbook_url }}';

/** The severity of an alert in the words of others. A route holds alerts of one severity. */
export function bySeverity(page: string, ticket: string, info: string): string {
  return `{{ if eq .CommonLabels.severity "page" }}${page}{{ else if eq .CommonLabels.severity "ticket" }}${ticket}{{ else }}${info}{{ end }}`;
}
