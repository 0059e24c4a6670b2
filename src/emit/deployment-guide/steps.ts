import { code, codeBlock, heading, marked, text, type Markdown } from '../../encode/markdown.js';
import type { Model } from '../../model/model.js';
import type { Stack } from '../../model/stack.js';
import { otlpPorts } from '../../stack/ports.js';
import { blocks, listed, percent, timeWords } from '../markdown/words.js';

/** One step of the migration. */
interface Step {
  readonly title: Markdown;
  readonly what: Markdown;
  readonly how: string;
  /** How to see that it works. */
  readonly look: Markdown;
  /** How to take it back. */
  readonly back: Markdown;
}

function scrape(model: Model): string {
  const selector = [...model.service.selector].map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return `up{${selector.join(',')}}`;
}

function infrastructure(stack: Stack): Step {
  const isCluster = stack.kubernetes !== undefined;
  const lines = [
    ...(stack.compose
      ? ['obs-gen stack up            # with Docker; --native without, from the programs on the PATH']
      : []),
    ...(isCluster ? ['kubectl apply --server-side -k generated/kubernetes'] : []),
  ];
  return {
    title: marked`Infrastructure`,
    what: marked`The parts run and see each other; the service does not know of them yet.`,
    how:
      lines.length > 0
        ? lines.join('\n')
        : '# load prometheus/, alertmanager/ and grafana/ of the output into what runs already',
    look: marked`${code('obs-gen doctor --service none')} finds every part, with the release and the rules it should have.`,
    back: stack.compose
      ? marked`${code('obs-gen stack down')}; data stays until ${code('--volumes')} is said.`
      : marked`Take the files out again: nothing depends on them yet.`,
  };
}

function logs(model: Model): Step {
  const { outputs } = model.logs;
  return {
    title: marked`Logs`,
    what: outputs.otlp
      ? marked`The service sends its lines to the Collector over OTLP. They go first because they change nothing in the code, and show at once what is wrong with the rest.`
      : marked`The Collector reads the lines that the service writes anyway. They go first because they change nothing in the code, and show at once what is wrong with the rest.`,
    how: outputs.otlp
      ? `export OTEL_EXPORTER_OTLP_ENDPOINT=http://HOST:${otlpPorts.http}`
      : `# one JSON object a line on standard output, or in the files of stack.collector.logFiles\nexport LOG_LEVEL=${model.logs.level}`,
    look: marked`${code(`{service_name="${model.service.name}"}`)} in Loki has lines with ${code('trace_id')} and ${code('correlation_id')}, none with a secret.`,
    back: outputs.otlp
      ? marked`Unset the variable, or ${code('OBSGEN_LOG_OUTPUTS=stdout')}.`
      : marked`Take the files out of the Collector's configuration; the service never knew.`,
  };
}

function metrics(model: Model, stack: Stack): Step {
  const { port, path, scheme } = stack.service;
  return {
    title: marked`Metrics`,
    what: marked`The service is scraped, every ${text(timeWords(model.target.prometheus.scrapeInterval))}. Metrics of before stay beside the new ones until the dashboards and alerts that read them are replaced.`,
    how: `curl -s ${scheme}://HOST:${port}${path} | promtool check metrics`,
    look: marked`${code(scrape(model))} is 1 for each instance; ${code('obs-gen doctor')} sees the service's own counters move; the dashboards have data.`,
    back: marked`Take the target out; the page costs nothing while nobody asks for it.`,
  };
}

/** What the Collector is to keep does not all come to it. */
function lostBefore(share: number): Markdown {
  return marked`Where the service itself takes ${text(percent(share))} when a trace begins (${code('traces.sampling')}), the others never come to the Collector, those with errors neither.`;
}

function traces(model: Model, stack: Stack): Step {
  const { tail } = stack;
  const { head = 1, environments = {} } = model.sections.traces?.sampling ?? {};
  const least = Math.min(head, ...Object.values(environments));
  const kept =
    tail === undefined
      ? marked`The Collector keeps every trace that arrives.`
      : marked`The Collector decides ${text(timeWords(tail.wait))} after a trace has begun: it keeps ${listed(
          [
            tail.keepErrors ? marked`those with errors` : undefined,
            tail.slowerThan && marked`those slower than ${text(timeWords(tail.slowerThan))}`,
            ...tail.keepRuns.map((agent) => marked`those of ${text(agent)}`),
            marked`${text(percent(tail.rest))} of the rest`,
          ],
        )}.`;
  return {
    title: marked`Traces`,
    what: listed(
      [
        marked`Begin with few: one trace of a hundred shows what it costs and whether anything secret is in it.`,
        kept,
        tail === undefined || least >= 1 ? undefined : lostBefore(least),
      ],
      ' ',
    ),
    how: [
      `export OTEL_EXPORTER_OTLP_ENDPOINT=http://HOST:${otlpPorts.http}`,
      'export OBSGEN_SAMPLING=0.01     # then 0.1, then unset: the spec says ' + String(head),
      'obs-gen instrument --dry-run    # spans in code that has none yet',
    ].join('\n'),
    look: marked`${code('obs-gen doctor')} finds its own trace again; one of the service's leads to its log lines and back. ${code('obsgen_signals_lost_total')} stays at 0.`,
    back: marked`${code('OBSGEN_SAMPLING=0')}: helpers cost next to nothing without a sampler that takes them.`,
  };
}

function alerts(model: Model): Step {
  const [severity] = [...model.alerts.values()].map((alert) => alert.severity);
  const service = model.service.name;
  return {
    title: marked`Alerts`,
    what: marked`All alerts are loaded and silenced; for a week somebody reads each day what would have told whom. Then they are let through from the quietest to the loudest, and the old ones are switched off one by one.`,
    how: [
      // By severity: the heartbeat has none of these, and to silence it is to set off the dead man's switch.
      `amtool silence add service=${service} 'severity=~page|ticket|info' --duration=7d --comment='being introduced'`,
      `amtool alert query service=${service} --silenced     # each day: who would have been told of what`,
      'amtool silence expire ID                              # then again with severity=~page|ticket, and with page alone',
    ].join('\n'),
    look:
      severity === undefined
        ? marked`Prometheus lists no rule with an error.`
        : marked`Prometheus lists no rule with an error; what fired in the week is what somebody would have wanted to know.`,
    back: marked`The first silence again; nothing else changes.`,
  };
}

/** The migration: infrastructure, logs, metrics, traces, alerts. */
export function steps(model: Model, stack: Stack): readonly Markdown[] {
  return [infrastructure(stack), logs(model), metrics(model, stack), traces(model, stack), alerts(model)].map(
    ({ title, what, how, look, back }, index) =>
      blocks([
        heading(2, marked`Step ${index + 1}: ${title}`),
        what,
        codeBlock(how, ''),
        marked`- **It works when**: ${look}\n- **Back**: ${back}`,
      ]),
  );
}
