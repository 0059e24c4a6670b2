import type { Dashboard, Metric, Panel } from '../model/model.js';
import { aggregate, by, call, duration, selector } from '../promql/build.js';
import { boardOf, notShown, withRest, type DraftRow } from './board.js';
import { increase } from './fragments.js';
import { flowPanels } from './flow-panels.js';
import { genericPanel } from './generic.js';
import { linesPanel, metricPanel, searchPanel } from './panels.js';
import type { Subject } from './subject.js';
import { withWatched } from './watched.js';

const day = 86_400;

const eventWords =
  'Good: none of the severe ones, and no more of the others than on other days. Look up who it was in the log: addresses and principals are fields there, never labels.';

/** Security events, what was detected, what policies decided, what was hidden. */
export function securityBoard(subject: Subject): Dashboard | undefined {
  const { model } = subject;
  const metrics = subject.metricsAt('security');
  const [first] = metrics;
  if (first === undefined) return undefined;
  const metric = (name: string): Metric | undefined => metrics.find((each) => each.name === name);
  const events = metric('security_events_total');
  const detections = metric('security_detections_total');
  const redactions = metric('security_redactions_total');
  const violations = metrics.find(({ type, name }) => type === 'counter' && /violations?_total$/.test(name));
  const severity = events?.labels.find(({ wire }) => wire === 'severity');
  const event = events?.labels.find(({ wire }) => wire === 'event');
  const dayStat = (about: Metric | undefined, title: string, description: string) =>
    about &&
    linesPanel(model, about, { title, description }, [{ expr: increase(about, day) }], {
      type: 'stat',
      unit: 'short',
    });
  const flows = subject.flowsAt('security');
  const policies = metrics.filter(({ name }) => /polic|violation|guardrail|moderation/.test(name));
  const approvals = metrics.filter(({ name }) => /approval/.test(name));
  const aboutAll = (some: readonly Metric[]): readonly Panel[] => {
    const made = flows
      .filter(({ count }) => count !== undefined && some.includes(count))
      .flatMap((flow) => flowPanels(model, flow).filter((panel) => panel !== undefined));
    return [...made, ...notShown(model, made, some).map((each) => genericPanel(model, each))];
  };
  const generic = (some: readonly Metric[]) => some.map((each) => genericPanel(model, each));
  const rows: readonly DraftRow[] = [
    {
      title: 'Overview',
      panels: [
        dayStat(events, 'Events in 24 h', eventWords),
        dayStat(
          detections,
          'Detections in 24 h',
          'Times that an event became more frequent than its alert allows. Good: 0. Each has an alert of its own.',
        ),
        dayStat(
          violations,
          'Violations in 24 h',
          'Good: none, or as few as on other days. See which policy it was, and what was asked for.',
        ),
        dayStat(
          redactions,
          'Hidden in 24 h',
          'Secrets and personal data that were kept out of logs and traces. Good: few: whoever writes them should not.',
        ),
      ],
    },
    {
      title: 'Events',
      panels: [
        events &&
          severity &&
          metricPanel(
            model,
            events,
            { title: 'Events by severity', description: eventWords },
            { show: ['increase'], by: [severity] },
          ),
        events &&
          event &&
          metricPanel(
            model,
            events,
            { title: 'Events by kind', description: eventWords },
            { show: ['increase'], by: [event] },
          ),
        ...generic(
          [detections, metric('security_reputation_matches_total')].filter((each) => each !== undefined),
        ),
        events &&
          linesPanel(
            model,
            events,
            { title: 'Events of 24 h', description: eventWords },
            [
              {
                expr: aggregate(
                  'sum',
                  call('increase', selector(events.name, [], { range: duration(day) })),
                  by(events.labels.map(({ wire }) => wire)),
                ),
              },
            ],
            { type: 'table', unit: 'short' },
          ),
      ],
    },
    { title: 'Policies', panels: aboutAll(policies) },
    { title: 'Approvals', panels: aboutAll(approvals) },
    {
      title: 'Log',
      panels:
        model.sections.security?.events === undefined
          ? []
          : [
              searchPanel(
                model.service.origin,
                'logs',
                {
                  title: 'Security events in the log',
                  description: 'Who it was and what was tried. Good: nothing that is not known.',
                },
                `{service_name=${JSON.stringify(model.service.name)}} | json | event=~${JSON.stringify(eventNames(Object.keys(model.sections.security.events)))}`,
              ),
            ],
    },
    {
      title: 'What the detection holds and hides',
      collapsed: true,
      panels: generic(
        ['security_tracked_keys', 'security_evicted_keys_total', 'security_redactions_total'].flatMap(
          (name) => metric(name) ?? [],
        ),
      ),
    },
  ];
  return boardOf(model, {
    name: 'security',
    topic: 'security',
    title: `${model.service.name}: security`,
    description:
      'Security events, what was detected in them, what policies decided, and what was kept out of logs and traces.',
    from: 'now-24h',
    origin: first.origin,
    rows: withRest(model, withWatched(subject, 'security', rows), metrics),
  });
}

/** Names of events as a regular expression. */
function eventNames(names: readonly string[]): string {
  return names.map((name) => name.replaceAll('.', '\\.')).join('|');
}
