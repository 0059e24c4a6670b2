import { routedAlerts, type RoutedAlert } from '../../alertmanager/alerts.js';
import { isQuieter, targetsOf } from '../../alertmanager/inhibitions.js';
import { diagnostic } from '../../diagnostics/create.js';
import type { Alert } from '../model.js';
import { hintsOfRun } from '../hints.js';
import type { Rule } from './rule.js';
import { quotedList } from './words.js';

/** The alerts that name symptoms, each with the names. */
function naming(alert: Alert | undefined): readonly string[] {
  return alert === undefined || alert.repaired.has('inhibits') || alert.inhibits === 'all'
    ? []
    : alert.inhibits;
}

/** OBS3006: the symptoms of an alert are alerts. */
export const inhibitedNames: Rule = function* ({ model, spec }) {
  const names = new Set(routedAlerts(model).map(({ name }) => name));
  const hints = hintsOfRun();
  for (const alert of model.alerts.values()) {
    for (const [index, name] of naming(alert).entries()) {
      // One that is too broken for the model has been reported.
      if (names.has(name) || Object.hasOwn(spec.alerts ?? {}, name)) continue;
      const near = hints(name, [...names]);
      const range = alert.origin.of('inhibits', index);
      yield diagnostic('OBS3006', {
        message: `unknown alert \`${name}\``,
        range,
        help:
          near === undefined
            ? 'name an alert of the spec, or of one of its objectives'
            : `did you mean \`${near}\`?`,
        fix: near === undefined ? undefined : { range, text: near },
      });
    }
  }
};

/** The circle of alerts that silence one another in which an alert stands; the shortest. */
function circleOf(
  start: RoutedAlert,
  edges: ReadonlyMap<string, readonly RoutedAlert[]>,
): readonly string[] | undefined {
  let paths: readonly (readonly string[])[] = [[start.name]];
  const seen = new Set<string>();
  while (paths.length > 0) {
    const longer: string[][] = [];
    for (const path of paths) {
      for (const { name } of edges.get(path.at(-1) ?? '') ?? []) {
        if (name === start.name) return path;
        if (seen.has(name)) continue;
        seen.add(name);
        longer.push([...path, name]);
      }
    }
    paths = longer;
  }
  return undefined;
}

/** OBS3334: of alerts that fire together, at least one is heard. */
export const inhibitionCircles: Rule = function* ({ model }) {
  const all = routedAlerts(model);
  const edges = new Map(all.map((source) => [source.name, targetsOf(source, all)]));
  const said = new Set<string>();
  for (const source of all) {
    if (source.alert === undefined || said.has(source.name)) continue;
    const circle = circleOf(source, edges);
    if (circle === undefined) continue;
    for (const name of circle) said.add(name);
    const [, ...others] = circle;
    yield diagnostic('OBS3334', {
      message:
        others.length === 0
          ? `\`${source.name}\` silences itself`
          : `${quotedList(circle)} silence each other: when they fire together, nobody is told`,
      range: source.alert.origin.of('inhibits'),
      related: others.flatMap((name) => {
        const range = model.alerts.get(name)?.origin.of('inhibits');
        return range === undefined ? [] : [{ range, message: `\`${name}\` silences as well` }];
      }),
      help: others.length === 0 ? 'take its own name out' : 'let only the cause silence the others',
    });
  }
};

/** OBS3335: what is silenced is not louder than what silences it. */
export const quietCauses: Rule = function* ({ model }) {
  const all = routedAlerts(model);
  for (const source of all) {
    for (const [index, name] of naming(source.alert).entries()) {
      const target = all.find((each) => each.name === name);
      if (target === undefined || source.alert === undefined || !isQuieter(source, target)) continue;
      yield diagnostic('OBS3335', {
        message: `\`${source.name}\` is a ${source.severity} and silences \`${name}\`, which is a ${target.severity}`,
        range: source.alert.origin.of('inhibits', index),
        help: `give \`${source.name}\` the severity ${target.severity}, or do not silence \`${name}\``,
      });
    }
  }
};
