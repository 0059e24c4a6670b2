/**
 * Compose fills in `$NAME` and `${NAME}` everywhere, and makes one dollar sign of two.
 * https://docs.docker.com/reference/compose-file/interpolation/
 */

/** A text that reaches the container as it is. */
export function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** A variable that has a value where nobody sets it. */
export function variable(name: string, usual: string): string {
  return `\${${name}:-${literal(usual)}}`;
}

/** A variable without which nothing starts. */
export function required(name: string, message: string): string {
  return `\${${name}:?${message}}`;
}
