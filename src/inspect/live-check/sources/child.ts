import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { TargetError } from './target-error.js';

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A command that runs while it is looked at. */
export interface Child {
  readonly ended: Promise<Ended>;
  /** Asks it to end, and makes it where it does not. */
  stop(): Promise<void>;
}

/** Milliseconds that a command has to end when it is asked to. */
const grace = 5000;

/**
 * Starts a command. What it writes goes to standard error: standard output is the report's.
 * @throws TargetError where there is no such program
 */
export async function startChild(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Child> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: ['inherit', 2, 2], env: { ...process.env, ...env } });
  const ended = new Promise<Ended>((settle) => {
    child.on('exit', (code, signal) => {
      settle({ code, signal });
    });
  });
  await new Promise<void>((settle, fail) => {
    child.once('spawn', settle);
    child.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'ENOENT' ? 'there is no such program' : (error.code ?? error.message);
      fail(
        new TargetError(`${program} cannot be started: ${why}`, [
          'what stands after -- is a program with its arguments',
        ]),
      );
    });
  });
  return {
    ended,
    async stop() {
      child.kill('SIGTERM');
      const waiting = new AbortController();
      await Promise.race([
        ended.finally(() => {
          waiting.abort();
        }),
        sleep(grace, undefined, { signal: waiting.signal })
          .then(() => child.kill('SIGKILL'))
          .catch(() => undefined),
      ]);
      await ended;
    },
  };
}

/** The variables that an exporter of OpenTelemetry finds the listener by: https://opentelemetry.io/docs/specs/otel/protocol/exporter/ */
export function exporterVariables(listening: {
  readonly http: string | undefined;
  readonly grpc: string | undefined;
}): Readonly<Record<string, string>> {
  const { http, grpc } = listening;
  const address = http ?? grpc;
  if (address === undefined) return {};
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://${address}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: http === undefined ? 'grpc' : 'http/protobuf',
  };
}
