/** Why nothing came that could be read. */
export type NoAnswerKind =
  'refused' | 'no host' | 'timeout' | 'tls' | 'redirect' | 'too large' | 'broken' | 'status' | 'content';

/** A part could not be asked, or what it said cannot be used. The message is for people, and holds no credentials. */
export class NoAnswer extends Error {
  readonly kind: NoAnswerKind;
  /** Status of the answer, where there was one. */
  readonly status: number | undefined;

  constructor(kind: NoAnswerKind, message: string, status?: number) {
    super(message);
    this.kind = kind;
    this.status = status;
  }
}

const tlsCodes =
  /^(?:ERR_SSL|ERR_TLS|EPROTO|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|ERR_OSSL)/;

/** What Node says where a connection does not come about, in words. */
export function connectionFault(who: string, error: unknown): NoAnswer {
  const code = codeOf(error);
  if (tlsCodes.test(code)) return new NoAnswer('tls', `${who} and this machine do not agree on TLS: ${code}`);
  switch (code) {
    case 'ECONNREFUSED':
      return new NoAnswer('refused', `${who} does not answer: nothing listens there`);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new NoAnswer('no host', `${who} does not answer: there is no host of this name`);
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return new NoAnswer('timeout', `${who} does not answer: it cannot be reached (${code})`);
    default:
      return new NoAnswer('broken', `${who} does not answer: the connection breaks (${code})`);
  }
}

/** Where all addresses of a host refuse, Node wraps their errors in one. */
function codeOf(error: unknown): string {
  const { code, errors } = error as { readonly code?: unknown; readonly errors?: readonly unknown[] };
  if (typeof code === 'string' && code !== '') return code;
  return Array.isArray(errors) && errors.length > 0 ? codeOf(errors[0]) : 'no reason given';
}

/** What to do about a part that cannot be asked. */
export function remedy({ kind, status }: NoAnswer): string {
  switch (kind) {
    case 'refused':
      return 'start it, or look at its log for why it has ended: `obs-gen stack status`, `obs-gen stack logs`';
    case 'no host':
      return 'name its address with the option of its name';
    case 'timeout':
      return 'look whether it is overloaded or hangs: `obs-gen stack logs`; or whether something between drops the packets';
    case 'tls':
      return 'name the certificates with --ca, --cert and --key, and https in the address where `access.tls` is on';
    case 'redirect':
      return 'name the address that it points to, with the option of its name';
    case 'too large':
      return 'look whether the address is that of another program';
    case 'broken':
      return 'look at its log: `obs-gen stack logs`; where it speaks TLS, the address begins with https';
    case 'status':
      return status === 401 || status === 403
        ? 'name the credentials: --token-file, --cert and --key, --grafana-password-file'
        : 'look at its log: `obs-gen stack logs`';
    case 'content':
      return 'look whether the address is that of another program, or of a proxy';
  }
}
