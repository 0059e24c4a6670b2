import type { Expr, Matcher } from '../../promql/ast.js';
import { aggregate, binary, by, call, chain, matcher, number, selector, string } from '../../promql/build.js';
import type { DcgmField } from './fields.js';
import { dcgmMemory } from './fields.js';

/** What a device is told by while it is worked on: `host` becomes the instance at the end. */
export const device = ['host', 'gpu'] as const;
const part = [...device, 'mig'];

/** A label set from another one, where that has a value. */
export function relabelled(expr: Expr, target: string, source: string): Expr {
  return call('label_replace', expr, string(target), string('$1'), string(source), string('(.+)'));
}

/**
 * Series with the label `host`: what dcgm-exporter says, whose label got its lower case in 2026 (dcgm-exporter#655), or else the instance
 * that was scraped. Nothing is renamed yet: series of one host that two exporters show would become the same, which fails the whole rule.
 */
export function hosted(expr: Expr): Expr {
  return ['instance', 'Hostname', 'hostname'].reduce(
    (named: Expr, label) => relabelled(named, 'host', label),
    expr,
  );
}

/**
 * The host as the instance of a series that is the only one of its host and device. The address of the exporter changes whenever its pod
 * is restarted, and says nothing to who reads an alert.
 */
export function byInstance(expr: Expr): Expr {
  return call(
    'label_replace',
    relabelled(expr, 'instance', 'host'),
    ...['host', '', 'host', '.*'].map(string),
  );
}

/** The readings of a field that are readings. */
export function known(field: string, below: number, matchers: readonly Matcher[] = []): Expr {
  return binary('<', selector(field, matchers), number(below));
}

/** One value a device: series of several pods on one device repeat it, as do those of the instances that it is cut into. */
function once(expr: Expr): Expr {
  return aggregate('max', hosted(expr), by(device));
}

function scaled(expr: Expr, { scale, bit }: Pick<DcgmField, 'scale' | 'bit'>): Expr {
  if (bit !== undefined) return binary('%', call('floor', binary('/', expr, number(bit))), number(2));
  return scale === undefined ? expr : binary(scale.op, expr, number(scale.by));
}

export function fieldExpr(field: DcgmField): Expr {
  const [first = '', ...others] = field.fields;
  const reading = (name: string): Expr => {
    const value = known(name, field.below);
    return once(field.isAbsentAtZero === true ? binary('>', value, number(0)) : value);
  };
  return byInstance(scaled(chain('or', [reading(first), ...others.map(reading)]), field));
}

/** Memory of whole devices; of those that are cut into instances DCGM tells that of the instances. */
const whole = [matcher('GPU_I_ID', '=', '')];
const cut = [matcher('GPU_I_ID', '!=', '')];

export type MemoryPart = 'used' | 'free' | 'reserved';

function bytes(expr: Expr): Expr {
  return byInstance(binary(dcgmMemory.scale.op, expr, number(dcgmMemory.scale.by)));
}

function memoryOf(name: MemoryPart, labels: readonly string[], matchers: readonly Matcher[] = []): Expr {
  const value = hosted(known(dcgmMemory[name], dcgmMemory.below, matchers));
  const told = labels.includes('mig') ? relabelled(value, 'mig', 'GPU_I_ID') : value;
  return aggregate('max', told, by(labels));
}

/** The whole is the sum of its parts, as DCGM does not tell it unless asked to; what is reserved is not told by old versions. */
function totalOf(used: Expr, memory: (name: MemoryPart) => Expr): Expr {
  const reserved = binary('or', memory('reserved'), binary('*', number(0), memory('used')));
  return bytes(chain('+', [used, memory('free'), reserved]));
}

const ofDevice = (name: MemoryPart): Expr => memoryOf(name, device, whole);
const usedByInstance = memoryOf('used', part, cut);

export const memoryExpr = (name: MemoryPart): Expr => bytes(ofDevice(name));
export const memoryTotalExpr: Expr = totalOf(ofDevice('used'), ofDevice);
export const instanceMemoryExpr: Expr = bytes(usedByInstance);
/** Of what is added to memory in use, that of whole devices is left out by itself. */
export const instanceMemoryTotalExpr: Expr = totalOf(usedByInstance, (name) => memoryOf(name, part));

/** Series of the instances that devices are cut into. */
export function instancesOf(field: string): Expr {
  return selector(field, cut);
}
