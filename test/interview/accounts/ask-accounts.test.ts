import { describe, expect, test } from '@jest/globals';
import type { Draft } from '../../../src/answers/read.ts';
import { AbsentPerson, type Question, type TextQuestion } from '../../../src/interview/asker.ts';
import { askAccounts, askDifferences } from '../../../src/interview/accounts/ask-accounts.ts';
import type { OrganizationKnown } from '../../../src/interview/guide/known.ts';

type Given = string | boolean | readonly string[];

/** Gives answers by the beginning of the question, and the default to any other; keeps the messages. */
class Scripted extends AbsentPerson {
  readonly messages: string[] = [];
  readonly checks = new Map<string, NonNullable<TextQuestion['check']>>();

  constructor(private readonly answers: Readonly<Record<string, Given>>) {
    super(true);
  }

  override say(...[text]: string[]): void {
    this.messages.push(text ?? '');
  }

  override text(question: TextQuestion): Promise<string> {
    if (question.check) this.checks.set(question.message, question.check);
    return this.#or(question, () => super.text(question));
  }

  override choice(question: Parameters<AbsentPerson['choice']>[0]): Promise<string> {
    return this.#or(question, () => super.choice(question));
  }

  override yes(question: Parameters<AbsentPerson['yes']>[0]): Promise<boolean> {
    return this.#or(question, () => super.yes(question));
  }

  override many(...[question]: Question[]): Promise<readonly string[]> {
    return question ? this.#or(question, () => super.many()) : super.many();
  }

  #or<T>({ message }: Question, otherwise: () => Promise<T>): Promise<T> {
    const found = Object.entries(this.answers).find(([beginning]) => message.startsWith(beginning));
    // Each answer has the type of its question.
    return found ? Promise.resolve(found[1] as T) : otherwise();
  }
}

const TYPED = { 'Several AWS': true, 'AWS accounts': 'dev=1111-1111-1111, prod' };
const typed = [{ name: 'dev', id: '111111111111' }, { name: 'prod' }];

test('one account is the default, and nothing more is asked', async () => {
  const draft = { aws: {} };
  expect(await askAccounts(draft, new Scripted({}), undefined)).toBe(draft);
});

test('several are typed, with or without an ID', async () => {
  expect(await askAccounts({}, new Scripted(TYPED), undefined)).toEqual({ accounts: typed });
});

describe('a list is checked as it is typed', () => {
  test.each([
    ['Dev', '"Dev" is not a name for an account'],
    ['dev=1234', '"1234" is not an AWS account ID'],
    ['dev, prod, dev', '"dev" is listed twice'],
    ['a=111111111111 b=111111111111', '"111111111111" is listed twice'],
    ['../x', '"../x" is not a name for an account'],
    ['constructor', '"constructor" cannot be the name of an account'],
    [',', 'no account is named'],
    ['dev=111111111111;prod', undefined],
  ])('%s', async (text, what) => {
    const asker = new Scripted(TYPED);
    await askAccounts({}, asker, undefined);
    expect(asker.checks.get('AWS accounts')?.(text)?.what).toBe(what);
  });
});

describe('where there are credentials', () => {
  const FROM = { ...TYPED, 'List of': 'organization', Organizational: 'ou-abcd-11112222' };
  const found = {
    accounts: [
      { id: '111111111111', name: 'Dev' },
      { id: '222222222222', name: 'DEV' },
    ],
    source: { source: 'organization', organizational_units: ['ou-abcd-11112222'] },
    notes: ['The management account is left out.'],
  };

  test('the organization is asked for the accounts of the units', async () => {
    const asked: unknown[] = [];
    const organization: OrganizationKnown = (units) => {
      asked.push(units);
      return Promise.resolve(found);
    };
    const asker = new Scripted(FROM);
    expect(await askAccounts({}, asker, organization)).toEqual({
      accounts: [
        { name: 'dev-111111111111', id: '111111111111' },
        { name: 'dev-222222222222', id: '222222222222' },
      ],
      accounts_from: found.source,
    });
    expect(asked).toEqual([['ou-abcd-11112222']]);
    expect(asker.messages).toEqual([
      '2 accounts: dev-111111111111, dev-222222222222.',
      'The management account is left out.',
    ]);
  });

  test('the list is typed where AWS refuses, which is shown, or takes too long', async () => {
    const problem = { where: '', what: 'AWS refuses', fix: 'Sign in' };
    const refused = new Scripted(FROM);
    const answer = await askAccounts({}, refused, () => Promise.resolve({ problem }));
    expect(answer).toEqual({ accounts: typed });
    expect(refused.messages).toEqual(['AWS refuses. Sign in.']);
    const never = () => Promise.resolve(undefined);
    expect(await askAccounts({}, new Scripted(FROM), never)).toEqual({ accounts: typed });
  });

  test('typing it is the default', async () => {
    const never = () => Promise.reject(new Error('it is asked'));
    expect(await askAccounts({}, new Scripted(TYPED), never)).toEqual({ accounts: typed });
  });
});

describe('what differs between accounts', () => {
  const draft: Draft = {
    aws: { region: 'eu-west-1' },
    accounts: typed,
    roles: [{ name: 'a' }, { name: 'b' }],
  };

  test('nothing, by default', async () => {
    expect(await askDifferences(draft, new Scripted({}))).toEqual(draft);
  });

  test('regions, and the accounts of roles', async () => {
    const answers = {
      'Is eu-west-1': false,
      'AWS region of prod': 'us-east-1',
      'Every role': false,
      'Accounts of role a': ['dev'],
      'Accounts of role b': ['dev', 'prod'],
    };
    expect(await askDifferences(draft, new Scripted(answers))).toEqual({
      ...draft,
      accounts: [typed[0], { name: 'prod', region: 'us-east-1' }],
      // A role that is in all accounts names none, so that it is in those that come later too.
      roles: [{ name: 'a', accounts: ['dev'] }, { name: 'b' }],
    });
  });
});
