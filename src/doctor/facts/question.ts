import type { Given } from '../../access/tokens/request-dimensions.ts';
import type { Blueprint } from '../../blueprint/blueprint.ts';
import { formOfProject } from '../../blueprint/subject-forms.ts';
import { readToken } from '../../gitlab/id-token.ts';
import { readId } from '../../gitlab/numeric-id.ts';
import type { Ref } from '../../gitlab/ref.ts';
import { DEFAULT_COMPONENTS, subjects, type SubComponent } from '../../gitlab/subject.ts';
import { shown } from '../../text/flaw.ts';
import { claimsOf, GITLAB_COM, isAwsKey, issuerOfUrl } from '../../iam/condition-keys.ts';
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

/** A question taken apart for `decideJob`. */
interface AskedJob {
  readonly claims: Readonly<Record<string, unknown>>;
  /** Keys of the request. */
  readonly given: Given;
  /** Claims that the token has as well, with any value. */
  readonly unknown: readonly string[];
}

/**
 * @param all claims, `iss` among them, and keys of the request
 * @param isWhole whether they are of a token: what a token does not have is absent, what no flag names is unknown
 */
export function askedOf(all: JobQuestion['claims'], isWhole: boolean): AskedJob {
  const claims: Record<string, unknown> = {};
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(all)) {
    if (isAwsKey(name)) given[name.toLowerCase()] = String(value);
    else claims[name] = value;
  }
  const known = claimsOf(issuerOfUrl(String(claims['iss'])));
  return { claims, given, unknown: isWhole ? [] : known.filter((one) => !(one in claims)) };
}

const OF_ENVIRONMENTS: readonly SubComponent[] = ['environment_protected', 'deployment_tier'];

/** What is assumed of a job unless a flag or `--claim` says otherwise. */
interface Assumption {
  readonly claim: string;
  readonly value: string;
  readonly isGiven: boolean;
}

function ofRef(
  flags: QuestionFlags,
  issuer: string,
  aud: string,
  given: Readonly<Record<string, string>>,
  blueprint: Blueprint | undefined,
): JobQuestion {
  const job = jobOf(flags, blueprint);
  const { isProtected, id } = job;
  const assumptions: readonly Assumption[] = [
    { claim: 'aud', value: aud, isGiven: flags.aud !== undefined },
    {
      claim: 'ref_protected',
      value: String(isProtected),
      isGiven: flags.protected !== undefined,
    },
    {
      claim: 'pipeline_source',
      value: flags.mr ? 'merge_request_event' : 'push',
      isGiven: flags.mr === true,
    },
    {
      claim: 'runner_environment',
      value: issuer === GITLAB_COM ? 'gitlab-hosted' : 'self-hosted',
      isGiven: false,
    },
    ...(id === undefined
      ? []
      : [{ claim: 'project_id', value: id, isGiven: flags['project-id'] !== undefined }]),
  ];
  const claims = {
    ...Object.fromEntries(assumptions.map(({ claim, value }) => [claim, value])),
    sub: subjectOf(job, given, blueprint),
    ...given,
  };
  const open = assumptions.filter(({ claim, isGiven }) => !isGiven && !(claim in given));
  return { claims, assumed: open.map(({ claim, value }) => `${claim} ${value}`) };
}

/** The job that `--project` and the flags beside it describe. */
interface Job {
  readonly project: string;
  /** A project ID; one that is not given is known from the answers. */
  readonly id: string | undefined;
  readonly ref: Ref;
  readonly isProtected: boolean;
}

function jobOf(flags: QuestionFlags, blueprint: Blueprint | undefined): Job {
  const { project, branch, tag, 'project-id': id } = flags;
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
  if (id !== undefined && readId(id) === undefined) {
    throw usage(
      '--project-id',
      `${shown(id)} is not a project id`,
      'Write at most 15 digits, without a leading zero',
    );
  }
  const { bootstrap, stacks = [] } = blueprint ?? {};
  const roles = [
    ...stacks.flatMap((stack) => stack.roles),
    ...(bootstrap ? [bootstrap.plan.role] : []),
  ];
  const known = roles
    .flatMap(({ grants }) => grants)
    .find(({ path, kind }) => kind === 'project' && path === project);
  return {
    project,
    id: id ?? known?.id?.toString(),
    ref: branch === undefined ? { type: 'tag', name: tag ?? '' } : { type: 'branch', name: branch },
    isProtected: flags.protected ?? false,
  };
}

function subjectOf(
  { project, id, ref, isProtected }: Job,
  given: Readonly<Record<string, string>>,
  blueprint: Blueprint | undefined,
): string {
  const form = (blueprint && formOfProject(blueprint, project)) ?? DEFAULT_COMPONENTS;
  // GitLab leaves these out of the subject of a job without `environment:`.
  const components = form.filter(
    (component) => !OF_ENVIRONMENTS.includes(component) || component in given,
  );
  if (components.includes('project_id') && id === undefined) {
    throw usage(
      '--project-id',
      `it is required, because the subject of ${project} contains the id`,
      'Add --project-id',
    );
  }
  const values = {
    projectPath: project,
    projectId: id === undefined ? undefined : readId(id),
    ref,
    protectedOnly: isProtected,
    environmentProtected: given['environment_protected'] === 'true',
    deploymentTier: given['deployment_tier'],
  };
  // Where the subject contains protection, the unprotected form is the last.
  return subjects(components, values).at(-1) ?? '';
}

function usage(where: string, what: string, fix: string): ProblemError {
  return new ProblemError([{ where, what, fix }]);
}
