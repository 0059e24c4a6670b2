import { allDashboards } from '../../dashboards/index.js';
import { anchor, code, heading, link, marked, text, type Markdown } from '../../encode/markdown.js';
import type { Model } from '../../model/model.js';
import { runbooksUrl } from '../../model/runbook.js';
import { defineEmitter } from '../emitter.js';
import { renderTemplate } from '../templates.js';
import { alertCount, alertsSection } from './alerts.js';
import { dashboardsSection } from './dashboards.js';
import { labelsSection, metricsSection } from './metrics.js';
import { objectiveCount, objectivesSection } from './objectives.js';
import { logsSection, spansSection } from './spans.js';
import { blocks, counted, facts } from './words.js';

interface Section {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  readonly body: (model: Model) => Markdown;
}

/** What is needed first when something is wrong stands first. A section without entries is left out. */
function sectionsOf(model: Model): readonly Section[] {
  const all: readonly Section[] = [
    { id: 'alerts', title: 'Alerts', count: alertCount(model), body: alertsSection },
    {
      id: 'objectives',
      title: 'Objectives',
      count: objectiveCount(model),
      body: objectivesSection,
    },
    { id: 'dashboards', title: 'Dashboards', count: allDashboards(model).length, body: dashboardsSection },
    {
      id: 'metrics',
      title: 'Metrics',
      count: model.metrics.size + model.external.size,
      body: metricsSection,
    },
    { id: 'labels', title: 'Labels', count: model.labels.size, body: labelsSection },
    { id: 'spans', title: 'Spans', count: model.spans.size, body: spansSection },
    { id: 'log-events', title: 'Log events', count: model.logs.events.size, body: logsSection },
  ];
  return all.filter(({ count }) => count > 0);
}

function introduction(model: Model): Markdown {
  const { name, namespace, owner } = model.service;
  const runbooks = runbooksUrl(model);
  return blocks([
    marked`What service ${code(name)} tells of itself, and who listens. Generated from its observability spec by obs-gen: change it there.`,
    facts([
      ['Owner', owner === undefined ? undefined : text(owner)],
      ['Namespace', namespace === undefined ? undefined : code(namespace)],
      ['Runbooks', runbooks === undefined ? undefined : link(marked`first steps for each alert`, runbooks)],
      ['Scraped every', text(model.target.prometheus.scrapeInterval.text)],
      ['Kept for', model.target.prometheus.retention && text(model.target.prometheus.retention.text)],
    ]),
  ]);
}

/** The page for people on call and for those who read the code. */
export function telemetryPage(model: Model): string {
  const sections = sectionsOf(model);
  const counts = `${counted(model.metrics.size, 'metric')}, ${counted(model.spans.size, 'span')}, ${counted(alertCount(model), 'alert')}, ${counted(model.slos.size, 'objective')}.`;
  const page = renderTemplate('markdown/telemetry', {
    title: heading(1, marked`Telemetry of ${text(model.service.name)}`),
    intro: introduction(model),
    footer: text(counts),
    sections: sections.map(({ id, title, count, body }) => ({
      link: link(text(title), `#${id}`),
      note: marked` (${count})`,
      anchor: anchor(id),
      heading: heading(2, text(title)),
      body: body(model),
    })),
  });
  return `${page.trimEnd()}\n`;
}

/** `docs/TELEMETRY.md`: every signal of the service, with who reads it. */
export const telemetryReference = defineEmitter({
  id: 'markdown',
  title: 'Telemetry reference',
  files: (model) => [{ path: 'docs/TELEMETRY.md', content: telemetryPage(model) }],
});
