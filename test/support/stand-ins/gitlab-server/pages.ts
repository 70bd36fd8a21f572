/** One page of a list, with the headers that GitLab documents. */
export function pageOf(
  list: readonly object[],
  keyset: 'id_after' | 'page_token' | undefined,
  url: URL,
  most = 100,
): { body: readonly object[]; headers: Record<string, string> } {
  const size = Math.min(Number(url.searchParams.get('per_page') ?? 20), most);
  if (keyset) {
    const field = keyset === 'id_after' ? 'id' : 'name';
    const after = url.searchParams.get(keyset);
    const key = (item: object) =>
      String(Object.entries(item).find(([name]) => name === field)?.[1]);
    const start = after === null ? 0 : list.findIndex((item) => key(item) === after) + 1;
    const body = list.slice(start, start + size);
    const last = body.at(-1);
    const more = start + size < list.length && last !== undefined;
    return { body, headers: more ? link(url, { [keyset]: key(last) }) : {} };
  }
  const page = Number(url.searchParams.get('page') ?? 1);
  const pages = Math.max(1, Math.ceil(list.length / size));
  return {
    body: list.slice((page - 1) * size, page * size),
    headers: {
      ...(page < pages ? link(url, { page: String(page + 1) }) : {}),
      'x-next-page': page < pages ? String(page + 1) : '',
      'x-page': String(page),
      'x-per-page': String(size),
      'x-total': String(list.length),
      'x-total-pages': String(pages),
    },
  };
}

function link(url: URL, change: Record<string, string>): Record<string, string> {
  const next = new URL(url);
  for (const [name, value] of Object.entries(change)) next.searchParams.set(name, value);
  return { link: `<${next.href}>; rel="next"` };
}
