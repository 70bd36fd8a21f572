import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { decideJob, type JobDecision } from '../../../src/access/job.ts';
import type { Inventory } from '../../../src/access/role-context.ts';
import { trustOf } from '../../../src/access/trust.ts';
import { readRoleInputs } from '../../../src/repository/policy-inputs.ts';
import type { Claims } from '../../../src/gitlab/id-token.ts';
import type { Certainty } from '../../../src/compare/compare-inventories.ts';
import type { Token } from '../policies.ts';

/** Files by their path in a folder; what is not text is written as JSON. */
export type InputFiles = Readonly<Record<string, unknown>>;

/** Two inputs, and what becomes of access between them. Where sources leave it open, several answers are right. */
export interface Pair {
  readonly name: string;
  readonly because?: string;
  readonly before: InputFiles;
  readonly after: InputFiles;
  readonly gains: readonly Certainty[];
  readonly loses: readonly Certainty[];
  readonly permissions: readonly Certainty[];
  /** A token that only the second input allows. */
  readonly gain?: Token;
  /** One that only the first allows. */
  readonly lose?: Token;
  readonly both?: Token;
}

/** What is owed about one role: tokens, and the classes of `lint` that are right, by their first letters. */
export interface Owed {
  readonly allowed: readonly Token[];
  readonly denied: readonly Token[];
  readonly open: readonly Token[];
  readonly due?: readonly string[];
}

/** An input in the shape of what people have. */
export interface ShapedInput {
  readonly name: string;
  readonly because?: string;
  readonly files: InputFiles;
  /** By the name that AWS has for the role. */
  readonly roles?: Readonly<Record<string, Owed>>;
  /** Of one role or another. */
  readonly any?: Owed;
  readonly absent?: readonly string[];
  readonly count?: number;
  /** Whether something in it must be reported as unreadable; `maybe` where that is as right as to read it. */
  readonly isOpen: 'yes' | 'no' | 'maybe';
}

function load(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
}

// The files are this project's own.
export const PAIRS = load('pairs.json') as readonly Pair[];
export const INPUTS = load('inputs.json') as readonly ShapedInput[];

/** Reads files as a command does: a file by itself, several as their folder. `undefined` where they are refused. */
export async function inventoryOf(
  files: InputFiles,
  folder: string,
): Promise<Inventory | undefined> {
  const paths = Object.entries(files).map(([path, content]) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  });
  const [only = folder, ...others] = paths;
  try {
    const isFolder = others.length > 0 || /\.(tf|tofu)$/.test(only);
    return (await readRoleInputs([isFolder ? folder : only])).inventory;
  } catch (problem) {
    if (problem instanceof Error && problem.name === 'ProblemError') return undefined;
    throw problem;
  }
}

/** Whether one of the roles allows a token; where none does, what is said of most of them. */
export function decide(
  roles: Inventory['roles'],
  { claims, request = {} }: Token,
): JobDecision['decision'] {
  const given = Object.fromEntries(
    Object.entries(request).map(([key, value]) => [key.toLowerCase(), value]),
  );
  const decisions = roles.map((role) => decideJob(trustOf(role), tokenOf(claims), given).decision);
  return (
    decisions.find((one) => one === 'allowed') ??
    decisions.find((one) => one !== 'denied') ??
    'denied'
  );
}

/** A push to the protected branch `main` of acme/web, project 20 in namespace 10, but for what differs. */
function tokenOf(differing: Claims): Claims {
  return {
    iss: 'https://gitlab.com',
    aud: 'https://gitlab.com',
    project_path: 'acme/web',
    project_id: '20',
    namespace_path: 'acme',
    namespace_id: '10',
    ref: 'main',
    ref_type: 'branch',
    ref_protected: 'true',
    pipeline_source: 'push',
    user_login: 'mia',
    user_id: '5',
    user_email: 'mia@acme.io',
    user_access_level: 'maintainer',
    runner_environment: 'gitlab-hosted',
    sub: 'project_path:acme/web:ref_type:branch:ref:main',
    ...differing,
  };
}
