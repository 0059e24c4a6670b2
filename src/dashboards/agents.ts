import type { Dashboard, Metric, Panel } from '../model/model.js';
import { boardOf, withRest, type DraftRow } from './board.js';
import { failureStat, flowPanels, flowRows, nounOf, rateStat, spreadPanel, timeStat } from './flow-panels.js';
import { counted, type Flow } from './flows.js';
import { firstStats, genericPanel } from './generic.js';
import { metricPanel } from './panels.js';
import { objectivesTable } from './slos.js';
import type { Subject } from './subject.js';
import { withWatched } from './watched.js';
import { titleOf } from './words.js';

const isTool = (metric: Metric): boolean =>
  /(?:^|_)(?:tools?|mcp)_/.test(metric.name) ||
  metric.labels.some(({ wire }) => /^tool(?:_name)?$/.test(wire));
const isHandOff = ({ name }: Metric): boolean =>
  /(?:^|_)(?:subagents?|handoffs?|spawns?|delegations?)(?:_|$)|completions_total$/.test(name);

function isToolFlow(flow: Flow): boolean {
  const metric = counted(flow);
  return metric !== undefined && isTool(metric);
}

function stat(subject: Subject, metric: Metric | undefined, description: string): Panel | undefined {
  if (metric === undefined) return undefined;
  const { model } = subject;
  const words = { title: `${titleOf(model, metric)}, now`, description };
  return metricPanel(model, metric, words, { show: ['value'] }, { type: 'stat' });
}

/** Runs, steps, tools, and what agents hand to others. */
export function agentsBoard(subject: Subject): Dashboard | undefined {
  const { model } = subject;
  const metrics = subject.metricsAt('agents');
  const [first] = metrics;
  if (first === undefined) return undefined;
  const flows = subject.flowsAt('agents');
  const tools = flows.filter(isToolFlow);
  const runs = flows.filter((flow) => !isToolFlow(flow));
  const [run] = runs;
  const [tool] = tools;
  const ofFlows = new Set(flows.flatMap(({ count, duration }) => [count, duration]));
  const others = metrics.filter((metric) => !ofFlows.has(metric) && metric.deprecated === undefined);
  const active = others.find(({ type }) => type === 'gauge');
  const handOffs = others.filter(isHandOff);
  const protocol = others.filter(({ name }) => /(?:^|_)mcp_/.test(name));
  const toolMetrics = others.filter(
    (metric) => !isHandOff(metric) && isTool(metric) && !protocol.includes(metric),
  );
  const fallbacks = subject
    .metricsAt('models')
    .filter(({ type, name }) => type === 'counter' && /fallbacks?_/.test(name));
  const rest = others.filter((metric) => !isHandOff(metric) && !isTool(metric));
  const rows: readonly DraftRow[] = [
    {
      title: 'Overview',
      panels: [
        run && rateStat(model, run),
        run && failureStat(model, run, `${nounOf(model, run)} that fail`),
        run && timeStat(model, run, `${nounOf(model, run)}, p95`),
        stat(
          subject,
          active,
          'How many are at work now. Good: level. What grows and never falls hangs: read its trace.',
        ),
        tool && rateStat(model, tool),
        tool && failureStat(model, tool, `${nounOf(model, tool)} that fail`),
        ...(run === undefined && tool === undefined ? firstStats(model, others) : []),
      ],
    },
    { title: 'Objectives', panels: [objectivesTable(subject.slosAt('agents'))] },
    {
      title: 'Runs',
      panels: run === undefined ? [] : [...flowPanels(model, run), spreadPanel(model, run)],
    },
    { title: 'Steps and contexts', panels: rest.map((metric) => genericPanel(model, metric)) },
    {
      title: 'Tools',
      panels: [
        ...(tool === undefined ? [] : flowPanels(model, tool)),
        ...toolMetrics.map((metric) => genericPanel(model, metric)),
      ],
    },
    ...flowRows(model, [...runs.slice(1), ...tools.slice(1)]),
    {
      title: 'Model Context Protocol',
      collapsed: true,
      panels: protocol.map((metric) => genericPanel(model, metric)),
    },
    {
      title: 'Hand-offs and fallbacks',
      collapsed: true,
      panels: [...handOffs, ...fallbacks].map((metric) => genericPanel(model, metric)),
    },
  ];
  return boardOf(model, {
    name: 'agents',
    topic: 'agents',
    title: `${model.service.name}: agents`,
    description:
      'What agents do: their runs and how they end, the steps and tools that these take, and what agents hand to others.',
    origin: first.origin,
    rows: withRest(model, withWatched(subject, 'agents', rows), metrics),
  });
}
