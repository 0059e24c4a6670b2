import { isIP } from 'node:net';
import { defineCheck, type Context } from '../check.js';
import { openPorts } from '../listening.js';
import { placeNames, titles } from '../places.js';
import { notAsked, notThere, ok, warning, type Outcome } from '../verdict.js';

function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}

function run(context: Context): Promise<Outcome> {
  const here = placeNames.flatMap((name) => {
    const place = context.place(name);
    // The service is its own affair.
    if (place === undefined || name === 'service') return [];
    const { hostname, port, protocol } = new URL(place.url);
    if (!isLoopback(hostname)) return [];
    return [{ name, port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port) }];
  });
  if (here.length === 0) return Promise.resolve(notThere('no part runs on this machine'));
  const open = openPorts();
  if (open === undefined)
    return Promise.resolve(notAsked('because this system does not tell who listens where'));
  const wide = here
    .filter(({ port }) => open.has(port))
    .map(({ name, port }) => `${titles[name]} on port ${port}`);
  if (wide.length === 0) return Promise.resolve(ok('no part listens on more than loopback'));
  if (context.stack?.access.tls === true)
    return Promise.resolve(ok(`${wide.join(', ')}: for other machines too, with TLS`));
  return Promise.resolve(
    warning(
      `${wide.join(', ')}: other machines can reach it, and nothing is asked of them`,
      'listen on 127.0.0.1, or set `stack.access.tls`',
    ),
  );
}

export const accessListeningCheck = defineCheck({
  id: 'access.listening',
  question: 'Do the parts of this machine listen on loopback alone?',
  needs: [],
  run,
});
