import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { alertmanagerOf, severities, type ReceiverSpec } from '../alertmanager/settings.js';
import type { Model } from '../model/model.js';
import type { Stack } from '../model/stack.js';
import { certificatesOf } from './certificates.js';
import { secretsMount } from './containers.js';
import { partsOf, type PartName } from './parts.js';
import { stackPaths } from './paths.js';

/** A file that no build writes, because what is in it is nobody's business. */
export interface Secret {
  /** Of letters, digits, dots, dashes and underscores; unique in the stack. */
  readonly name: string;
  /**
   * `generated`: random text that `obs-gen stack up` makes once. `given`: only somebody who has it can put it there; `stack up` says
   * which are missing. `certificate`: a folder, see `certificatesOf`.
   */
  readonly kind: 'generated' | 'given' | 'certificate';
  /** Below the output directory; a file that is named relative to a configuration lies beside that. */
  readonly path: string;
  /** What it is for, for whoever has to provide it: the rest of a sentence that begins with the name. */
  readonly why: string;
  /** The parts that read it. */
  readonly parts: readonly PartName[];
  /** How those parts' configuration calls the file; undefined where it is a folder, or where it is passed by its path. */
  readonly readAs: string | undefined;
}

/**
 * Modes of what is made. The folders are shut, but for those of certificates in them; what lies in them can be read by all who get there,
 * because a container's user is another one than the one of the machine, and what is mounted keeps its owner and its mode.
 * https://docs.docker.com/reference/compose-file/secrets/
 */
export const secretModes = {
  folder: 0o700,
  /** The folder of one certificate, which is mounted as a whole. */
  folderOfCertificate: 0o755,
  file: 0o644,
  /** Read by nobody but `stack up`. */
  keyOfAuthority: 0o600,
} as const;

/** What Grafana is given; both have a default that everybody knows. */
export const grafanaSecrets = {
  adminPassword: 'grafana-admin-password',
  secretKey: 'grafana-secret-key',
} as const;

/** Folders of configurations that name files, below the output directory: a relative name begins there. */
const configFolders = { alertmanager: 'alertmanager', prometheus: 'prometheus' } as const;
type Reader = keyof typeof configFolders;

function generated(name: string, why: string): Secret {
  const path = `${stackPaths.secrets}/${name}`;
  return Object.freeze({
    name,
    kind: 'generated',
    path,
    why,
    parts: Object.freeze(['grafana' as const]),
    readAs: `${secretsMount}/${name}`,
  });
}

/** The last part of a path of /run/secrets; of any other path, all of it, and a hash so that two never meet. */
function nameOf(file: string, reserved: ReadonlySet<string>): string {
  const own = /^\/run\/secrets\/([A-Za-z0-9][A-Za-z0-9._-]*)$/.exec(file)?.[1];
  if (own !== undefined && !reserved.has(own)) return own;
  const hash = createHash('sha256').update(file).digest('hex').slice(0, 8);
  const plain = file.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+|[.-]+$/g, '');
  return `${plain === '' ? 'file' : plain.slice(-80)}-${hash}`;
}

/** A file that the spec names, and what for. */
interface Mention {
  readonly file: string | undefined;
  readonly why: string;
  readonly reader: Reader;
}

function ofReceiver(receiver: ReceiverSpec | undefined, what: string): readonly Mention[] {
  const mention = (file: string | undefined, why: string): Mention => ({
    file,
    why: `${why}, for ${what}`,
    reader: 'alertmanager',
  });
  return [
    mention(receiver?.slack?.webhookFile, "the address of Slack's webhook"),
    mention(receiver?.pagerduty?.routingKeyFile, "PagerDuty's routing key"),
    mention(receiver?.opsgenie?.apiKeyFile, "OpsGenie's API key"),
    mention(receiver?.email?.passwordFile, "the mail server's password"),
    mention(receiver?.webhook?.urlFile, 'the address of the webhook'),
  ];
}

const receiverTexts = { page: 'pages', ticket: 'tickets', info: 'what is only shown' } as const;

function mentions(model: Model, stack: Stack): readonly Mention[] {
  const receivers = alertmanagerOf(model);
  const tokens: readonly Mention[] = [
    {
      file: stack.service.tokenFile,
      why: 'the token that the metrics page of the service asks for',
      reader: 'prometheus',
    },
    {
      file: stack.metrics.remoteWrite?.tokenFile,
      why: 'the token for the store that Prometheus sends its samples to',
      reader: 'prometheus',
    },
  ];
  return [
    ...severities.flatMap((severity) => ofReceiver(receivers?.[severity], receiverTexts[severity])),
    ...ofReceiver(receivers?.deadMansSwitch, "the dead man's switch"),
    ...tokens,
  ];
}

/** One secret for each file, with all that it is for. */
function given(model: Model, stack: Stack, reserved: ReadonlySet<string>): readonly Secret[] {
  const found = new Map<string, { file: string; why: Set<string>; parts: Set<Reader> }>();
  for (const { file, why, reader } of mentions(model, stack)) {
    if (file === undefined) continue;
    const key = posix.isAbsolute(file) ? file : posix.join(configFolders[reader], file);
    const entry = found.get(key) ?? { file, why: new Set(), parts: new Set() };
    entry.why.add(why);
    entry.parts.add(reader);
    found.set(key, entry);
  }
  return [...found].map(([key, { file, why, parts }]) => {
    const name = nameOf(key, reserved);
    return Object.freeze({
      name,
      kind: 'given',
      path: posix.isAbsolute(file) ? `${stackPaths.secrets}/${name}` : key,
      why: [...why].join('; '),
      parts: Object.freeze([...parts]),
      readAs: file,
    });
  });
}

function certificates(model: Model, stack: Stack): readonly Secret[] {
  const parts = new Set<string>(partsOf(model, stack));
  return certificatesOf(model, stack).map(({ name, path, isAuthority }) => {
    const isPart = (word: string): word is PartName => parts.has(word);
    const why = isAuthority
      ? 'the authority that signs the certificates of the stack'
      : `the certificate that ${isPart(name) ? name : `the ${name}`} shows to the parts of the stack`;
    return Object.freeze({
      name: `tls-${name}`,
      kind: 'certificate',
      path,
      why,
      parts: Object.freeze(isPart(name) ? [name] : []),
      readAs: undefined,
    });
  });
}

/** All secrets of a stack, in a fixed order: made ones, given ones, certificates. */
export function secretsOf(model: Model, stack: Stack): readonly Secret[] {
  const own = [
    generated(grafanaSecrets.adminPassword, "the password of Grafana's first user, `admin`"),
    generated(grafanaSecrets.secretKey, 'what Grafana encrypts the secrets in its database with'),
  ];
  const reserved = new Set<string>([...own.map(({ name }) => name), 'tls']);
  return Object.freeze([...own, ...given(model, stack, reserved), ...certificates(model, stack)]);
}
