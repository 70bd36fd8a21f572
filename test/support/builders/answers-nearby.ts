import fc from 'fast-check';
import type { Answers, Role } from '../../../src/answers/schema.ts';
import type { Blueprint } from '../../../src/blueprint/blueprint.ts';
import { blueprintOf } from '../../../src/blueprint/build.ts';
import { ProblemError } from '../../../src/text/problem.ts';
import { answers, role, SELF_MANAGED } from './answers.ts';

const PATHS = ['acme/web', 'acme/api', 'acme/team/tool', 'other/app'];
const BRANCHES = ['main', 'next', 'rel*', 'release/*', 'release/?', '*'];
const TAGS = ['v1', 'v*', '*'];
const SOURCES = ['push', 'schedule'];
const PATH_FORM = ['project_path', 'ref_type', 'ref'] as const;
const FORMS = [
  [...PATH_FORM],
  ['ref_type', 'ref', 'project_path'] as const,
  ['project_id', 'ref_type', 'ref', 'ref_protected'] as const,
  [...PATH_FORM, 'ref_protected'] as const,
].map((form) => [...form]);

const some = <T>(of: readonly T[], minLength = 0) => fc.shuffledSubarray([...of], { minLength });

interface RoleSketch {
  readonly paths: readonly string[];
  readonly group: boolean;
  readonly branches: string[];
  readonly tags: string[];
  readonly protectedOnly: boolean;
  readonly sources: string[];
  readonly buckets: string[];
  readonly managed: string[];
}

const roleSketch: fc.Arbitrary<RoleSketch> = fc.record({
  paths: some(PATHS, 1),
  group: fc.boolean(),
  branches: some(BRANCHES, 1),
  tags: some(TAGS),
  protectedOnly: fc.boolean(),
  sources: some(SOURCES),
  buckets: some(['bucket-a', 'bucket-b', 'bucket-c']),
  managed: some(['ReadOnlyAccess', 'job-function/ViewOnlyAccess']),
});

/** IAM's upper limit for trust policies. */
const LARGEST_QUOTA = 8192;

const sketch = fc.record({
  gitlabCom: fc.boolean(),
  form: fc.constantFrom(...FORMS),
  pinned: some(PATHS),
  /** Low enough to split some of the roles. */
  quota: fc.constantFrom<number>(900, 2048),
  names: some(['deploy', 'plan', 'read'], 1),
  roles: fc.tuple(roleSketch, roleSketch, roleSketch),
});

type Sketch = typeof sketch extends fc.Arbitrary<infer S> ? S : never;

/** Answers by which no role is split, however much it names. */
export function unsplitAnswers(): fc.Arbitrary<Answers> {
  return sketch.map((drawn) => answersOf({ ...drawn, quota: LARGEST_QUOTA })).filter(hasBlueprint);
}

/** Answers some of whose roles are split. */
export function someAnswers(): fc.Arbitrary<Answers> {
  return sketch.map(answersOf).filter(hasBlueprint);
}

/** Two sets of answers that differ in one or two things only. */
export function nearbyAnswers(): fc.Arbitrary<[Answers, Answers]> {
  const fields = fc.constantFrom(
    ...(['gitlabCom', 'form', 'pinned', 'quota', 'names'] as const),
    ...(['paths', 'group', 'branches', 'tags', 'protectedOnly', 'sources'] as const),
  );
  return fc
    .tuple(sketch, sketch, fc.uniqueArray(fields, { minLength: 1, maxLength: 2 }))
    .map(([one, other, changed]): [Answers, Answers] => {
      const taken = <T extends object>(from: T, to: T): T => ({
        ...from,
        ...Object.fromEntries(Object.entries(to).filter(([key]) => changed.includes(key as never))),
      });
      const [first, second, third] = one.roles;
      const changedRole = taken(first, other.roles[0]);
      const next = { ...taken(one, other), roles: [changedRole, second, third] } satisfies Sketch;
      return [answersOf(one), answersOf(next)];
    })
    .filter((both) => both.every(hasBlueprint));
}

