import { countDrop } from '../account.js';
import { timeText } from '../logs/line-time.js';
import { levelGate } from '../logs/log-level.js';
import type { LogLevel } from '../logs/log-level.js';
import { createRedactor } from '../redaction/redactor.js';
import type { Redaction } from '../redaction/redactor.js';
import { cleanArguments } from './clean-arguments.js';
import { cleanError, cleanFields, cleanLine, holdsSecret } from './clean-fields.js';
import { requestFields } from './request-fields.js';

/** What the lines share. */
export interface PinoSettings {
  readonly service: string;
  /** Least level that is written; settings and LOG_LEVEL override it, also while the service runs. */
  readonly level: LogLevel;
  readonly redaction?: Redaction;
}

type Fields = Record<string, unknown>;
type LogMethod = (...given: never[]) => void;

/** Options of pino 9 and 10, by their shape. https://github.com/pinojs/pino/blob/main/docs/api.md#options */
export interface PinoOptions {
  level: 'trace';
  base: { service: string };
  messageKey: string;
  timestamp: () => string;
  mixin: () => Fields;
  mixinMergeStrategy: (fields: object, mixin: object) => Fields;
  formatters: {
    level: (label: string) => Fields;
    bindings: (bindings: Fields) => Fields;
  };
  serializers: { err: (error: unknown) => unknown };
  onChild: (child: { bindings(): Fields }) => void;
  hooks: {
    logMethod: (this: object, given: readonly unknown[], method: LogMethod, level: number) => void;
    streamWrite: (line: string) => string;
  };
}

/** What drops are counted under. */
const account = 'pino';

/**
 * Options for pino: `pino(createPinoOptions(settings))` writes lines like those of the generated logs, with the ids of the trace and of the
 * request, and without secrets in texts, fields, errors and bindings. pino itself lets every level through, and the level that is in force
 * is compared before a line is put together, so that it follows the settings. With `transport.targets`, pino wants its own numbers for
 * levels: leave `formatters.level` out.
 */
export function createPinoOptions(settings: PinoSettings): PinoOptions {
  const redactor = createRedactor(settings.redaction, 'log');
  const gate = levelGate(settings.level, undefined);
  let hasSecretChild = false;
  return {
    level: 'trace',
    base: { service: settings.service },
    messageKey: 'message',
    timestamp: () => `,"time":"${timeText()}"`,
    mixin: () => requestFields(redactor),
    // The ids are those of the request, whatever a field says.
    mixinMergeStrategy: (fields, mixin) => ({ ...fields, ...mixin }),
    formatters: {
      level: (label) => ({ level: label }),
      bindings: (bindings) => cleanFields(bindings, redactor),
    },
    // Errors have been turned into what is shown of them by the time that pino looks for them, unless a child is bound to one.
    serializers: { err: (error) => (error instanceof Error ? cleanError(error, redactor) : error) },
    // pino writes what a child is bound to without asking anybody. Where it holds a secret, whole lines are gone through from then on.
    onChild(child) {
      hasSecretChild ||= holdsSecret(child, redactor);
    },
    hooks: {
      logMethod(given, method, level) {
        if (gate.least > level) return;
        let cleaned: readonly unknown[];
        try {
          cleaned = cleanArguments(given, redactor);
        } catch {
          countDrop(account, 'internal_error');
          return;
        }
        method.apply(this, cleaned as never[]);
      },
      streamWrite: (line) => (hasSecretChild ? cleanLine(line, redactor) : line),
    },
  };
}
