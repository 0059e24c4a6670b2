import { createRequire } from 'node:module';
import { describe } from 'vitest';

const require = createRequire(new URL('../peers/mcp/package.json', import.meta.url));

/** What a tool answers, as the client hands it on. */
export interface Called {
  readonly content: readonly { readonly type: string; readonly text: string }[];
  readonly structuredContent?: Readonly<Record<string, unknown>>;
  readonly isError?: boolean;
}

interface Named {
  readonly name: string;
}

/** The official client, as far as these tests use it. */
export interface Client {
  connect(transport: Transport): Promise<void>;
  close(): Promise<void>;
  ping(): Promise<unknown>;
  getServerVersion(): { readonly name: string; readonly version: string } | undefined;
  getInstructions(): string | undefined;
  listTools(): Promise<{ readonly tools: readonly (Named & { readonly outputSchema?: object })[] }>;
  callTool(request: { readonly name: string; readonly arguments?: object }): Promise<Called>;
  listResources(): Promise<{ readonly resources: readonly { readonly uri: string }[] }>;
  readResource(request: {
    readonly uri: string;
  }): Promise<{ readonly contents: readonly { readonly text: string }[] }>;
  listPrompts(): Promise<{ readonly prompts: readonly Named[] }>;
  getPrompt(request: {
    readonly name: string;
    readonly arguments?: Readonly<Record<string, string>>;
  }): Promise<{ readonly messages: readonly { readonly content: { readonly text: string } }[] }>;
}

/** How the client reaches a server. */
export interface Transport {
  onmessage?: (message: unknown) => void;
  onclose?: () => void;
  onerror?: (error: Error) => void;
  start(): Promise<void>;
  send(message: unknown): Promise<void>;
  close(): Promise<void>;
}

/** A client that checks what it gets against the schemas of the protocol and of the tools. */
export function newClient(): Client {
  const { Client: Made } = require('@modelcontextprotocol/sdk/client/index.js') as {
    readonly Client: new (info: object) => Client;
  };
  return new Made({ name: 'obs-gen-test', version: '1' });
}

/** A transport to a program over its standard input and output. */
export function stdioTransport(server: {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly stderr: 'pipe';
}): Transport {
  const { StdioClientTransport } = require('@modelcontextprotocol/sdk/client/stdio.js') as {
    readonly StdioClientTransport: new (options: object) => Transport;
  };
  return new StdioClientTransport(server);
}

function isMissing(): boolean {
  if (process.env['CI'] !== undefined) return false;
  try {
    require.resolve('@modelcontextprotocol/sdk/client/index.js');
    return false;
  } catch {
    return true;
  }
}

/** Tests with the official client; skipped where it is not installed: `npm ci --prefix test/peers/mcp`. */
export const describeWithClient = describe.skipIf(isMissing());
