import type { Activity, Signal } from './facts.js';

/** Calls of a package that count, by their last word; without words every call does that is no housekeeping. */
interface PackageGroup {
  readonly does: Activity | Extract<Signal, 'metrics' | 'logging' | 'errors' | 'correlation'>;
  /** Names of packages; one that ends in `/` or `-` stands for all that begin so. */
  readonly packages: readonly string[];
  readonly calls?: ReadonlySet<string>;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Calls of the model SDKs that ask a model something. */
const modelCalls = words(
  'create parse stream generateText streamText generateObject streamObject embed embedMany generateImage transcribe invoke batch streamEvents predict generate generateLegacy generateVNext generateContent generateContentStream embedContent sendMessage sendMessageStream embedQuery embedDocuments complete converse chat send run',
);

/** What each package is for: the first group that has it decides. */
const groups: readonly PackageGroup[] = [
  {
    does: 'model',
    packages: [
      'openai',
      '@anthropic-ai/',
      'ai',
      '@ai-sdk/',
      '@google/genai',
      '@google/generative-ai',
      '@langchain/',
      'langchain',
      '@mastra/',
      '@mistralai/',
      'cohere-ai',
      'groq-sdk',
      'ollama',
      'replicate',
      'together-ai',
      '@aws-sdk/client-bedrock-',
      '@azure/openai',
      '@huggingface/inference',
    ],
    calls: modelCalls,
  },
  {
    does: 'tool',
    packages: ['@modelcontextprotocol/'],
    calls: words('callTool readResource getPrompt listTools'),
  },
  {
    does: 'queue',
    packages: [
      'bullmq',
      'bull',
      'amqplib',
      'kafkajs',
      'pg-boss',
      'p-queue',
      'fastq',
      'nats',
      '@aws-sdk/client-sqs',
      '@aws-sdk/client-sns',
      '@google-cloud/pubsub',
      '@temporalio/client',
      'bee-queue',
      'agenda',
    ],
    calls: words(
      'add addBulk Worker publish publishMessage sendToQueue consume send sendBatch run subscribe work process push enqueue unshift schedule now every start execute',
    ),
  },
  {
    does: 'database',
    packages: [
      'pg',
      'postgres',
      'mysql',
      'mysql2',
      '@prisma/client',
      'drizzle-orm',
      'drizzle-orm/',
      'knex',
      'kysely',
      'mongodb',
      'mongoose',
      'redis',
      'ioredis',
      'better-sqlite3',
      'sqlite3',
      'sqlite',
      'node:sqlite',
      'sequelize',
      'typeorm',
      '@libsql/client',
      '@supabase/supabase-js',
      '@elastic/elasticsearch',
      '@pinecone-database/pinecone',
      '@aws-sdk/client-dynamodb',
    ],
  },
  {
    does: 'network',
    packages: [
      'http',
      'https',
      'http2',
      'net',
      'tls',
      'undici',
      'axios',
      'got',
      'ky',
      'node-fetch',
      'cross-fetch',
      'superagent',
      'ws',
      'nodemailer',
      'graphql-request',
      '@aws-sdk/',
      '@google-cloud/',
      '@octokit/',
      'octokit',
      'stripe',
      '@slack/web-api',
      'playwright',
      'puppeteer',
    ],
    calls: words(
      'get post put patch delete head options request fetch stream pipeline send sendMail connect axios got ky query create update list retrieve goto graphql call WebSocket default',
    ),
  },
  {
    does: 'process',
    packages: ['child_process', 'worker_threads', 'cluster', 'execa', 'zx', 'piscina', 'node-pty'],
    calls: words(
      'spawn spawnSync exec execSync execFile execFileSync fork Worker execa execaSync execaCommand run $ default promisify',
    ),
  },
  { does: 'file', packages: ['fs', 'fs/promises', 'fs-extra', 'graceful-fs'] },
  {
    does: 'metrics',
    packages: ['prom-client', '@opentelemetry/api', 'hot-shots', 'statsd-client'],
    calls: words('inc dec observe set startTimer add record increment gauge timing histogram'),
  },
  {
    does: 'logging',
    packages: [
      'pino',
      'winston',
      'bunyan',
      'loglevel',
      'consola',
      'tslog',
      'signale',
      '@opentelemetry/api-logs',
    ],
    calls: words('trace debug verbose info notice warn error fatal log emit success'),
  },
  {
    does: 'errors',
    packages: ['@sentry/', '@bugsnag/', 'rollbar', '@honeybadger-io/', 'newrelic'],
    calls: words('captureException captureMessage notify error critical noticeError'),
  },
  {
    does: 'correlation',
    packages: ['async_hooks', '@opentelemetry/api', 'cls-hooked'],
    calls: words('run enterWith getStore with inject extract bind setBaggage'),
  },
];

/** Calls that open, close and listen: no work of their own. */
const housekeeping = words(
  'on once off addListener removeListener removeAllListeners emit end quit close disconnect destroy unref ref model Schema pgTable sqliteTable mysqlTable eq and or desc asc existsSync watch unwatchFile',
);

/** Calls that make a client rather than use one: what they return is a client of the package too. */
export const factories =
  /^(?:create(?!Read|Write)\w*|get(?:Meter|Tracer|Logger|Client|Queue|Db|Database|Connection|Instance)|open\w*|connect|extend|child|init|default|pino|postgres|knex|drizzle|mysql|channel|producer|consumer|db|collection|promisify|open|Redis|Database)$/;

/** What a package is for, by its name as it is imported. Packages of telemetry may be for several things. */
export function groupsOf(module: string): readonly PackageGroup[] {
  const name = module.startsWith('node:') && module !== 'node:sqlite' ? module.slice('node:'.length) : module;
  let known = byModule.get(name);
  if (known === undefined) {
    const fitting = groups.filter(({ packages }) => packages.some((each) => isOf(each, name)));
    const [first] = fitting;
    known = first?.does === 'metrics' ? fitting : fitting.slice(0, 1);
    byModule.set(name, known);
  }
  return known;
}

const byModule = new Map<string, readonly PackageGroup[]>();

function isOf(each: string, name: string): boolean {
  return /[/-]$/.test(each) ? name.startsWith(each) : each === name || name.startsWith(`${each}/`);
}

/** Whether a call of a package is one that counts. */
export function counts({ calls }: PackageGroup, last: string): boolean {
  return calls === undefined ? !housekeeping.has(last) : calls.has(last);
}
