export const fetchPage = async (url: string, signal?: AbortSignal) => {
  if (signal?.aborted === true) return { ok: false, reason: 'aborted' } as const;
  if (url.startsWith('http')) return { ok: true, text: url } as const;
  return null;
};

export async function use(url: string): Promise<string> {
  const page = await fetchPage(url);
  if (page === null) return 'no page';
  return page.ok ? page.text : page.reason;
}
