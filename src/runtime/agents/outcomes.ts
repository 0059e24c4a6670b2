import { BudgetExceededError } from '../cost/budget.js';
import { classNames, failureOfStatus, modelFailure, read } from './failure.js';

/** How a tool call failed: the values of the label `outcome` of agent_tool_calls_total, without `ok`. */
export type ToolFailure = 'tool_error' | 'invalid_args' | 'timeout' | 'denied' | 'transport_error';

/** How a run failed: the values of the label `outcome` of agent_runs_total that errors tell. */
export type RunFailure =
  'error' | 'cancelled' | 'timeout' | 'max_steps' | 'budget_exceeded' | 'loop_detected' | 'policy_denied';

type Fields = Readonly<Record<string, unknown>>;

const invalid =
  /^(zoderror|.*invalidtoolinputerror|.*typevalidationerror|validationerror|valibotvaliderror|invalidargumentserror)$/i;
const denied = /(denied|forbidden|unauthorized|permission|policyviolation|policyerror|policyexception)/i;
const transport =
  /^(econnrefused|econnreset|epipe|enotfound|eai_again|ehostunreach|enetunreach|und_err_.*|err_stream_premature_close)$/i;

/** Codes of JSON-RPC and of the Model Context Protocol. */
const rpcCodes: Readonly<Record<number, ToolFailure>> = {
  [-32602]: 'invalid_args',
  [-32001]: 'timeout',
  [-32000]: 'transport_error',
};

/** The name that an error gives itself. It may come from another machine: what is longer than a name is not looked at. */
function shownName(fields: Fields): string {
  return String(read(fields, 'name')).slice(0, 200);
}

/** Classes what a tool threw. */
export function toolFailure(error: unknown): ToolFailure {
  if (typeof error !== 'object' || error === null) return 'tool_error';
  const fields = error as Fields;
  const code = read(fields, 'code');
  const ofCode = typeof code === 'number' ? rpcCodes[code] : undefined;
  if (ofCode !== undefined) return ofCode;
  const names = [...classNames(error), shownName(fields)];
  if (names.some((name) => invalid.test(name))) return 'invalid_args';
  if (names.some((name) => denied.test(name))) return 'denied';
  const status = read(fields, 'status') ?? read(fields, 'statusCode');
  if (code === 'EACCES' || code === 'EPERM' || status === 401 || status === 403) return 'denied';
  const cause = read(fields, 'cause');
  const causeCode = typeof cause === 'object' && cause !== null ? read(cause as Fields, 'code') : undefined;
  const failure = modelFailure(error);
  if (failure === 'timeout' || failureOfStatus(status) === 'timeout') return 'timeout';
  return [code, causeCode].some((each) => typeof each === 'string' && transport.test(each))
    ? 'transport_error'
    : 'tool_error';
}

const runNames: readonly (readonly [RegExp, RunFailure])[] = [
  [/^(maxsteps|maxturns|maxiterations|recursionlimit|graphrecursion)\w*$/i, 'max_steps'],
  [/^budgetexceeded\w*$/i, 'budget_exceeded'],
  [/^loopdetected\w*$/i, 'loop_detected'],
  [/^\w*(policydenied|policyviolation|guardrail\w*tripwire\w*|guardrailviolation)\w*$/i, 'policy_denied'],
  [/^(aborterror|cancelled\w*|canceled\w*|apiuseraborterror)$/i, 'cancelled'],
  [/^(timeouterror|apiconnectiontimeouterror)$/i, 'timeout'],
];

/** Classes what a run threw. */
export function runFailure(error: unknown): RunFailure {
  if (error instanceof BudgetExceededError) return error.limit === 'steps' ? 'max_steps' : 'budget_exceeded';
  let at: unknown = error;
  for (let depth = 0; depth < 5 && typeof at === 'object' && at !== null; depth += 1) {
    const names = [...classNames(at), shownName(at as Fields)];
    const found = runNames.find(([pattern]) => names.some((name) => pattern.test(name)));
    if (found?.[1] === 'budget_exceeded' && read(at as Fields, 'limit') === 'steps') return 'max_steps';
    if (found !== undefined) return found[1];
    at = read(at as Fields, 'cause');
  }
  return 'error';
}
