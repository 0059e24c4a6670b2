import { NoAnswer } from '../ask/no-answer.js';
import { defineCheck, type Context } from '../check.js';
import { titles, type PlaceName } from '../places.js';
import { counted, failed, notAsked, ok, type Outcome } from '../verdict.js';

/** A page of each that tells something. */
const pages: Readonly<Partial<Record<PlaceName, string>>> = {
  prometheus: '/api/v1/status/buildinfo',
  alertmanager: '/api/v2/status',
  loki: '/loki/api/v1/labels',
  tempo: '/api/search/tags',
  jaeger: '/api/services',
  collector: '/v1/traces',
  pushgateway: '/api/v1/status',
};

/** Whether a part answers somebody who shows nothing. That it breaks the connection is how TLS refuses. */
async function answers(context: Context, name: PlaceName, path: string): Promise<boolean> {
  try {
    const options = name === 'collector' ? { method: 'POST', body: { resourceSpans: [] } } : {};
    const { status } = await context.ask(name, path, { ...options, anonymous: true });
    return status >= 200 && status < 300;
  } catch (error) {
    if (error instanceof NoAnswer) return false;
    throw error;
  }
}

async function run(context: Context): Promise<Outcome> {
  const asked = await Promise.all(
    Object.entries(pages).map(async ([each, path]) => {
      const name = each as PlaceName;
      // What was started on this machine without containers speaks no TLS, and listens on loopback.
      if (context.place(name)?.isLocal === true || !(await context.isUp(name))) return undefined;
      return { name, open: await answers(context, name, path) };
    }),
  );
  const all = asked.flatMap((each) => each ?? []);
  if (all.length === 0) return notAsked('because no part that speaks TLS answers');
  const open = all.filter((each) => each.open).map(({ name }) => titles[name]);
  if (open.length === 0) return ok(`${counted(all.length, 'part')} refuse whoever shows no certificate`);
  return failed(
    `${open.join(', ')} ${open.length === 1 ? 'answers' : 'answer'} whoever asks, and \`access.tls\` is on`,
    'let them ask for a certificate: client_auth_type RequireAndVerifyClientCert, as the configuration of the output does',
  );
}

export const accessAnonymousCheck = defineCheck({
  id: 'access.anonymous',
  question: 'Do the parts refuse whoever shows nothing?',
  needs: [],
  moot: ({ stack }) =>
    stack?.access.tls === true ? undefined : 'the spec does not ask for it: `stack.access.tls` is off',
  run,
});
