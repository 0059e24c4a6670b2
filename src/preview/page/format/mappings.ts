import type { Mapping } from '../board.js';

/** What is shown instead of a value. */
export interface Mapped {
  readonly text?: string | undefined;
  readonly color?: string | undefined;
}

function matchesSpecial(match: unknown, value: number | string | null): boolean {
  const none = value === null;
  const nan = typeof value === 'number' && Number.isNaN(value);
  switch (match) {
    case 'nan':
      return nan;
    case 'null':
      return none;
    case 'null+nan':
      return none || nan;
    case 'true':
      return value === 'true' || value === 1;
    case 'false':
      return value === 'false' || value === 0;
    case 'empty':
      return value === '';
    default:
      return false;
  }
}

/** The result of the first mapping that fits; a value mapping before others, as its key is exact. */
export function mappedValue(
  mappings: readonly Mapping[] | undefined,
  value: number | string | null,
): Mapped | undefined {
  for (const { type, options } of mappings ?? []) {
    const choice = options as Readonly<Record<string, unknown>> & {
      readonly match?: unknown;
      readonly from?: number | null;
      readonly to?: number | null;
      readonly pattern?: string;
      readonly result?: Mapped;
    };
    if (type === 'value' && value !== null) {
      const exact = choice[String(value)];
      if (exact !== undefined) return exact as Mapped;
    }
    if (type === 'range' && typeof value === 'number') {
      if (value >= (choice.from ?? -Infinity) && value <= (choice.to ?? Infinity)) return choice.result;
    }
    if (type === 'regex' && typeof value === 'string' && choice.pattern !== undefined) {
      if (new RegExp(choice.pattern.replace(/^\/(.*)\/\w*$/, '$1')).test(value)) return choice.result;
    }
    if (type === 'special' && matchesSpecial(choice.match, value)) return choice.result;
  }
  return undefined;
}
