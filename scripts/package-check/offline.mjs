import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, run } from './command.mjs';

/** Refuses every connection but those to this machine, where the kernel cannot be asked to. */
const guard = `
const net = require('node:net');
const dns = require('node:dns');
const refuse = (what) => { throw new Error('without network: ' + what); };
const isHere = (host) => host === undefined || /^(?:127\\.|::1$|localhost$)/.test(host);
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...given) {
  const [first] = Array.isArray(given[0]) ? given[0] : given;
  const host = typeof first === 'object' && first !== null ? first.host : typeof given[1] === 'string' ? given[1] : undefined;
  return isHere(host) ? connect.apply(this, given) : refuse(host);
};
for (const of of [dns, dns.promises])
  for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6'])
    { const known = of[name]; of[name] = (host, ...rest) => isHere(host) ? known(host, ...rest) : refuse(host); }
`;

const namespace = ['-r', '-n', '--'];

/**
 * How a command is run without a network: in a namespace of its own where this user may make one, else with a guard in Node.
 * @param folder where the guard may be written
 * @returns the way, in words, and a function like `run`
 */
export function offline(folder) {
  if (spawnSync('unshare', [...namespace, 'true'], { stdio: 'ignore' }).status === 0)
    return {
      way: 'in a namespace without network',
      run: (command, args, options) => run('unshare', [...namespace, command, ...args], options),
    };
  const path = join(folder, 'refuse-connections.cjs');
  writeFileSync(path, guard);
  return {
    way: 'with every connection refused',
    run: (command, args, options) =>
      run(command, args, {
        ...options,
        env: environment({ ...options.env, NODE_OPTIONS: `--require ${path}` }),
      }),
  };
}
