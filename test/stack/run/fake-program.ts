import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A program that stands for Prometheus and its relatives: it listens where `--web.listen-address` says, is ready at once, writes a line when
 * it starts and one when it is told to end, and with `--die` ends by itself with 3 once somebody asks for `/die`.
 */
const text = `#!${process.execPath}
const { createServer } = require('node:http');
const { appendFileSync } = require('node:fs');
const given = (name) => process.argv.find((each) => each.startsWith(name + '='))?.slice(name.length + 1);
const [host, port] = given('--web.listen-address').split(':');
const diary = given('--diary');
const note = (what) => { if (diary) appendFileSync(diary, given('--name') + ' ' + what + '\\n'); };
createServer((request, response) => {
  if (request.url === '/die') { console.error('I was asked to die'); process.exit(3); }
  response.end('{"status":"success","data":{"version":"2.42.0"}}');
}).listen(Number(port), host, () => { console.error('listening'); note('up'); });
process.on('SIGTERM', () => { note('down'); process.exit(0); });
`;

/** Writes it under a name. */
export function fakeProgram(folder: string, name: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}
