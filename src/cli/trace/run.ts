import { existsSync, readFileSync } from 'node:fs';
import type { Model } from '../../model/model.js';
import { analyseTrace } from '../../inspect/trace/analysis/analyse-trace.js';
import { severalOf } from '../../inspect/trace/analysis/several.js';
import { vocabularyOf } from '../../inspect/trace/analysis/vocabulary.js';
import { tracesOf } from '../../inspect/trace/tree/build.js';
import type { Trace } from '../../inspect/trace/tree/trace.js';
import { readPriceTable, type PriceTable } from '../../runtime/cost/price-table.js';
import { painter } from '../../diagnostics/render/style.js';
import { writeResult } from '../analyze/output.js';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-code.js';
import { report } from '../report.js';
import { requireSpec } from '../spec-file.js';
import { print, progress, wantsColor } from '../terminal.js';
import { today } from '../today.js';
import type { TraceArguments } from './options.js';
import { readTraces } from './read.js';
import { UsageError } from '../usage-error.js';

const usualSpec = './observability.yaml';

/** The names that a spec gives; a spec with mistakes is no reason not to look at a trace, unless it was asked for. */
async function specOf({
  spec,
}: TraceArguments): Promise<{ readonly model: Model | undefined; readonly code: ExitCode }> {
  const path = spec ?? usualSpec;
  if (spec === undefined && !existsSync(path)) return { model: undefined, code: exitCodes.fine };
  requireSpec(path);
  const { analyse } = await import('../../analyse.js');
  const { model, diagnostics } = analyse(path, today(process.env));
  const code = exitCodeOf(diagnostics, false);
  if (spec === undefined || code === exitCodes.fine) return { model, code: exitCodes.fine };
  await report(diagnostics, { format: 'pretty' });
  return { model, code };
}

/** @throws UsageError */
function pricesOf(path: string | undefined): PriceTable | undefined {
  if (path === undefined) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`the price file ${path} cannot be read: ${code ?? message}`);
  }
  const { table, notes } = readPriceTable(json);
  if (table === undefined) throw new UsageError(`the price file ${path} cannot be used: ${notes.join('; ')}`);
  return table;
}

const unitsInNanoseconds: Readonly<Record<string, number>> = { us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, m: 60e9 };

/** @throws UsageError */
function gapOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)(us|µs|ms|s|m)$/.exec(given) ?? [];
  if (unit === '') throw new UsageError(`--gap cannot be ${given}`, ['write a time such as 50ms or 2s']);
  return Number(amount) * (unitsInNanoseconds[unit] ?? 0);
}

/** @throws UsageError where an id that was asked for is not there */
function chosen(traces: readonly Trace[], ids: readonly string[]): readonly Trace[] {
  if (ids.length === 0) return traces;
  const wanted = ids.map((id) => id.toLowerCase());
  for (const id of wanted)
    if (!traces.some((trace) => trace.id.toLowerCase() === id))
      throw new UsageError(`there is no trace ${id}`, [
        `there are ${traces.length}, such as ${traces
          .slice(0, 3)
          .map((trace) => trace.id)
          .join(', ')}`,
      ]);
  return traces.filter((trace) => wanted.includes(trace.id.toLowerCase()));
}

/** Reads traces, analyses them, prints what was found, and writes the page that was asked for. */
export async function runTrace(args: TraceArguments): Promise<ExitCode> {
  const leastGap = gapOf(args.gap);
  const prices = pricesOf(args.prices);
  const { model, code } = await specOf(args);
  if (code !== exitCodes.fine) return code;
  const status = progress(args.quiet === true);
  try {
    const intake = await readTraces(args, (step) => {
      status.step(step);
    });
    status.step(`analysing ${intake.spans.length} spans`);
    const dateOf = intake.dateOf.bind(intake);
    const traces = chosen(tracesOf({ spans: intake.spans, dateOf }), args.id ?? []);
    const words = vocabularyOf(model);
    const several = severalOf(traces.map((trace) => analyseTrace(trace, { words, leastGap, prices })));
    const currency = prices?.currency ?? model?.sections.cost?.currency;
    const { notes } = intake;
    status.done();
    if (args.html !== undefined) {
      const { printTracePage } = await import('../../inspect/trace/render/html.js');
      const page = printTracePage(several, { notes: notes.map(({ text }) => text), currency });
      writeResult(page, { 'out-file': args.html }, print);
    }
    if (args.format === 'json') {
      const { printTracesJson } = await import('../../inspect/trace/render/json.js');
      print(printTracesJson(several, { currency, notes }));
      return exitCodes.fine;
    }
    const color = wantsColor(process.stdout, process.env);
    const options = {
      paint: painter(color),
      columns: process.stdout.isTTY ? process.stdout.columns : undefined,
      rows: args.rows,
      currency,
    };
    const [only] = several.slowest;
    const [{ printTrace }, { printTraces }] = await Promise.all([
      import('../../inspect/trace/render/pretty.js'),
      import('../../inspect/trace/render/pretty-several.js'),
    ]);
    const texts = notes.map(({ text }) => text);
    print(
      several.slowest.length === 1 && only !== undefined
        ? printTrace(only, { ...options, notes: texts })
        : printTraces(several, texts, options),
    );
    return exitCodes.fine;
  } finally {
    status.done();
  }
}
