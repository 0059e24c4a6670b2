import type { Page } from './scrape.js';

/** What the page says about the tasks that ran, as a table of two columns. */
export function summarize(page: Page): string {
  const rows: readonly (readonly [string, string])[] = [
    ['Runs', list(page.sumsBy('agent_runs_total', 'outcome'))],
    ['Run time', quantiles(page, 'gen_ai_invoke_agent_duration_seconds')],
    ['Steps per run', quantiles(page, 'agent_run_steps', (value) => value.toFixed(1))],
    ['Model calls', list(page.sumsBy('agent_model_calls_total', 'model', 'outcome'))],
    ['First chunk', quantiles(page, 'gen_ai_client_operation_time_to_first_chunk_seconds')],
    ['Retries', list(page.sumsBy('agent_model_retries_total', 'reason'))],
    ['Fallbacks', list(page.sumsBy('agent_model_fallbacks_total', 'reason'))],
    ['Tool calls', list(page.sumsBy('agent_tool_calls_total', 'tool', 'outcome'))],
    ['Agents asked', list(page.sumsBy('agent_subagents_total', 'parent', 'child'))],
    ['Child processes', quantiles(page, 'agent_sandbox_exec_duration_seconds')],
    ['Repeated calls', number(page.sum('agent_repeated_calls_total'))],
    ['Tokens', list(page.sumsBy('agent_tokens_total', 'token_class'))],
    ['Cost', `$${page.sum('agent_cost_usd_total').toFixed(4)}`],
    ['Documents read', list(page.sumsBy('research_documents_fetched_total', 'topic'))],
    ['Policies', list(page.sumsBy('agent_policy_decisions_total', 'policy', 'decision'))],
    ['Security events', list(page.sumsBy('security_events_total', 'event'))],
    ['Models asked for', list(page.sumsBy('research_model_requests_total', 'model'))],
    [
      'Queue',
      `${number(page.sum('agent_queue_depth'))} waiting, waited ${quantiles(page, 'agent_queue_wait_seconds')}`,
    ],
    ['Requests', list(page.sumsBy('http_server_requests_total', 'route', 'status_class'))],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${wrap(text, width + 4)}`).join('\n');
}

const lineWidth = 100;

/** Breaks a list before its items, so that it stays in its column. */
function wrap(text: string, indent: number): string {
  const lines = [''];
  for (const item of text.split(' · ')) {
    const last = lines.at(-1) ?? '';
    if (last === '') lines[lines.length - 1] = item;
    else if (indent + last.length + item.length + 3 <= lineWidth)
      lines[lines.length - 1] = `${last} · ${item}`;
    else lines.push(item);
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}

function list(sums: readonly (readonly [string, number])[]): string {
  return sums.length === 0 ? 'none' : sums.map(([key, value]) => `${key} ${number(value)}`).join(' · ');
}

function quantiles(page: Page, name: string, show: (value: number) => string = duration): string {
  const [p50, p95] = [page.quantile(name, 0.5), page.quantile(name, 0.95)];
  return p50 === undefined || p95 === undefined ? 'none' : `p50 ${show(p50)} · p95 ${show(p95)}`;
}

function duration(seconds: number): string {
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(2)} s`;
}

function number(value: number): string {
  return String(Math.round(value)).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}
