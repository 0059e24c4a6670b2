/** Words for labels that many services have. */
const labels: ReadonlyMap<string, string> = new Map(
  Object.entries({
    method: 'Method of the request.',
    route: 'Template of the route, never the path.',
    path: 'Path of the request.',
    handler: 'Handler of the request.',
    endpoint: 'Endpoint that was called.',
    status: 'Status of the result.',
    status_code: 'Status code of the response.',
    statuscode: 'Status code of the response.',
    code: 'Code of the result.',
    status_class: 'First digit of the status.',
    outcome: 'How it ended.',
    result: 'How it ended.',
    reason: 'Why it happened.',
    state: 'State that it is in.',
    queue: 'Queue.',
    model: 'Model that served the call.',
    tool: 'Tool that was called.',
    agent: 'Agent that ran.',
    version: 'Version of the program.',
    operation: 'What was done.',
    error: 'What went wrong.',
    level: 'Level of severity.',
  }),
);

/** `app_name` and `appName` are `app name`. */
export function spaced(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase();
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** A sentence for a label of which nothing is known but its name. */
export function labelDescription(wire: string): string {
  return labels.get(wire.toLowerCase()) ?? sentence(spaced(wire) || wire);
}

/** A sentence for a metric of which nothing is known but its name. */
export function metricHelp(name: string): string {
  return sentence(spaced(name.replace(/_(?:total|seconds|bytes|ratio)$/, '')) || name);
}

/** The first words of names that all of them have: `http_request` of http_request_total and http_request_seconds. */
export function commonStem(names: readonly string[]): string {
  const [first = [], ...rest] = names.map((name) => name.split('_').filter((word) => word !== ''));
  let length = first.length;
  for (const words of rest)
    while (!first.slice(0, length).every((word, at) => words[at] === word)) length -= 1;
  return first.slice(0, length).join('_');
}
