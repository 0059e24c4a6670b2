import type { FieldType, LogEvent, LogLevel, Model } from '../../model/model.js';
import type { Rates } from '../expected/rates.js';

const levels: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

/** Characters of a value of a field, as JSON. */
const valueSizes: Readonly<Record<FieldType, number>> = {
  string: 26,
  int: 4,
  double: 8,
  boolean: 5,
  ip: 15,
  json: 200,
};

/** {"time":…,"level":…,"service":…,"trace_id":…,"span_id":…,"correlation_id":…} with their values. */
const frame = 260;
/** "name": and a comma. */
const keyFrame = 4;

/**
 * Loki compresses chunks; how well, no document says. JSON lines that repeat their keys shrink to less than this with snappy, which is what
 * Loki uses by itself.
 */
export const compressedShare = 0.3;

/** A kind of log line. */
export interface LogVolume {
  readonly event: string;
  /** Over all instances. */
  readonly perSecond: number;
  readonly lineBytes: number;
}

type Logged = Pick<LogEvent, 'name' | 'message' | 'level' | 'fields'>;

function lineBytes({ name, message, fields }: Logged): number {
  const said = fields.reduce((sum, field) => sum + field.name.length + keyFrame + valueSizes[field.type], 0);
  return frame + name.length + message.length + said;
}

function securityEvents(model: Model): readonly Logged[] {
  return Object.entries(model.sections.security?.events ?? {}).map(([name, event]) => ({
    name,
    message: event.description ?? name,
    level: 'warn',
    fields: Object.entries(event.fields ?? {}).map(([field, type]) => ({ name: field, type })),
  }));
}

/** A line of an event comes when what its name says happens; one of a warning or an error as seldom as failures do. */
function rateOf({ name, level }: Logged, rates: Rates): number {
  const isTrouble = level === 'warn' || level === 'error' || level === 'fatal';
  return rates.ofMetric(`${name.replaceAll('.', '_')}${isTrouble ? '_failed' : ''}`).perSecond;
}

/** The lines that are logged: those of the level that the service is set to and above. */
export function logVolumes(model: Model, rates: Rates, instances: number): readonly LogVolume[] {
  const least = levels.indexOf(model.logs.level);
  const logged = [...model.logs.events.values(), ...securityEvents(model)];
  return logged
    .filter(({ level }) => levels.indexOf(level) >= least)
    .map((event) => ({
      event: event.name,
      perSecond: rateOf(event, rates) * instances,
      lineBytes: lineBytes(event),
    }));
}
