import { expect, test } from '@jest/globals';
import type { LiveAccount } from '../../../src/audit/live/live-account.ts';
import { visitAccounts } from '../../../src/audit/live/visit.ts';

const accountsOf = (ids: readonly string[]) =>
  ids.map((id) => ({ id, name: `n${id}`, active: id !== 'closed', management: false }));

function found(account: string): LiveAccount {
  const details = () => Promise.resolve('{}');
  return { account, read: '2026-11-29T12:00:00Z', providers: [], gitlabs: [], details };
}

const nothing = () => Promise.resolve(undefined);

test('accounts that are suspended, or were read before, are not asked', async () => {
  const asked: string[] = [];
  const visits = await visitAccounts(accountsOf(['1', 'closed', '2']), {
    kept: (id) => Promise.resolve(id === '1' ? found(id) : undefined),
    read: (id) => {
      asked.push(id);
      return Promise.resolve(found(id));
    },
    parallel: 2,
  });
  expect(asked).toEqual(['2']);
  expect(visits.map(({ account, status }) => [account, status])).toEqual([
    ['1', 'kept'],
    ['closed', 'skipped'],
    ['2', 'read'],
  ]);
});

test('no more accounts are asked at once than that, and the order of the list is kept', async () => {
  let [now, most] = [0, 0];
  const ids = Array.from({ length: 20 }, (_, at) => String(at));
  const done: number[] = [];
  const visits = await visitAccounts(accountsOf(ids), {
    kept: nothing,
    read: async (id) => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 20 - Number(id)));
      now -= 1;
      return found(id);
    },
    parallel: 4,
    onDone: (number) => done.push(number),
  });
  expect(most).toBe(4);
  expect(visits.map(({ account }) => account)).toEqual(ids);
  expect(done).toEqual(ids.map((_, at) => at + 1));
});

test('where the own credentials end, no further account is asked, and what was kept still counts', async () => {
  const asked: string[] = [];
  const visits = await visitAccounts(accountsOf(['1', '2', '3', '4']), {
    kept: (id) => Promise.resolve(id === '4' ? found(id) : undefined),
    read: (id) => {
      asked.push(id);
      if (id === '1') return Promise.resolve(found(id));
      return Promise.resolve({ kind: 'credentials', text: 'ExpiredToken: gone', isOwn: true });
    },
    parallel: 1,
  });
  expect(asked).toEqual(['1', '2']);
  expect(visits.map(({ status, what }) => [status, what])).toEqual([
    ['read', undefined],
    ['credentials', 'ExpiredToken: gone'],
    ['credentials', 'ExpiredToken: gone'],
    ['kept', undefined],
  ]);
});
