import type { Draft } from '../../../src/answers/read.ts';

/** Values by path, such as `roles[0].name`; `undefined` takes the answer out. */
export type Changes = Readonly<Record<string, unknown>>;

/** Answers with nothing wrong in them, and nothing in them that could be left out. */
const validAnswers: Draft = {
  version: 2,
  gitlab: { url: 'https://gitlab.com' },
  aws: { region: 'eu-west-1' },
  provider: { mode: 'create' },
  roles: [
    {
      name: 'deploy',
      projects: [{ path: 'mygroup/myproject', id: 20 }],
      refs: { branches: ['main'] },
      permissions: { s3: { read: ['my-bucket'] } },
    },
  ],
  output: 'hcl',
  state: { backend: 'local' },
  ci: { credentials: 'web-identity' },
};

/** The valid answers with some changes. */
export function answersWith(changes: Changes): Draft {
  const answers = structuredClone(validAnswers);
  for (const [path, value] of Object.entries(changes)) change(answers, keysOf(path), value);
  return answers;
}

function keysOf(path: string): string[] {
  return path.split(/[.[\]]+/).filter((key) => key !== '');
}

function change(node: Draft, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length > 0) {
    node[key] ??= {};
    change(node[key] as Draft, rest, value);
  } else if (value === undefined) {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- answers are plain data
    delete node[key];
  } else {
    node[key] = value;
  }
}

/** `count` values that differ. */
export function several<T>(count: number, value: (number: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => value(index + 1));
}

/** Tags that differ. */
export function tags(count: number): Record<string, string> {
  return Object.fromEntries(several(count, (n) => [`tag${n}`, String(n)]));
}
