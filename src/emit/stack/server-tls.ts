import { certificateMount } from '../../stack/certificates.js';
import type { Stack } from '../../model/stack.js';
import { certificateIn } from './tls.js';

/** The port on which Loki and Tempo say whether they are ready to nobody but their own container, where all else asks for a certificate. */
export const readinessPort = 3101;

/**
 * The `server` of Loki and Tempo. Their gRPC is for themselves: one process asks itself by it, on loopback.
 * @param port what they answer on
 */
export function serverConfig(stack: Stack, port: number): object {
  const { authority, certificate, key } = certificateIn(certificateMount);
  return {
    http_listen_port: port,
    grpc_listen_address: '127.0.0.1',
    log_level: 'warn',
    ...(stack.access.tls
      ? {
          tls_min_version: 'VersionTLS12',
          http_tls_config: {
            cert_file: certificate,
            key_file: key,
            client_auth_type: 'RequireAndVerifyClientCert',
            client_ca_file: authority,
          },
        }
      : {}),
  };
}

/** A second server for the health check, which has no certificate to show; undefined where the first one asks for none. */
export function readinessServer(stack: Stack): object | undefined {
  if (!stack.access.tls) return undefined;
  return { enable: true, http_listen_address: '127.0.0.1', http_listen_port: readinessPort };
}

/** The `tls` of a receiver of OTLP, as every Collector has it, and the programs that are made of one. */
export function receiverTls(stack: Stack): object | undefined {
  if (!stack.access.tls) return undefined;
  const { authority, certificate, key } = certificateIn(certificateMount);
  return { cert_file: certificate, key_file: key, client_ca_file: authority, min_version: '1.2' };
}
