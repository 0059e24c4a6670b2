/** Where a Prometheus answers. */
export interface PrometheusAddress {
  /** Without a trailing slash and without credentials: what may be shown. */
  readonly url: string;
  /** The header that the credentials of the URL stand for. */
  readonly authorization: string | undefined;
}

/**
 * Reads the address of a Prometheus: `http://host:9090`, below a path, or with `user:password@`.
 * @returns a text where it is none, with the reason; it does not repeat the address, which may hold a password
 */
export function prometheusAddress(given: string): PrometheusAddress | string {
  if (!URL.canParse(given)) return 'it is no URL: write for example http://localhost:9090';
  const url = new URL(given);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return 'its scheme has to be http or https: write for example http://localhost:9090';
  if (url.search !== '' || url.hash !== '') return 'it has a query or a fragment, which cannot be passed on';
  const { username, password } = url;
  url.username = '';
  url.password = '';
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {
    url: url.href.replace(/\/+$/, ''),
    authorization:
      username === '' && password === ''
        ? undefined
        : `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`,
  };
}
