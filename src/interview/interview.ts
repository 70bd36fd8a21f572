import type { Draft } from '../answers/read.ts';
import { ANSWERS_VERSION } from '../answers/schema.ts';
import type { Check, Flaw } from '../flaw.ts';
import { isGitlabCom, normaliseUrl } from '../gitlab/instance-url.ts';
import { checkGroupPath, checkProjectPath } from '../gitlab/project-path.ts';
import { checkRef, describeRef, exampleOf, isPattern, type RefType } from '../gitlab/ref.ts';
import { PARTITIONS, type Partition } from '../iam/arn.ts';
import {
  checkAccountId,
  checkAudience,
  checkRegion,
  checkRoleName,
  checkThumbprint,
} from '../iam/role-fields.ts';
import { checkBucket, checkStateKey } from '../iam/packs/fields.ts';
import type { Asker } from './asker.ts';
import { answerAt, isDraft, withAnswer } from './draft.ts';
import { applyRoleFlags } from './apply-flags.ts';
import { listOf } from './list.ts';
import { askPermissions } from './permissions.ts';
import { askRoleDetails } from './role-details.ts';
import { presetRoles } from './preset.ts';

/**
 * Asks for what the draft does not say yet, in order.
 *
 * @param draft what flags and file have said
 * @param preset `plan-and-apply` makes a pair of one role; asked for when `undefined`
 * @param everything whether to ask for what may be left out too
 */
export async function interview(
  draft: Draft,
  preset: string | undefined,
  asker: Asker,
  everything: boolean,
): Promise<Draft> {
  const about = await askInstance({ version: ANSWERS_VERSION, ...draft }, asker, everything);
  const roles = await askRoles(about, preset, asker, everything);
  return askOutput({ ...about, roles }, asker, everything);
}

