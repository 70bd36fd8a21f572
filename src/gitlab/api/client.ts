import type * as v from 'valibot';
import { read } from './answers.ts';
import { BOUND_FAULTS } from './bound-fault.ts';
import { nextPage } from './next-page.ts';
import { ask, type RequestChannel, type RequestLimits } from './requester.ts';

/** Parameters by the names of GitLab's documentation. */
export type Query = Readonly<Record<string, string | number | boolean>>;

/** One answer of the API, checked. @throws {GitlabFault} where none came, or not one of this form */
export async function askOne<S extends v.GenericSchema>(
  line: RequestChannel,
  schema: S,
  place: string,
  query: Query,
  signal: AbortSignal | undefined,
): Promise<v.InferOutput<S>> {
  const { document } = await ask(line, placeOf(place, searchOf(query)), limitsOf(line, signal));
  return read(schema, document);
}

/** Every page of a list, checked. @param schema of one page. @throws {GitlabFault} as {@link askOne} */
export async function askAll<Item>(
  line: RequestChannel,
  schema: v.GenericSchema<unknown, Item[]>,
  place: string,
  query: Query,
  signal: AbortSignal | undefined,
): Promise<Item[]> {
  const { host } = line.base;
  const limits = limitsOf(line, signal);
  const items: Item[] = [];
  const requested = new Set<string>();
  let search: string | undefined = searchOf(query);
  while (search !== undefined) {
    if (requested.has(search)) throw BOUND_FAULTS.samePage(host);
    if (requested.size === line.bounds.pages) throw BOUND_FAULTS.pages(host, line.bounds);
    requested.add(search);
    const { document, headers } = await ask(line, placeOf(place, search), limits);
    for (const item of read(schema, document)) items.push(item);
    search = nextPage(headers['link']);
  }
  return items;
}

function limitsOf({ bounds }: RequestChannel, signal: AbortSignal | undefined): RequestLimits {
  return { signal, until: performance.now() + bounds.questionTime };
}

function searchOf(query: Query): string {
  const entries = Object.entries(query).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries).toString()}`;
}

function placeOf(place: string, search: string): string {
  return `api/v4/${place}${search}`;
}
