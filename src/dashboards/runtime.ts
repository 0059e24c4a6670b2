import type { Dashboard, Metric, Model, Panel } from '../model/model.js';
import type { Expr } from '../promql/ast.js';
import { aggregate, binary, by, call, duration, selector } from '../promql/build.js';
import { boardOf, withRest, type DraftRow } from './board.js';
import { rate } from './fragments.js';
import { linesPanel, metricPanel, type Line, type Words } from './panels.js';
import type { Subject } from './subject.js';
import { withWatched } from './watched.js';

interface Runtime {
  readonly model: Model;
  readonly metric: (name: string) => Metric | undefined;
}

const perInstance = by(['instance']);

/** Several gauges in one panel, those of them that are there. */
function gauges(
  { model, metric }: Runtime,
  words: Words,
  lines: readonly (readonly [string, string])[],
): Panel | undefined {
  const found = lines.flatMap(([name, series]): readonly (Line & { readonly metric: Metric })[] => {
    const known = metric(series);
    return known === undefined
      ? []
      : [{ name, expr: aggregate('max', selector(series), perInstance), metric: known }];
  });
  const [first] = found;
  return first && linesPanel(model, first.metric, words, found);
}

const advice = {
  cpu: 'Cores that an instance is busy with. Good: well below what it is given. At its limit everything waits: see what runs, or add instances.',
  memory:
    'Memory of an instance. Good: level over days. What grows and never falls leaks: take a heap snapshot before the limit is reached.',
  loop: 'How long the event loop keeps others waiting. Good: below 0.1 s. Above it, something computes without a pause: take a CPU profile.',
  restarts:
    'Times that instances started within the hour before. Good: 0 apart from deployments. A loop of restarts: read the last lines before each.',
  descriptors:
    'Open files and sockets, of those that are allowed. Good: level, far below 100 %. What grows is not closed again.',
} as const;

function cpu({ model, metric }: Runtime): Panel | undefined {
  const parts = [
    ['user', metric('process_cpu_user_seconds_total')],
    ['system', metric('process_cpu_system_seconds_total')],
  ] as const;
  const lines = parts.flatMap(([name, counter]) =>
    counter === undefined ? [] : [{ name, expr: rate(counter) }],
  );
  const whole = metric('process_cpu_seconds_total');
  const all =
    whole === undefined ? lines : lines.length > 0 ? lines : [{ name: undefined, expr: rate(whole) }];
  const about = parts[0][1] ?? whole;
  if (about === undefined || all.length === 0) return undefined;
  return linesPanel(model, about, { title: 'CPU by mode', description: advice.cpu }, all, { stack: true });
}

function cpuByInstance({ model, metric }: Runtime, type: 'stat' | 'timeseries'): Panel | undefined {
  const counter = metric('process_cpu_seconds_total');
  if (counter === undefined) return undefined;
  const range = { kind: 'variable', name: '$__rate_interval' } as const;
  const busy = aggregate(
    'max',
    call('rate', selector(counter.name, [], { range })),
    type === 'stat' ? undefined : perInstance,
  );
  const title = type === 'stat' ? 'Busiest CPU' : 'CPU by instance';
  return linesPanel(model, counter, { title, description: advice.cpu }, [{ expr: busy }], { type });
}

function restartsExpr(started: Metric): Expr {
  return aggregate('sum', call('changes', selector(started.name, [], { range: duration(3600) })));
}

function restarts({ model, metric }: Runtime): Panel | undefined {
  const started = metric('process_start_time_seconds');
  if (started === undefined) return undefined;
  const each = aggregate(
    'max',
    call('changes', selector(started.name, [], { range: duration(3600) })),
    perInstance,
  );
  return linesPanel(
    model,
    started,
    { title: 'Restarts within an hour', description: advice.restarts },
    [{ expr: each }],
    { unit: 'short' },
  );
}

function descriptors({ model, metric }: Runtime): Panel | undefined {
  const [open, most] = [metric('process_open_fds'), metric('process_max_fds')];
  if (open === undefined || most === undefined) return undefined;
  const words = { title: 'Descriptors in use', description: advice.descriptors };
  const expr = binary('/', selector(open.name), selector(most.name));
  return linesPanel(model, open, words, [{ expr }], { unit: 'percentunit' });
}

function loopStat({ model, metric }: Runtime): Panel | undefined {
  const lag = metric('nodejs_eventloop_lag_p99_seconds') ?? metric('nodejs_eventloop_lag_seconds');
  if (lag === undefined) return undefined;
  return metricPanel(
    model,
    lag,
    { title: 'Event loop, p99', description: advice.loop },
    { show: ['max'] },
    { type: 'stat' },
  );
}

function loopPanel({ model, metric }: Runtime): Panel | undefined {
  const lag = metric('nodejs_eventloop_lag_p99_seconds');
  if (lag === undefined) return undefined;
  const expr = aggregate('max', selector(lag.name), perInstance);
  return linesPanel(model, lag, { title: 'Event loop, p99 by instance', description: advice.loop }, [
    { expr },
  ]);
}

function memoryStat({ model, metric }: Runtime): Panel | undefined {
  const held = metric('process_resident_memory_bytes');
  if (held === undefined) return undefined;
  return metricPanel(
    model,
    held,
    { title: 'Largest memory', description: advice.memory },
    { show: ['max'] },
    { type: 'stat' },
  );
}