function answersOf({ gitlabCom, form, pinned, quota, names, roles }: Sketch): Answers {
  const idForm = form.includes('project_id');
  const id = (path: string) =>
    idForm || pinned.includes(path) ? { id: 20 + PATHS.indexOf(path) } : {};
  const roleOf = (name: string, index: number): Role => {
    const { paths, group, branches, tags, protectedOnly, sources, buckets, managed } =
      roles[index] ?? roles[0];
    return role({
      name,
      projects: paths.map((path) => ({ path, ...id(path) })),
      ...(group && !idForm ? { groups: [{ path: 'acme', accept_new_projects: true }] } : {}),
      refs: {
        branches,
        ...(tags.length > 0 ? { tags } : {}),
        ...(protectedOnly && (gitlabCom || form.includes('ref_protected'))
          ? { protected_only: true }
          : {}),
      },
      ...(gitlabCom && sources.length > 0 ? { pipeline_sources: sources } : {}),
      permissions: {
        ...(buckets.length > 0 ? { s3: { read: buckets } } : {}),
        ...(managed.length > 0 ? { managed_policies: managed } : {}),
      },
    });
  };
  return answers({
    gitlab: {
      ...(gitlabCom ? { url: 'https://gitlab.com' } : SELF_MANAGED),
      sub_components: [...form],
    },
    aws: { region: 'eu-west-1', account_id: '123456789012', quotas: { trust_policy: quota } },
    roles: names.map(roleOf),
  });
}

const blueprints = new WeakMap<Answers, Blueprint>();

/** The blueprint of drawn answers. It is kept, since drawing them has made it once already. */
export function drawnBlueprint(given: Answers): Blueprint {
  const blueprint = blueprints.get(given) ?? blueprintOf(given);
  blueprints.set(given, blueprint);
  return blueprint;
}

function hasBlueprint(candidate: Answers): boolean {
  try {
    drawnBlueprint(candidate);
    return true;
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

/** The same answers with everything that has no order in another one. */
export function shuffled(given: Answers): fc.Arbitrary<Answers> {
  const reorder = <T>(items: readonly T[]) => some(items, items.length);
  return fc
    .tuple(
      reorder(given.roles),
      ...given.roles.map((one) =>
        fc.tuple(
          reorder(one.projects ?? []),
          reorder(one.refs.branches ?? []),
          reorder(one.pipeline_sources ?? []),
          reorder(one.permissions.managed_policies ?? []),
        ),
      ),
    )
    .map(([roles, ...parts]) => ({
      ...given,
      roles: roles.map((one): Role => {
        const [projects, branches, sources, managed] = parts[given.roles.indexOf(one)] ?? [];
        return {
          ...one,
          projects: projects ?? [],
          refs: { ...one.refs, branches: branches ?? [] },
          ...(sources?.length ? { pipeline_sources: sources } : {}),
          permissions: {
            ...one.permissions,
            ...(managed?.length ? { managed_policies: managed } : {}),
          },
        };
      }),
    }));
}

/** Every token that could tell two such answers apart. */
export function tokens(): readonly Token[] {
  const refs = [
    ...['main', 'next', 'release', 'release/1', 'release/10', 'x'].map(
      (name) => ({ type: 'branch', name }) as const,
    ),
    ...['v1', 'v2', 'x'].map((name) => ({ type: 'tag', name }) as const),
  ];
  return [...PATHS, 'acme/unnamed'].flatMap((path) =>
    [20 + PATHS.indexOf(path), 99].flatMap((id) =>
      refs.flatMap((ref) =>
        [true, false].flatMap((isProtected) =>
          SOURCES.flatMap((source) =>
            FORMS.map((form) => ({ path, id, ref, isProtected, source, form })),
          ),
        ),
      ),
    ),
  );
}

/** What GitLab says of a job, as far as AWS can see it. */
export interface Token {
  readonly path: string;
  readonly id: number;
  readonly ref: { readonly type: 'branch' | 'tag'; readonly name: string };
  readonly isProtected: boolean;
  readonly source: string;
  readonly form: (typeof FORMS)[number];
}
