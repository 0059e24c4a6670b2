import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { painter } from '../../diagnostics/render/style.js';
import type { LiveCheck, LiveCheckResult } from '../../inspect/live-check/live-check.js';
import type { SessionPlan } from '../../inspect/live-check/sources/session.js';
import type { Model } from '../../model/model.js';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-code.js';
import {
  listenAddress,
  milliseconds,
  requireSense,
  type FailLevel,
  type LiveCheckArguments,
} from './arguments.js';
import { report } from '../report.js';
import { requireSpec } from '../spec-file.js';
import { print, printError, progress, wantsColor } from '../terminal.js';
import { today } from '../today.js';
import { UsageError } from '../usage-error.js';

/** @throws UsageError */
function tokenIn(file: string): string {
  try {
    const token = readFileSync(file, 'utf8').trim();
    if (token === '') throw new UsageError(`the file of --token-file is empty: ${file}`);
    return token;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `the file of --token-file cannot be read: ${file}: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`,
    );
  }
}

function planOf(args: LiveCheckArguments): SessionPlan {
  const { listen, 'listen-grpc': grpc, 'token-file': tokenFile } = args;
  return {
    targets: args.targets ?? [],
    listenHttp: listen === undefined ? undefined : listenAddress('listen', listen),
    listenGrpc: grpc === undefined ? undefined : listenAddress('listen-grpc', grpc),
    command: args['--'] ?? [],
    duration: args.for === undefined ? undefined : milliseconds('for', args.for),
    samples: args.samples,
    interval: milliseconds('interval', args.interval),
    wait: milliseconds('wait', args.wait),
    scrape: {
      patience: milliseconds('timeout', args.timeout),
      maxBytes: args['max-size'] * 1024 * 1024,
      token: tokenFile === undefined ? undefined : tokenIn(tokenFile),
    },
  };
}

/** The first signal ends the looking, and the report is made of what came; a second one ends the program. */
async function untilInterrupted(run: (stop: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const onSignal = (): void => {
    stop.abort();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onSignal);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
  try {
    await run(stop.signal);
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onSignal);
  }
}

async function look(check: LiveCheck, args: LiveCheckArguments): Promise<void> {
  const [{ Session }, { TargetError }] = await Promise.all([
    import('../../inspect/live-check/sources/session.js'),
    import('../../inspect/live-check/sources/target-error.js'),
  ]);
  const status = progress(args.quiet === true);
  const session = new Session(check, planOf(args), {
    // Whoever starts the program that is looked at has to know where, also when nobody watches.
    listening: (addresses) => {
      if (args.quiet !== true) printError(`listening for OTLP on ${addresses.join(' and ')}\n`);
    },
    step: (text) => {
      status.step(text);
    },
  });
  try {
    await untilInterrupted((stop) => session.run(stop));
  } catch (error) {
    if (error instanceof TargetError) throw new UsageError(error.message, error.help);
    throw error;
  } finally {
    status.done();
  }
}

/** Whether the findings make the command fail. */
export function fails(diagnostics: readonly Diagnostic[], level: FailLevel): boolean {
  switch (level) {
    case 'never':
      return false;
    case 'info':
      return diagnostics.length > 0;
    default:
      return exitCodeOf(diagnostics, level === 'warning') !== exitCodes.fine;
  }
}

/** @throws UsageError */
function writeSummary(file: string, text: string): void {
  const ofActions = process.env['GITHUB_STEP_SUMMARY'];
  try {
    // The steps of a job share one file there.
    if (ofActions !== undefined && resolve(ofActions) === resolve(file)) appendFileSync(file, text);
    else writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(
      `the summary cannot be written: ${file}: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`,
    );
  }
}

async function show(
  model: Model,
  result: LiveCheckResult,
  args: LiveCheckArguments,
  failed: boolean,
): Promise<void> {
  const { format, quiet, spec } = args;
  const service = model.service.name;
  if (args.summary !== undefined) {
    const { liveCheckMarkdown } = await import('../../inspect/live-check/report/markdown.js');
    writeSummary(args.summary, liveCheckMarkdown(service, result, failed));
  }
  if (format === 'json') {
    const { liveCheckJson } = await import('../../inspect/live-check/report/json.js');
    print(liveCheckJson(service, result));
    return;
  }
  if (format === 'pretty') {
    // What was never seen stands in the table.
    await report(
      result.diagnostics.filter(({ code }) => code !== 'OBS6018' && code !== 'OBS6019'),
      { format },
    );
    if (quiet === true) return;
    const { liveCheckText } = await import('../../inspect/live-check/report/text.js');
    print(liveCheckText(service, result, painter(wantsColor(process.stdout, process.env))));
    return;
  }
  const { atTheSpec } = await import('../../inspect/live-check/report/relocate.js');
  await report(atTheSpec(result.diagnostics), { format, spec });
}

/** Looks at a running service, and says what is not as the spec has it. */
export async function runLiveCheck(args: LiveCheckArguments): Promise<ExitCode> {
  requireSense(args);
  requireSpec(args.spec);
  const date = today(process.env);
  const [{ analyse }, { LiveCheck: Check }] = await Promise.all([
    import('../../analyse.js'),
    import('../../inspect/live-check/live-check.js'),
  ]);
  const { model, diagnostics, loaded } = analyse(args.spec, date);
  if (model === undefined || exitCodeOf(diagnostics, false) !== exitCodes.fine) {
    // What is wrong with the spec is said before what follows from it.
    await report(diagnostics, args);
    return exitCodes.findings;
  }
  const check = new Check(model, {
    today: date,
    allow: args.allow ?? [],
    ignoreLabels: args['ignore-label'] ?? [],
    minCoverage: args['min-coverage'],
    signals: args.signal,
    loaded,
  });
  await look(check, args);
  const result = check.finish();
  const failed = fails(result.diagnostics, args['fail-on'] ?? (args.strict === true ? 'warning' : 'error'));
  await show(model, result, args, failed);
  return failed ? exitCodes.findings : exitCodes.fine;
}
