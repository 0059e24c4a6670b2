import { planOf } from '../../plan/plan.js';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-code.js';
import { scaleOf, type PlanArguments } from './arguments.js';
import { planJson } from './json.js';
import { planText } from './text.js';
import { report } from '../report.js';
import { requireSpec } from '../spec-file.js';
import { print, wantsColor } from '../terminal.js';
import { today } from '../today.js';

/** Prints the plan; what is wrong with the spec is said instead. */
export async function runPlan(args: PlanArguments): Promise<ExitCode> {
  requireSpec(args.spec);
  const { analyse } = await import('../../analyse.js');
  const { model, diagnostics } = analyse(args.spec, today(process.env));
  if (model === undefined || exitCodeOf(diagnostics, false) !== exitCodes.fine) {
    await report(diagnostics, { format: 'pretty' });
    return exitCodes.findings;
  }
  const plan = planOf(model, scaleOf(args, model.stack?.service.instances ?? 1));
  if (args.format === 'json') print(planJson(plan));
  else print(planText(plan, wantsColor(process.stdout, process.env)));
  return exitCodes.fine;
}
