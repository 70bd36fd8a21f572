import type { Answers, Role } from '../../../src/answers/schema.ts';

/** A role that one project's `main` may assume, changed as a test needs. */
export function role(change: Partial<Role> = {}): Role {
  return {
    name: 'deploy',
    projects: [{ path: 'acme/web' }],
    refs: { branches: ['main'] },
    permissions: {},
    ...change,
  };
}

/** Answers about gitlab.com with one role, changed as a test needs. */
export function answers(change: Partial<Answers> = {}): Answers {
  return {
    version: 2,
    gitlab: { url: 'https://gitlab.com' },
    aws: { region: 'eu-west-1', account_id: '123456789012' },
    provider: { mode: 'create' },
    roles: [role()],
    output: 'cdktf',
    state: { backend: 'local' },
    ci: { credentials: 'web-identity' },
    ...change,
  };
}

/** An instance of one's own, where AWS has no condition keys but `sub` and `aud`. */
export const SELF_MANAGED = { url: 'https://gitlab.example.com' };
