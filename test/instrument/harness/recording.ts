import { inspect, types } from 'node:util';
import type { Recorder } from '../cases/recorder.js';

/** A recorder that keeps its lines. */
export function recorder(lines: string[], folder: string): Recorder {
  const value = (label: string, given: unknown): void => {
    lines.push(`${label}: ${show(given)}`);
  };
  const record = async (label: string, work: () => unknown): Promise<void> => {
    try {
      const result = work();
      if (!types.isPromise(result)) {
        lines.push(`${label}: returned ${show(result)}`);
        return;
      }
      lines.push(`${label}: returned a promise of ${(result.constructor as { name: string }).name}`);
      await result.then(
        (settled) => lines.push(`${label}: resolved ${show(settled)}`),
        (error: unknown) => lines.push(`${label}: rejected ${show(error)}`),
      );
    } catch (error) {
      lines.push(`${label}: threw ${show(error)}`);
    }
  };
  const frames = async (label: string, work: () => unknown): Promise<void> => {
    try {
      await work();
      lines.push(`${label}: nothing was thrown`);
    } catch (error) {
      lines.push(`${label}: thrown in ${framesOf(error, folder).join(' < ')}`);
    }
  };
  const shape = (label: string, given: unknown): void => {
    lines.push(`${label}: ${shapeOf(given)}`);
  };
  const property = (label: string, holder: object, key: PropertyKey): void => {
    lines.push(`${label}: ${propertyOf(Object.getOwnPropertyDescriptor(holder, key))}`);
  };
  return Object.assign(record, { value, frames, shape, property, settle });
}

/** Lets timers, ticks and the reports of unhandled rejections come. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** A text for a value, without anything that changes from run to run or that is not the program's business. */
export function show(value: unknown): string {
  if (typeof value === 'function') return `function ${JSON.stringify(value.name)}`;
  if (value instanceof Error) return showError(value);
  return inspect(value, { depth: 5, breakLength: Infinity, customInspect: false }).replaceAll(
    /\[(?:Async|AsyncGenerator|Generator)Function/g,
    '[Function',
  );
}

function showError(error: Error): string {
  const own = Object.fromEntries(Object.entries(error)) as Readonly<Record<string, unknown>>;
  const extra = Object.keys(own).length === 0 ? '' : ` ${show(own)}`;
  const cause = error.cause === undefined ? '' : ` because of ${show(error.cause)}`;
  // The engine quotes the function's text.
  const message = error.message.replace(/^[^]* is not a constructor$/, 'not a constructor');
  return `${error.constructor.name} ${JSON.stringify(message)}${extra}${cause}`;
}

function shapeOf(value: unknown): string {
  if (typeof value !== 'function') return `no function but ${show(value)}`;
  const keys = Reflect.ownKeys(value).map((key) => {
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    return `${String(key)} ${propertyOf(descriptor)}`;
  });
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  return `${tag} ${JSON.stringify(value.name)} of ${value.length} {${keys.sort().join('; ')}}`;
}

function propertyOf(descriptor: PropertyDescriptor | undefined): string {
  if (descriptor === undefined) return 'absent';
  const flags = (['writable', 'enumerable', 'configurable'] as const).filter((flag) => descriptor[flag]);
  const accessors = ['get', 'set'].map((key): unknown => Reflect.get(descriptor, key));
  const what =
    'value' in descriptor
      ? typeof descriptor.value
      : accessors.map((accessor) => (accessor === undefined ? '-' : show(accessor))).join(' ');
  return `${what} (${flags.join(' ')})`;
}

/** Names of the functions in an error's stack, those of the case's own files alone. */
function framesOf(error: unknown, folder: string): string[] {
  if (!(error instanceof Error) || error.stack === undefined) return ['no stack'];
  return error.stack
    .split('\n')
    .filter((line) => line.includes(folder) && !line.includes('behaviour.'))
    .filter((line) => !line.includes('/generated/'))
    .map((line) => /^\s+at (?:async )?(?:new )?(?:Object\.)?(.*?) \(/.exec(line)?.[1] ?? 'unnamed');
}
