/**
 * The query of the next page, as a `Link` header has it; `undefined` on the last page. Only the query is taken: the
 * request keeps the place where it was sent, whatever host and path the header names.
 *
 * @see https://docs.gitlab.com/api/rest/#pagination-link-header
 */
export function nextPage(link: string | undefined): string | undefined {
  const [, address] = /<([^<>]*)>[^,<]*;\s*rel="?next"?/.exec(link ?? '') ?? [];
  const base = 'https://gitlab.invalid';
  if (address === undefined || !URL.canParse(address, base)) return undefined;
  return new URL(address, base).search;
}
