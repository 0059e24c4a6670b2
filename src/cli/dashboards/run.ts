import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { LintContext } from '../../dashboard-lint/index.js';
import { record, text } from '../../dashboard-lint/json.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Model } from '../../model/model.js';
import { printReport, type DashboardsArguments, type InspectedBoard } from './report.js';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-code.js';
import { report } from '../report.js';
import { requireSpec } from '../spec-file.js';
import { today } from '../today.js';
import { UsageError } from '../usage-error.js';

const usualSpec = './observability.yaml';

/** A dashboard to look at. */
interface Subject {
  readonly name: string;
  readonly json: unknown;
  readonly context: LintContext;
}

function readJson(path: string): unknown {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(
      code === 'ENOENT' ? `there is no file ${path}` : `${path} cannot be read: ${code ?? message}`,
    );
  }
  try {
    return JSON.parse(content.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    throw new UsageError(`${path} is no JSON: ${(error as Error).message}`);
  }
}

/** The files, each with what the spec knows of it: one that the spec itself makes has its panels in the spec. */
async function subjectsOf(files: readonly string[], model: Model | undefined): Promise<readonly Subject[]> {
  const own =
    model === undefined ? [] : (await import('../../dashboard-lint/own-boards.js')).ownBoards(model);
  if (files.length === 0) return own;
  const read = files.map((path) => ({ path, json: readJson(path) }));
  return read.map(({ path, json }) => {
    const uid = text(record(json)['uid']);
    const same = own.find((board) => uid !== undefined && record(board.json)['uid'] === uid);
    const beside = read.filter((each) => each.path !== path).map((each) => each.json);
    return { name: basename(path), json, context: { ...(same?.context ?? { model }), beside } };
  });
}

interface SpecRead {
  readonly model: Model | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** The spec to compare with; for files it may be missing, unless it was asked for. */
async function readSpec({ spec, files = [] }: DashboardsArguments): Promise<SpecRead> {
  const path = spec ?? usualSpec;
  if (spec === undefined && files.length > 0 && !existsSync(path))
    return { model: undefined, diagnostics: [] };
  requireSpec(path);
  const { analyse } = await import('../../analyse.js');
  return analyse(path, today(process.env));
}

/** Looks at each dashboard, prints what is found, and fails where anything is. */
export async function inspectDashboards(args: DashboardsArguments): Promise<ExitCode> {
  const { model, diagnostics } = await readSpec(args);
  if (exitCodeOf(diagnostics, false) !== exitCodes.fine) {
    // What is wrong with the spec is said before what follows from it.
    await report(diagnostics, { format: 'pretty' });
    return exitCodes.findings;
  }
  const subjects = await subjectsOf(args.files ?? [], model);
  if (subjects.length === 0)
    throw new UsageError(`${args.spec ?? usualSpec} makes no dashboards`, ['name files to look at instead']);
  const { inspectDashboard, score } = await import('../../dashboard-lint/index.js');
  const boards = subjects.map(({ name, json, context }): InspectedBoard => {
    const inspection = inspectDashboard(json, context);
    return { name, inspection, score: score(inspection) };
  });
  printReport(boards, args);
  return boards.some(({ inspection }) => inspection.findings.length > 0)
    ? exitCodes.findings
    : exitCodes.fine;
}
