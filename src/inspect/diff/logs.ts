import type { FieldType, LogEvent, LogLevel } from '../../model/model.js';
import { breaks, keeps, type Draft } from './change.js';
import type { Sides } from './context.js';
import { canonical, shown, without } from './values.js';

const order: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
const codeTypes: Readonly<Record<FieldType, string>> = {
  ...{ string: 'string', ip: 'string', int: 'number', double: 'number', boolean: 'boolean', json: 'unknown' },
};

function fields(helper: string, before: LogEvent, after: LogEvent): Draft[] {
  const at = `logs.events.${after.name}.fields`;
  const [was, is] = [before.fields, after.fields].map(
    (list) => new Map(list.map(({ name, type }) => [name, type])),
  );
  const drafts: Draft[] = [];
  for (const [name, type] of was ?? []) {
    const now = is?.get(name);
    if (now === type) continue;
    const isSame = now !== undefined && codeTypes[now] === codeTypes[type];
    drafts.push({
      at: `${at}.${name}`,
      kind: now === undefined ? 'removed' : 'changed',
      before: type,
      after: now,
      consequences:
        now === undefined
          ? [
              breaks('CODE', `calls of ${helper} that give ${name} do not compile any more`),
              breaks('QUERY', `searches of logs for ${name} find nothing`),
            ]
          : isSame || now === 'json'
            ? [keeps('CODE', `${name} takes what it took`)]
            : [
                breaks('CODE', `${helper} takes a ${codeTypes[now]} for ${name}`),
                breaks('QUERY', `searches that compare ${name} compare another kind of value`),
              ],
    });
  }
  for (const [name, type] of is ?? [])
    if (was?.has(name) !== true)
      drafts.push({
        at: `${at}.${name}`,
        kind: 'added',
        after: type,
        consequences: [breaks('CODE', `every call of ${helper} has to give ${name}`)],
      });
  return drafts;
}

function event(sides: Sides, before: LogEvent, after: LogEvent): Draft[] {
  const at = `logs.events.${after.name}`;
  const drafts: Draft[] = [];
  if (before.level !== after.level) {
    const threshold = order.indexOf(sides.new.model.logs.level);
    const isHidden =
      order.indexOf(after.level) < threshold &&
      order.indexOf(before.level) >= order.indexOf(sides.old.model.logs.level);
    const isLower = order.indexOf(after.level) < order.indexOf(before.level);
    drafts.push({
      at: `${at}.level`,
      kind: 'changed',
      before: before.level,
      after: after.level,
      consequences: [
        isHidden
          ? breaks('QUERY', `the event is below the level ${sides.new.model.logs.level} and is not written`)
          : isLower
            ? breaks('QUERY', `searches of logs by level=${before.level} no longer find the event`)
            : keeps('QUERY', `the event is found among those of level ${after.level}`),
      ],
    });
  }
  if (before.message !== after.message)
    drafts.push({
      at: `${at}.message`,
      kind: 'changed',
      before: before.message,
      after: after.message,
      consequences: [
        keeps(
          'QUERY',
          'the event keeps its name, which is what to search by; searches of the words find nothing',
        ),
      ],
    });
  if (before.category !== after.category)
    drafts.push({
      at: `${at}.category`,
      kind: 'changed',
      before: before.category,
      after: after.category,
      consequences: [
        breaks('QUERY', `searches by the category ${before.category ?? 'none'} no longer find the event`),
      ],
    });
  return [...drafts, ...fields(`logs.${sides.new.names.event(after)}`, before, after)];
}

function settings(sides: Sides): Draft[] {
  const [was, is] = [sides.old.model.logs, sides.new.model.logs];
  const drafts: Draft[] = [];
  const add = (key: string, before: unknown, after: unknown, consequence: Draft['consequences']): void => {
    if (canonical(before ?? null) !== canonical(after ?? null))
      drafts.push({
        at: `logs.${key}`,
        kind: 'changed',
        before: shown(before),
        after: shown(after),
        consequences: consequence ?? [],
      });
  };
  const isHigher = order.indexOf(is.level) > order.indexOf(was.level);
  add('level', was.level, is.level, [
    isHigher
      ? breaks('QUERY', `events below ${is.level} are not written`)
      : keeps('QUERY', 'more events are written'),
  ]);
  add('format', was.format, is.format, [
    breaks('QUERY', 'searches that parse the lines find nothing where their form changes'),
  ]);
  const shownAgain =
    without(was.redact.keys, is.redact.keys).length +
      without(was.redact.patterns, is.redact.patterns).length >
    0;
  add('redact', was.redact, is.redact, [
    keeps(
      'QUERY',
      shownAgain ? 'values that were hidden are written: make sure that they may' : 'more values are hidden',
    ),
  ]);
  const lost = (['stdout', 'otlp'] as const).filter((key) => was.outputs[key] && !is.outputs[key]);
  const isLost =
    lost.length > 0 || (was.outputs.file !== undefined && was.outputs.file.path !== is.outputs.file?.path);
  add('outputs', was.outputs, is.outputs, [
    isLost
      ? breaks('QUERY', 'whoever reads the output that went gets nothing')
      : keeps('QUERY', 'lines go to other places as well'),
  ]);
  add('pino', was.pino, is.pino, [
    is.pino
      ? keeps('CODE', 'options for pino can be imported')
      : breaks('CODE', 'the options for pino are no longer there'),
  ]);
  return drafts;
}

/** Everything that differs between the logs of two specs. */
export function diffLogs(sides: Sides): Draft[] {
  const [before, after] = [sides.old.model.logs.events, sides.new.model.logs.events];
  const drafts = settings(sides);
  for (const old of before.values()) {
    const same = after.get(old.name);
    if (same !== undefined) drafts.push(...event(sides, old, same));
    else
      drafts.push({
        at: `logs.events.${old.name}`,
        kind: 'removed',
        before: old.level,
        consequences: [
          breaks('CODE', `calls of logs.${sides.old.names.event(old)} do not compile any more`),
          breaks('QUERY', `searches of logs for event="${old.name}" find nothing new`),
        ],
      });
  }
  for (const each of after.values())
    if (!before.has(each.name))
      drafts.push({
        at: `logs.events.${each.name}`,
        kind: 'added',
        after: each.level,
        consequences: [keeps('CODE', `logs.${sides.new.names.event(each)} can be called`)],
      });
  return drafts;
}