/** A region to begin with. */
const REGIONS: Readonly<Record<Partition, string>> = {
  aws: 'eu-west-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};

async function askInstance(draft: Draft, asker: Asker, everything: boolean): Promise<Draft> {
  let answers = draft;
  const open = (path: string) => answerAt(answers, path) === undefined;
  const answer = (path: string, value: unknown) => {
    if (value !== '') answers = withAnswer(answers, path, value);
  };
  if (open('gitlab.url')) {
    answer(
      'gitlab.url',
      await asker.text({
        flag: 'gitlab-url',
        message: 'Address of your GitLab',
        why: 'AWS will trust the ID tokens of this one instance.',
        default: 'https://gitlab.com',
        check: (text) => flawOf(normaliseUrl(text)),
      }),
    );
  }
  if (everything && open('gitlab.audience')) {
    answer(
      'gitlab.audience',
      await asker.text({
        flag: 'audience',
        message: 'Audience of the ID token, such as sts.amazonaws.com',
        why: 'Provider, trust policies and CI jobs name the same one. Enter takes the address of your GitLab.',
        optional: true,
        check: checkAudience,
      }),
    );
  }
  if (everything && !aboutGitlabCom(answers) && open('gitlab.sub_components')) {
    const components = await askSubject(asker);
    if (components.length > 0) answer('gitlab.sub_components', components);
  }
  if (open('provider.mode')) {
    answer(
      'provider.mode',
      await asker.choice({
        flag: 'provider',
        message: 'OIDC provider in the AWS account',
        why: 'An account can hold one per GitLab instance.',
        choices: [
          { value: 'create', name: 'create it' },
          { value: 'existing', name: 'use the one that is there' },
        ],
        default: 'create',
      }),
    );
  }
  const create = answerAt(answers, 'provider.mode') === 'create';
  if (everything && create && !aboutGitlabCom(answers) && open('provider.thumbprints')) {
    const thumbprint = await asker.text({
      flag: 'thumbprint',
      message: 'Thumbprint of the private CA',
      why: 'Only where the certificate of your GitLab is of a private CA. Enter for none.',
      optional: true,
      check: checkThumbprint,
    });
    if (thumbprint !== '') answer('provider.thumbprints', [thumbprint]);
  }
  if (open('aws.region')) {
    const given = answerAt(answers, 'aws.partition');
    const partition = PARTITIONS.find((name) => name === given) ?? 'aws';
    answer(
      'aws.region',
      await asker.text({
        flag: 'region',
        message: 'AWS region',
        why: 'The jobs work there; IAM itself is the same everywhere.',
        default: REGIONS[partition],
        check: (region) => checkRegion(region, partition),
      }),
    );
  }
  if (everything && open('aws.account_id')) {
    answer(
      'aws.account_id',
      await asker.text({
        flag: 'account-id',
        message: 'AWS account id',
        why: 'Guards against a deploy to another account. Enter leaves it to the CI/CD variable AWS_ACCOUNT_ID.',
        optional: true,
        check: checkAccountId,
      }),
    );
  }
  return answers;
}

/** Outside gitlab.com only the subject can hold a project's id or a ref's protection. */
async function askSubject(asker: Asker): Promise<string[]> {
  const choice = await asker.choice({
    flag: 'sub-component',
    message: 'What identifies a project',
    why: 'A path can be taken over after a rename; an id cannot, but is a setting of each project (GitLab 19.1).',
    choices: [
      { value: '', name: "its path, GitLab's default" },
      { value: 'project_id ref_type ref', name: 'its id' },
      {
        value: 'project_id ref_type ref ref_protected',
        name: 'its id, and whether the ref is protected',
      },
    ],
    default: '',
  });
  return choice.split(' ').filter((component) => component !== '');
}

/** Roles of a file are taken as they are; else one is asked for, and more as long as the person wants. */
async function askRoles(
  draft: Draft,
  preset: string | undefined,
  asker: Asker,
  everything: boolean,
): Promise<unknown> {
  const given = draft['roles'];
  if (!everything && given !== undefined && given !== null) return given;
  const first: unknown = Array.isArray(given) ? given[0] : {};
  const roles: Draft[] = [];
  let start: Draft = isDraft(first) ? first : {};
  do {
    const kind =
      preset ??
      (await asker.choice({
        flag: 'preset',
        message: 'Roles',
        why: 'A pair lets merge requests plan without the right to change anything.',
        choices: [
          { value: 'role', name: 'one role' },
          {
            value: 'plan-and-apply',
            name: 'a pair: plan from any branch, apply from the default branch',
          },
        ],
        default: 'role',
      }));
    const role = await askRole(start, kind, identifiedBy(draft), asker);
    roles.push(
      ...(kind === 'plan-and-apply' ? presetRoles(role, identifiedBy(draft).protection) : [role]),
    );
    start = {};
  } while (
    await asker.yes({
      flag: 'config',
      message: 'Another role?',
      why: 'As many as you want.',
      default: false,
    })
  );
  return roles;
}

async function askRole(
  draft: Draft,
  preset: string,
  { ids, protection }: Identified,
  asker: Asker,
): Promise<Draft> {
  let role = draft;
  const open = (path: string) => answerAt(role, path) === undefined;
  const pair = preset === 'plan-and-apply';
  if (open('name')) {
    const name = await asker.text({
      flag: 'role-name',
      message: pair ? 'Name of the roles, before -plan and -apply' : 'Name of the IAM role',
      why: 'Jobs name it when they sign in.',
      default: pair ? 'gitlab' : 'gitlab-deploy',
      check: checkRoleName,
    });
    role = withAnswer(role, 'name', name);
  }
  if (open('projects') && open('groups')) role = await askSources(role, ids, asker);
  if (open('refs.branches') && open('refs.tags')) role = await askRefs(role, pair, asker);
  if (protection && open('refs.protected_only')) {
    const protectedOnly = await asker.yes({
      flag: 'protected-only',
      message: pair ? 'Protected branches only, for apply?' : 'Protected branches and tags only?',
      why: 'Else whoever may push a branch or tag of that name may assume the role.',
      default: true,
    });
    role = withAnswer(role, 'refs.protected_only', protectedOnly);
  }
  if (!open('permissions')) return role;
  const flags = { ...(await askPermissions(asker)), ...(await askRoleDetails(asker)) };
  return applyRoleFlags({ ...role, permissions: {} }, flags);
}

async function askSources(role: Draft, ids: boolean, asker: Asker): Promise<Draft> {
  const text = await asker.text({
    flag: 'project',
    message: 'Projects that may assume it',
    why: 'Paths, apart by commas, such as mygroup/myproject; mygroup/* is every project of a group.',
    check: (paths) =>
      listOf(paths).length === 0
        ? { what: 'no project was named', fix: 'Give a path such as mygroup/myproject' }
        : firstFlaw((path) =>
            isGroup(path) ? checkGroupPath(groupOf(path)) : checkProjectPath(path),
          )(paths),
  });
  const projects: Draft[] = [];
  const groups: Draft[] = [];
  for (const path of new Set(listOf(text))) {
    if (!isGroup(path)) {
      projects.push({ path, ...(ids ? await askId(path, asker) : {}) });
    } else if (
      await asker.yes({
        flag: 'accept-new-projects',
        message: `Every project below ${groupOf(path)}?`,
        why: `That is each of its projects and subgroups, today or later: whoever may create one there may assume the role.`,
        default: false,
      })
    ) {
      groups.push({ path: groupOf(path), accept_new_projects: true });
    }
  }
  if (projects.length === 0 && groups.length === 0 && text !== '')
    return askSources(role, ids, asker);
  return {
    ...role,
    ...(projects.length > 0 ? { projects } : {}),
    ...(groups.length > 0 ? { groups } : {}),
  };
}

async function askId(path: string, asker: Asker): Promise<Draft> {
  const id = await asker.text({
    flag: 'project',
    message: `Numeric id of ${path}`,
    why: 'Pins the role to this very project, whoever may hold its path later. It is in the menu at the top of its page.',
    optional: true,
    check: (text) =>
      /^[1-9]\d{0,14}$/.test(text)
        ? undefined
        : { what: 'that is not a number', fix: 'Give digits only' },
  });
  return id === '' ? {} : { id: Number(id) };
}

async function askRefs(role: Draft, pair: boolean, asker: Asker): Promise<Draft> {
  const branches = await askPatterns('branch', pair, asker);
  const tags = pair ? [] : await askPatterns('tag', pair, asker);
  if (branches.length === 0 && tags.length === 0) {
    asker.say('A role needs at least one branch or tag.');
    return askRefs(role, pair, asker);
  }
  const refs = isDraft(role['refs']) ? role['refs'] : {};
  return {
    ...role,
    refs: {
      ...(branches.length > 0 ? { branches } : {}),
      ...(tags.length > 0 ? { tags } : {}),
      ...refs,
    },
  };
}

async function askPatterns(type: RefType, pair: boolean, asker: Asker): Promise<string[]> {
  const text = await asker.text({
    flag: type,
    message:
      type === 'branch'
        ? `Branches that may ${pair ? 'apply' : 'assume it'}`
        : 'Tags that may assume it',
    why:
      type === 'branch'
        ? 'Apart by commas; * and ? make a pattern, such as release/*. Merge requests run on their source branch.'
        : 'A tag is no branch, even of the same name. Enter for none.',
    ...(type === 'branch' ? { default: 'main' } : { optional: true }),
    check: firstFlaw((name) => checkRef({ type, name })),
  });
  const names = [...new Set(listOf(text))];
  for (const name of names.filter(isPattern)) {
    const meant = await asker.yes({
      flag: type,
      message: 'Is that meant?',
      why: `${name} is ${describeRef({ type, name })}, such as ${exampleOf(name)}.`,
      default: true,
    });
    if (!meant) return askPatterns(type, pair, asker);
  }
  return names;
}

async function askOutput(draft: Draft, asker: Asker, everything: boolean): Promise<Draft> {
  let answers = draft;
  const open = (path: string) => answerAt(answers, path) === undefined;
  const answer = (path: string, value: unknown) => {
    if (value !== '') answers = withAnswer(answers, path, value);
  };
  if (open('output')) {
    answer(
      'output',
      await asker.choice({
        flag: 'output',
        message: 'Infrastructure as',
        why: 'Both describe the same resources.',
        choices: [
          { value: 'cdktf', name: 'CDKTF TypeScript, with HCL beside it' },
          { value: 'hcl', name: 'HCL only' },
        ],
        default: 'cdktf',
      }),
    );
  }
  if (open('state.backend')) {
    answer(
      'state.backend',
      await asker.choice({
        flag: 'state',
        message: 'Terraform state',
        why: 'With a shared state, the pipeline of the repository can plan and apply.',
        choices: [
          { value: 'local', name: 'a local file' },
          { value: 's3', name: 'an S3 bucket' },
          { value: 'gitlab', name: 'GitLab' },
        ],
        default: 'local',
      }),
    );
  }
  const backend = answerAt(answers, 'state.backend');
  if (backend === 's3') {
    const why = 'The bucket must be there before the first deploy.';
    if (open('state.bucket')) {
      answer(
        'state.bucket',
        await asker.text({
          flag: 'state-bucket',
          message: 'Bucket of the state',
          why,
          check: checkBucket,
        }),
      );
    }
    if (open('state.key')) {
      const key = 'gitlab-aws-oidc/terraform.tfstate';
      answer(
        'state.key',
        await asker.text({
          flag: 'state-key',
          message: 'Key of the state',
          why,
          default: key,
          check: checkStateKey,
        }),
      );
    }
  }
  if (backend === 'gitlab' && open('state.name')) answer('state.name', 'gitlab-aws-oidc');
  if (open('gitlab.repository') && (backend === 'gitlab' || everything)) {
    answer(
      'gitlab.repository',
      await asker.text({
        flag: 'repository',
        message: 'GitLab project that will hold the new repository',
        why:
          backend === 'gitlab'
            ? 'GitLab keeps the state in it, and other projects include the CI file from it.'
            : 'Other projects include the CI file from it. Enter if unknown.',
        check: checkProjectPath,
        ...(backend === 'gitlab' ? {} : { optional: true }),
      }),
    );
  }
  if (open('ci.credentials')) {
    answer(
      'ci.credentials',
      await asker.choice({
        flag: 'credentials',
        message: 'How jobs get credentials',
        why: 'The first suits the AWS CLI, every SDK and Terraform; the second any tool that reads AWS_ACCESS_KEY_ID.',
        choices: [
          { value: 'web-identity', name: 'web identity: the SDK signs in by itself' },
          { value: 'script', name: 'script: aws sts assume-role-with-web-identity' },
          { value: 'legacy-jwt', name: 'script with CI_JOB_JWT_V2, for GitLab before 15.7 only' },
        ],
        default: 'web-identity',
      }),
    );
  }
  return answers;
}

/** What a role can be tied to, given the issuer and the form of the subject. */
interface Identified {
  readonly ids: boolean;
  readonly protection: boolean;
}

function identifiedBy(draft: Draft): Identified {
  const gitlabCom = aboutGitlabCom(draft);
  const components = answerAt(draft, 'gitlab.sub_components');
  const has = (component: string) => Array.isArray(components) && components.includes(component);
  return { ids: gitlabCom || has('project_id'), protection: gitlabCom || has('ref_protected') };
}

function aboutGitlabCom(draft: Draft): boolean {
  const result = normaliseUrl(
    String(answerAt(draft, 'gitlab.issuer') ?? answerAt(draft, 'gitlab.url')),
  );
  return 'url' in result && isGitlabCom(result.url);
}

function firstFlaw(check: Check): Check {
  return (text) => {
    for (const item of listOf(text)) {
      const flaw = check(item);
      if (flaw) return flaw;
    }
    return undefined;
  };
}

const isGroup = (path: string) => path.endsWith('/*');
const groupOf = (path: string) => path.slice(0, -'/*'.length);

function flawOf(result: { url: string } | { flaw: Flaw }): Flaw | undefined {
  return 'flaw' in result ? result.flaw : undefined;
}
