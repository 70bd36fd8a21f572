import type { Metadata } from '@gitbeaker/core';
import { ask, type Line } from './requester.ts';

type Options = NonNullable<ConstructorParameters<typeof Metadata>[0]>;
type Requester = ReturnType<NonNullable<Options['requesterFn']>>;

const refuse = () => Promise.reject(new Error('nothing is changed in GitLab'));

/**
 * What gitbeaker's resources ask through. They know neither address nor token: {@link ask} adds both, and there is no
 * way to change anything.
 */
export function resourceOptions(line: Line, signal?: AbortSignal): Options {
  // gitbeaker takes a type for the body on trust; `read` checks it.
  const requester = {
    async get(endpoint: string, { searchParams = {} }: { searchParams?: object } = {}) {
      const { status, headers, body } = await ask(line, place(endpoint, searchParams), signal);
      return { status, headers, body: JSON.parse(body) as unknown };
    },
    post: refuse,
    put: refuse,
    patch: refuse,
    delete: refuse,
  } as Requester;
  return { requesterFn: () => requester, queryTimeout: null };
}

function place(endpoint: string, parameters: object): string {
  const query = new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      String(value),
    ]),
  );
  return `api/v4/${endpoint}${query.size > 0 ? `?${query.toString()}` : ''}`;
}
