import { once } from 'node:events';
import { isAbsolute, relative, resolve } from 'node:path';
import { LineReader, longestLine } from '../../mcp/lines.js';
import { errorCodes, errorLine } from '../../mcp/protocol.js';
import { McpServer } from '../../mcp/server.js';
import { Workspace } from '../../mcp/workspace.js';
import { packageVersion } from '../../package-root.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { McpArguments } from '../mcp.js';
import { printError } from '../terminal.js';
import { today } from '../today.js';
import { UsageError } from '../usage-error.js';

/** @throws UsageError: a client cannot name what the server may not read */
function requireInside(option: string, path: string): void {
  const way = relative(process.cwd(), resolve(path));
  if (way !== '..' && !way.startsWith('../') && !isAbsolute(way)) return;
  throw new UsageError(`--${option} lies outside of the working directory: ${path}`, [
    'start the server in a folder above it: nothing else is read or written',
  ]);
}

/** Serves until the client closes standard input. Standard output carries the protocol and nothing else. */
export async function runMcp(args: McpArguments): Promise<ExitCode> {
  requireInside('spec', args.spec);
  requireInside('out', args.out);
  // What is wrong with the environment is said before anybody waits for an answer.
  today(process.env);
  const workspace = new Workspace({
    root: process.cwd(),
    spec: args.spec,
    out: args.out,
    readOnly: args['read-only'] === true,
    today: () => today(process.env),
  });
  const send = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  const server = new McpServer({
    workspace,
    version: packageVersion(),
    send,
    onFault: (error) => {
      printError(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    },
  });
  const reader = new LineReader(
    (line) => {
      server.receive(line);
    },
    () => {
      send(errorLine(null, errorCodes.invalidRequest, `the line has more than ${longestLine} characters`));
    },
  );
  // A client that is gone reads no more answers; that is the end, and no fault.
  process.stdout.on('error', () => {
    process.stdin.destroy();
  });
  process.stdin.on('data', (chunk: Buffer) => {
    reader.write(chunk);
  });
  await Promise.race([once(process.stdin, 'end'), once(process.stdin, 'close')]);
  reader.end();
  await server.settled();
  return exitCodes.fine;
}