function collections({ model, metric }: Runtime): readonly (Panel | undefined)[] {
  const pauses = metric('nodejs_gc_duration_seconds');
  if (pauses === undefined) return [];
  const range = { kind: 'variable', name: '$__rate_interval' } as const;
  const kind = pauses.labels.slice(0, 1);
  const busy = aggregate(
    'sum',
    call('rate', selector(`${pauses.name}_sum`, [], { range })),
    by(kind.map(({ wire }) => wire)),
  );
  const description =
    'The share of time that is spent on collecting garbage. Good: below 5 %. Above it the heap is too small, or too much is thrown away: take a heap profile.';
  return [
    linesPanel(model, pauses, { title: 'Time in garbage collection', description }, [{ expr: busy }], {
      unit: 'percentunit',
      stack: true,
    }),
    metricPanel(
      model,
      pauses,
      {
        title: 'Pause of a collection, p99',
        description:
          'How long collections stop everything. Good: below 0.1 s. Long major ones mean a large heap of things that live long.',
      },
      { show: ['p99'], by: kind },
    ),
  ];
}

/** The process itself: CPU, memory, event loop, garbage, descriptors, restarts. */
export function runtimeBoard(subject: Subject): Dashboard | undefined {
  const { model } = subject;
  const metrics = subject.metricsAt('runtime');
  const [first] = metrics;
  if (first === undefined) return undefined;
  const runtime: Runtime = { model, metric: (name) => metrics.find((metric) => metric.name === name) };
  const started = runtime.metric('process_start_time_seconds');
  const spaces = runtime.metric('nodejs_heap_space_size_used_bytes');
  const resources = runtime.metric('nodejs_active_resources');
  const rows: readonly DraftRow[] = [
    {
      title: 'Overview',
      panels: [
        cpuByInstance(runtime, 'stat'),
        memoryStat(runtime),
        loopStat(runtime),
        started &&
          linesPanel(
            model,
            started,
            { title: 'Restarts in 1 h', description: advice.restarts },
            [{ expr: restartsExpr(started) }],
            { type: 'stat', unit: 'short' },
          ),
      ],
    },
    {
      title: 'CPU and event loop',
      panels: [
        cpuByInstance(runtime, 'timeseries'),
        cpu(runtime),
        loopPanel(runtime),
        gauges(runtime, { title: 'Event loop over the last minutes', description: advice.loop }, [
          ['mean', 'nodejs_eventloop_lag_mean_seconds'],
          ['p50', 'nodejs_eventloop_lag_p50_seconds'],
          ['p90', 'nodejs_eventloop_lag_p90_seconds'],
          ['max', 'nodejs_eventloop_lag_max_seconds'],
        ]),
      ],
    },
    {
      title: 'Memory',
      panels: [
        gauges(runtime, { title: 'Memory', description: advice.memory }, [
          ['resident', 'process_resident_memory_bytes'],
          ['heap', 'nodejs_heap_size_total_bytes'],
          ['heap in use', 'nodejs_heap_size_used_bytes'],
          ['external', 'nodejs_external_memory_bytes'],
        ]),
        spaces &&
          metricPanel(
            model,
            spaces,
            { title: 'Heap in use by space', description: advice.memory },
            { show: ['sum'], by: spaces.labels.slice(0, 1) },
            { stack: true },
          ),
        ...collections(runtime),
      ],
    },
    {
      title: 'Descriptors, resources, restarts',
      panels: [
        descriptors(runtime),
        resources &&
          metricPanel(
            model,
            resources,
            {
              title: 'Active resources by type',
              description:
                'What keeps the event loop alive. Good: level. A type that grows is opened and never closed.',
            },
            { show: ['sum'], by: resources.labels.slice(0, 1) },
          ),
        restarts(runtime),
      ],
    },
    {
      title: 'More',
      collapsed: true,
      panels: [
        gauges(
          runtime,
          {
            title: 'Address space',
            description: 'Good: level. It may be far larger than the memory in use.',
          },
          [
            ['virtual', 'process_virtual_memory_bytes'],
            ['data segment', 'process_heap_bytes'],
          ],
        ),
        gauges(runtime, { title: 'Event loop, other figures', description: advice.loop }, [
          ['last', 'nodejs_eventloop_lag_seconds'],
          ['least', 'nodejs_eventloop_lag_min_seconds'],
          ['deviation', 'nodejs_eventloop_lag_stddev_seconds'],
        ]),
        gauges(runtime, { title: 'Descriptors', description: advice.descriptors }, [
          ['open', 'process_open_fds'],
          ['allowed', 'process_max_fds'],
        ]),
        gauges(runtime, { title: 'Heap spaces', description: advice.memory }, [
          ['largest', 'nodejs_heap_space_size_total_bytes'],
          ['largest free', 'nodejs_heap_space_size_available_bytes'],
        ]),
        gauges(
          runtime,
          {
            title: 'Handles and requests of libuv',
            description: 'Good: level. What grows is opened and never closed.',
          },
          [
            ['handles', 'nodejs_active_handles'],
            ['requests', 'nodejs_active_requests'],
          ],
        ),
      ],
    },
  ];
  return boardOf(model, {
    name: 'runtime',
    topic: 'runtime',
    title: `${model.service.name}: runtime`,
    description: 'The process itself: CPU, memory, event loop, garbage, descriptors, restarts.',
    origin: first.origin,
    rows: withRest(model, withWatched(subject, 'runtime', rows), metrics, 'Other'),
  });
}
