import type { ParameterSchema } from '../model/wire.js';

/** Arguments that fit the tool's schema. */
export type ToolArguments = Readonly<Record<string, string | number>>;

/** Something that the model may use. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly parameters: ParameterSchema;
  /** The text that the model gets; an Error becomes the outcome tool_error, and the model reads its message. */
  execute(args: ToolArguments, signal: AbortSignal): Promise<string>;
}

/** The model asked for something that the service does not allow. */
export class DeniedError extends Error {
  override readonly name = 'DeniedError';
}

/** The arguments do not fit the tool. */
export class InvalidArgumentsError extends Error {
  override readonly name = 'InvalidArgumentsError';
}

/** Reads what the model wrote as arguments and holds it against the tool's schema. */
export function parseArguments(schema: ParameterSchema, json: string): ToolArguments {
  const parsed = parseObject(json);
  const args = Object.create(null) as Record<string, string | number>;
  for (const [name, { type }] of Object.entries(schema.properties)) {
    const value = parsed.get(name);
    if (value === undefined) {
      if (schema.required.includes(name)) throw new InvalidArgumentsError(`the argument ${name} is missing`);
    } else if (type === 'string' ? typeof value === 'string' : Number.isInteger(value)) {
      args[name] = value as string | number;
    } else {
      throw new InvalidArgumentsError(`the argument ${name} is not of type ${type}`);
    }
  }
  for (const name of parsed.keys()) {
    if (!Object.hasOwn(schema.properties, name))
      throw new InvalidArgumentsError(`there is no argument ${name}`);
  }
  return args;
}

function parseObject(json: string): ReadonlyMap<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(json === '' ? '{}' : json);
  } catch {
    throw new InvalidArgumentsError('the arguments are no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidArgumentsError('the arguments are no JSON object');
  }
  return new Map(Object.entries(value));
}
