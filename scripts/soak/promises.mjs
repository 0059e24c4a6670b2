/** What memory may have grown by, after garbage was collected, in MB. */
const growthMb = 5;

/** What was promised, what was found, and whether the one is the other. */
export function promises({ load, pages, phases, stats, first, last, end, otlp, sentry, scrapes, seconds }) {
  const page = pages.at(-1);
  const rows = [];
  const row = (promise, found, ok) => rows.push({ promise, found: String(found), ok });

  row(
    'no request is lost',
    `${load.ended} of ${load.sent} answered${load.lost.length > 0 ? `; ${load.lost[0]}` : ''}`,
    load.lost.length === 0 && load.ended === load.sent,
  );

  const runs = differences(load.outcomes, (key) => {
    const [agent, outcome] = key.split(' ');
    return page.sum('agent_runs_total', { agent, outcome });
  });
  row(
    'runs are counted exactly, by agent and outcome',
    said(runs, total(load.outcomes)),
    runs.length === 0 && page.sum('agent_runs_total') === total(load.outcomes),
  );

  const requests = differences(load.requests, (key) => {
    const [method, route, status_class] = key.split(' ');
    return page.sum('http_server_requests_total', { method, route, status_class });
  });
  row(
    'requests are counted exactly, by method, route and status',
    said(requests, total(load.requests)),
    requests.length === 0 && page.sum('http_server_requests_total') === load.ended,
  );

  const strange = page.sum('research_model_requests_total', { model: '__other__' });
  const overflow = page.sum('obsgen_label_overflow_total', { metric: 'research_model_requests_total' });
  row(
    'made-up label values are one series, and each is counted',
    `${strange} of ${load.strangeModels} in __other__, ${overflow} as overflow, ${page.count('research_model_requests_total')} series`,
    strange === load.strangeModels &&
      overflow === load.strangeModels &&
      page.count('research_model_requests_total') <= 3,
  );

  const told =
    page.sum('http_server_requests_total') +
    page.sum('agent_queue_tasks_total') +
    page.sum('agent_runs_total') +
    page.sum('agent_run_steps_sum') +
    page.sum('agent_model_calls_total') +
    page.sum('agent_tool_calls_total') +
    page.sum('research_searches_total') +
    1;
  const queue = stats.tracing.queues.find(({ signal }) => signal === 'spans');
  row(
    'each span that ended was exported or counted as lost',
    `${told} ended = ${queue.exported} exported + ${queue.lost} lost${queue.pending > 0 ? ` + ${queue.pending} waiting` : ''}`,
    queue.pending === 0 && queue.exported + queue.lost === told,
  );
  row(
    'what counts as exported has arrived',
    `${otlp.spans.size} arrived`,
    otlp.spans.size >= queue.exported && otlp.faults.length === 0,
  );

  const reports = stats.lost
    .filter(({ signal }) => signal === 'errors')
    .reduce((sum, { count }) => sum + count, 0);
  row(
    'errors of the agent reach Sentry while it answers, and nobody waits for it',
    sentry === undefined
      ? '@sentry/node is not installed: errors went to the log'
      : `${sentry.requests} requests, ${reports} counted as lost`,
    sentry === undefined || sentry.requests > 0,
  );

  const grown = last.heapMb - first.heapMb;
  row(
    `the heap grows by less than ${growthMb} MB`,
    `${first.heapMb.toFixed(1)} MB, then ${last.heapMb.toFixed(1)} MB (resident ${first.rssMb.toFixed(0)}, then ${last.rssMb.toFixed(0)} MB)`,
    grown < growthMb,
  );

  const fallen = pages.slice(1).flatMap((later, index) => {
    const before = pages[index].series;
    return [...later.growing()].filter(([key, value]) => value < (before.get(key) ?? 0)).map(([key]) => key);
  });
  row(
    'no counter falls, whatever the clock does',
    `${pages.length} pages${fallen.length > 0 ? `; ${fallen[0]}` : ''}`,
    fallen.length === 0,
  );
  const spent = page.sum('http_server_request_duration_seconds_sum');
  row(
    'no duration has a jump of the clock in it',
    `${spent.toFixed(0)} s of requests in ${seconds.toFixed(0)} s by ${load.clients} clients`,
    spent > 0 && spent <= seconds * load.clients,
  );

  const storms = phases.flatMap(({ storm }) => Object.keys(storm).filter((key) => key !== 'seconds'));
  const stormSeconds = Math.max(...phases.map(({ storm }) => storm.seconds));
  row(
    'a storm of 200 scrapes is answered or refused, and over soon',
    `${scrapes} scrapes; the longest storm ${stormSeconds.toFixed(2)} s`,
    storms.every((status) => status === '200' || status === '503') && stormSeconds < 30,
  );

  row(
    'the service ends within 10 s while the collector hangs, with code 0 and no word on standard error',
    `${end.seconds.toFixed(1)} s, ${end.signal ?? `code ${end.code}`}${end.stderr === '' ? '' : `; ${end.stderr.slice(0, 200)}`}`,
    end.code === 0 && end.seconds < 10 && end.stderr === '',
  );
  return rows;
}

function total(counts) {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function differences(counts, read) {
  return [...counts]
    .filter(([key, count]) => read(key) !== count)
    .map(([key, count]) => `${key}: ${count} sent, ${read(key)} counted`);
}

function said(found, count) {
  return found.length === 0 ? `${count}` : found.join('; ');
}
