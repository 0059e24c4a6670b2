import { certificateFiles, certificateMount } from '../../stack/certificates.js';

/** The oldest version of TLS that is spoken, as Prometheus and its relatives write it. */
const oldest = 'TLS12';

/** The files of a certificate in a folder. */
export function certificateIn(folder: string): {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
} {
  const { authority, certificate, key } = certificateFiles;
  return {
    authority: `${folder}/${authority}`,
    certificate: `${folder}/${certificate}`,
    key: `${folder}/${key}`,
  };
}

/**
 * What Prometheus, Alertmanager and Pushgateway serve their pages by: TLS, and nobody is answered without a certificate of the stack.
 * https://prometheus.io/docs/prometheus/latest/configuration/https/
 * @param folder where the certificate of the part lies
 */
export function webConfig(folder: string = certificateMount): object {
  const { authority, certificate, key } = certificateIn(folder);
  return {
    tls_server_config: {
      cert_file: certificate,
      key_file: key,
      client_ca_file: authority,
      client_auth_type: 'RequireAndVerifyClientCert',
      min_version: oldest,
    },
  };
}

/**
 * How Prometheus speaks to other parts, and promtool and amtool to their own.
 * @param serverName the name in the other's certificate, where it is not the one in its address
 */
export function clientTlsConfig(folder: string = certificateMount, serverName?: string): object {
  const { authority, certificate, key } = certificateIn(folder);
  return {
    ca_file: authority,
    cert_file: certificate,
    key_file: key,
    server_name: serverName,
    min_version: oldest,
  };
}

/** The text of `--http.config.file` of promtool and amtool. */
export function httpClientConfig(folder: string = certificateMount): object {
  return { tls_config: clientTlsConfig(folder) };
}
