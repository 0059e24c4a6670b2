import type { Workspace } from './workspace.js';

/** A JSON Schema of an object. */
export interface ObjectSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
}

export type ToolArguments = Readonly<Record<string, unknown>>;

/** Something that a coding agent can ask for. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  /** For the model that chooses: what it does, and when to use it. */
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  readonly outputSchema: ObjectSchema;
  /** Whether nothing on the disk is changed by it, whatever the arguments. */
  readonly readOnly: boolean;
  /**
   * @param given arguments that fit the schema
   * @throws ToolFailure
   */
  call(given: ToolArguments, workspace: Workspace): Promise<ToolResult> | ToolResult;
}

/** What a tool found: data for programs, and where a text says it better than the same data, the text. */
export interface ToolResult {
  readonly data: Readonly<Record<string, unknown>>;
  readonly text?: string;
}

/** Why a tool cannot do what it was asked for: the agent reads it, and does better. */
export class ToolFailure extends Error {
  readonly help: readonly string[];
  /** Diagnostics and the like. */
  readonly data: Readonly<Record<string, unknown>>;

  constructor(message: string, help: readonly string[] = [], data: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.help = help;
    this.data = data;
  }
}

/** The option of every tool that reads a spec. */
export const specProperty = {
  spec: {
    type: 'string',
    minLength: 1,
    maxLength: 1000,
    description:
      'Path of the spec, in the working directory; without it the one that the server was started with',
  },
} as const;

export function textArgument(given: ToolArguments, name: string): string | undefined {
  const value = given[name];
  return typeof value === 'string' ? value : undefined;
}

export function numberArgument(given: ToolArguments, name: string): number | undefined {
  const value = given[name];
  return typeof value === 'number' ? value : undefined;
}
