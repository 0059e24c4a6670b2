/**
 * Grafana puts environment variables into the values of provisioning files, `$NAME` and `${NAME}`, and an empty string where there is
 * none; `$$` is a dollar sign.
 * https://grafana.com/docs/grafana/latest/administration/provisioning/#using-environment-variables
 */

/** A text that reaches Grafana as it is. */
export function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** A text in which `${NAME}` is left for Grafana to fill in; every other dollar sign is one. */
export function withEnvironment(text: string): string {
  return text.replace(/\$(?!\{[A-Za-z_]\w*\})/g, '$$$$');
}
