const texts: readonly (readonly [words: RegExp, values: readonly string[]])[] = [
  [/model|from|to$/, ['sage-large', 'sage-small']],
  [/tool/, ['search', 'fetch_page', 'run_code']],
  [/agent/, ['researcher', 'writer']],
  [/outcome|status/, ['completed', 'completed', 'completed', 'error']],
  [/reason/, ['rate_limit', 'timeout', 'server_error']],
  [/document/, ['report-2026.pdf', 'notes.md']],
  [/address|host|server/, ['127.0.0.1:8080']],
  [/policy|rule/, ['allowed-tools']],
  [/user|principal/, ['ada', 'grace']],
];

/** An identity as traces and spans have them. */
export function hexadecimal(random: () => number, digits: number): string {
  return Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');
}

function textOf(name: string, random: () => number): string {
  const values = texts.find(([words]) => words.test(name))?.[1];
  if (values === undefined) return `${name.replace(/_/g, '-')}-${Math.floor(random() * 900) + 100}`;
  return values[Math.floor(random() * values.length)] ?? '';
}

/** A value of a field that suits its name and type. */
export function fieldValue(
  { name, type }: { readonly name: string; readonly type: string },
  random: () => number,
): unknown {
  switch (type) {
    case 'int':
      return /_ms$|wait/.test(name) ? Math.round(200 + 3000 * random() ** 2) : Math.round(1 + 12 * random());
    case 'double':
      return /usd|cost/.test(name)
        ? Math.round(4000 * random()) / 1e5
        : Math.round(9000 * random() ** 2) / 1000;
    case 'boolean':
      return random() < 0.8;
    case 'ip':
      return `192.0.2.${Math.floor(random() * 254) + 1}`;
    case 'json':
      return {};
    default:
      return textOf(name, random);
  }
}
