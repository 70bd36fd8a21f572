import type { Blueprint } from '../../blueprint/blueprint.ts';
import { formOfProject } from '../../blueprint/subject-forms.ts';
import { readToken } from '../../gitlab/id-token.ts';
import { readId } from '../../gitlab/numeric-id.ts';
import { DEFAULT_COMPONENTS, subjects, type SubComponent } from '../../gitlab/subject.ts';
import { shown } from '../../text/flaw.ts';
import { GITLAB_COM } from '../../iam/condition-keys.ts';
import { ProblemError } from '../../text/problem.ts';
import { givenClaims } from './given-claims.ts';
import type { QuestionFlags } from './question-flags.ts';
import { readFlagText } from '../../terminal/read-flag-text.ts';

/** The claims of a token, as far as a trust policy can see them. */
export interface JobQuestion {
  readonly claims: Readonly<Record<string, unknown>>;
  /** Claims that were assumed because they were not given. */
  readonly assumed: readonly string[];
}

/** Whether the flags describe a job at all. Otherwise the table is printed. */
export function asksSomething(flags: QuestionFlags): boolean {
  return Object.values(flags).some((value) => value !== undefined);
}

const REF_FLAGS = ['project', 'branch', 'tag', 'mr', 'protected', 'project-id'] as const;

/**
 * A whole subject leaves no room for project and ref, and a whole token for neither.
 *
 * @throws {ProblemError} for a flag that another one makes void
 */
export function refuseContradictions(flags: QuestionFlags): void {
  const whole = flags['token-file'] === undefined ? 'sub' : 'token-file';
  if (flags[whole] === undefined) return;
  const others = whole === 'sub' ? REF_FLAGS : ([...REF_FLAGS, 'sub', 'aud'] as const);
  const given = others.filter((name) => flags[name] !== undefined);
  const [first] = given;
  if (first === undefined) return;
  throw usage(
    `--${first}`,
    `it cannot be combined with --${whole}`,
    `Leave out --${whole}, or ${given.map((name) => `--${name}`).join(', ')}`,
  );
}

/**
 * The claims of `--token-file`, where it is given. Its signature is not checked.
 *
 * @throws {ProblemError} for a token that cannot be read
 */
export async function tokenClaims({
  'token-file': file,
}: QuestionFlags): Promise<JobQuestion['claims'] | undefined> {
  if (file === undefined) return undefined;
  const token = readToken(await readFlagText(file, '--token-file'));
  if ('flaw' in token)
    throw usage('--token-file', `${shown(file)}: ${token.flaw.what}`, token.flaw.fix);
  return token.claims;
}

/**
 * Builds the claims of the token in question.
 *
 * @param issuer the provider, without `https://`
 * @param token the result of {@link tokenClaims}
 * @throws {ProblemError} for flags that contradict each other
 */
export function questionOf(
  flags: QuestionFlags,
  issuer: string,
  blueprint: Blueprint | undefined,
  token?: JobQuestion['claims'],
): JobQuestion {
  const given = givenClaims(flags);
  if (token) return { claims: { ...token, ...given }, assumed: [] };
  const aud = flags.aud ?? blueprint?.issuer.audience ?? `https://${issuer}`;
  if (flags.sub !== undefined) {
    return {
      claims: { aud, sub: flags.sub, ...given },
      assumed: flags.aud === undefined ? [`aud ${aud}`] : [],
    };
  }
  return ofRef(flags, issuer, aud, given, blueprint);
}

const OF_ENVIRONMENTS: readonly SubComponent[] = ['environment_protected', 'deployment_tier'];

function ofRef(
  flags: QuestionFlags,
  issuer: string,
  aud: string,
  given: Readonly<Record<string, string>>,
  blueprint: Blueprint | undefined,
): JobQuestion {
  const { project, branch, tag } = flags;
  if (project === undefined)
    throw usage(
      '--project',
      'the flags do not identify a job',
      'Add --project, --sub or --token-file',
    );
  if ((branch === undefined) === (tag === undefined)) {
    throw usage(
      '--branch',
      'exactly one of --branch and --tag is required',
      'Name the ref that the job runs on; for a merge request, its source branch',
    );
  }
  if (flags.mr && tag !== undefined)
    throw usage(
      '--mr',
      'a merge request does not run on a tag',
      'Name its source branch with --branch',
    );
  const isProtected = flags.protected ?? false;
  const known = blueprint?.stacks
    .flatMap(({ roles }) => roles.flatMap(({ grants }) => grants))
    .find(({ path, kind }) => kind === 'project' && path === project);
  if (flags['project-id'] !== undefined && readId(flags['project-id']) === undefined) {
    throw usage(
      '--project-id',
      `${shown(flags['project-id'])} is not a project id`,
      'Write at most 15 digits, without a leading zero',
    );
  }
  const id = flags['project-id'] ?? (known?.id === undefined ? undefined : String(known.id));
  const form = (blueprint && formOfProject(blueprint, project)) ?? DEFAULT_COMPONENTS;
  // GitLab leaves these out of the subject of a job without `environment:`.
  const components = form.filter(
    (component) => !OF_ENVIRONMENTS.includes(component) || component in given,
  );
  const values = {
    projectPath: project,
    projectId: id === undefined ? undefined : readId(id),
    ref:
      branch === undefined
        ? ({ type: 'tag', name: tag ?? '' } as const)
        : ({ type: 'branch', name: branch } as const),
    protectedOnly: isProtected,
    environmentProtected: given['environment_protected'] === 'true',
    deploymentTier: given['deployment_tier'],
  };
  if (components.includes('project_id') && id === undefined) {
    throw usage(
      '--project-id',
      `it is required, because the subject of ${project} contains the id`,
      'Add --project-id',
    );
  }
  // Where the subject contains protection, the unprotected form is the last.
  const sub = subjects(components, values).at(-1) ?? '';
  const assumptions: [string, string][] = [
    ['aud', aud],
    ['ref_protected', String(isProtected)],
    ['pipeline_source', flags.mr ? 'merge_request_event' : 'push'],
    ['runner_environment', issuer === GITLAB_COM ? 'gitlab-hosted' : 'self-hosted'],
    ...(id === undefined ? [] : [['project_id', id] as [string, string]]),
  ];
  const claims = { ...Object.fromEntries(assumptions), sub, ...given };
  const open = assumptions.filter(
    ([claim]) =>
      !(claim in given) &&
      !(claim === 'aud' && flags.aud !== undefined) &&
      !(claim === 'ref_protected' && flags.protected !== undefined) &&
      !(claim === 'project_id' && flags['project-id'] !== undefined) &&
      !(claim === 'pipeline_source' && flags.mr === true),
  );
  return { claims, assumed: open.map(([claim, value]) => `${claim} ${value}`) };
}

function usage(where: string, what: string, fix: string): ProblemError {
  return new ProblemError([{ where, what, fix }]);
}
