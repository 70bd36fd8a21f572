import type { GrantTerms } from '../../access/grant.ts';
import type { Gitlab, GitlabGroup, GitlabProject } from '../../gitlab/api/gitlab.ts';
import { rulesFor } from '../../gitlab/protection.ts';
import { isPattern, type Ref } from '../../gitlab/ref.ts';
import { issuerOfArn } from '../../iam/condition-keys.ts';
import { atOnce } from '../../text/at-once.ts';
import type { EstateRole } from '../estate/estate-role.ts';
import type { FoundPlace, KnownGitlab, RefFacts, SubjectStanding, SubjectFacts } from './known.ts';
import { Questions, type Told } from './questions.ts';
import {
  keyOfRef,
  keyOfSubject,
  refsToLookAt,
  type TrustedSubject,
  subjectsOf,
} from './subject.ts';

/** Subjects that GitLab is asked about at the same time. Its limits are hundreds of requests a minute. */
const AT_ONCE = 6;

/** Reasons that are reported one by one; a long list would say the same again and again. */
const MOST_REASONS = 20;

/**
 * Asks a GitLab about every project and group that roles trust by its issuer, each question once.
 *
 * @param issuer of the GitLab's tokens, without `https://`
 * @param onSubject is called before each subject, with its number and how many there are
 */
export async function lookUp(
  gitlab: Gitlab,
  issuer: string,
  roles: readonly EstateRole[],
  onSubject: (number: number, of: number) => void = () => undefined,
): Promise<KnownGitlab> {
  const isOfIssuer = ({ provider }: GrantTerms) =>
    issuerOfArn(provider)?.toLowerCase() === issuer.toLowerCase();
  const grants = roles.flatMap(({ gitlab: trust }) => trust?.grants ?? []).filter(isOfIssuer);
  const wanted = new Map<string, { subject: TrustedSubject; refs: Map<string, Ref> }>();
  for (const grant of grants)
    for (const subject of subjectsOf(grant)) {
      const key = keyOfSubject(subject);
      const known = wanted.get(key) ?? { subject, refs: new Map() };
      for (const ref of refsToLookAt(grant)) known.refs.set(keyOfRef(ref), ref);
      wanted.set(key, known);
    }
  const asking: GitlabInquiry = { gitlab, questions: new Questions(), unanswered: new Map() };
  const found = new Map<string, SubjectFacts>();
  let number = 0;
  await atOnce(AT_ONCE, [...wanted], async ([key, { subject, refs }]) => {
    onSubject((number += 1), wanted.size);
    found.set(key, await factsOf(asking, subject, [...refs.values()]));
  });
  const host = gitlab.url.slice('https://'.length);
  return {
    host,
    issuer,
    of: (grant) =>
      isOfIssuer(grant)
        ? subjectsOf(grant).flatMap((one) => found.get(keyOfSubject(one)) ?? [])
        : [],
    unanswered:
      grants.length === 0
        ? [`No role trusts the issuer ${issuer}: ${host} was not asked`]
        : reasons(asking.unanswered),
  };
}

interface GitlabInquiry {
  readonly gitlab: Gitlab;
  readonly questions: Questions;
  /** Why, by what could not be asked. */
  readonly unanswered: Map<string, string>;
}

function reasons(unanswered: ReadonlyMap<string, string>): string[] {
  const lines = [...unanswered].map(([about, why]) => `GitLab was asked about ${about}: ${why}`);
  const more = lines.length - MOST_REASONS;
  return more > 0
    ? [...lines.slice(0, MOST_REASONS), `GitLab did not answer about ${more} more subjects`]
    : lines;
}

async function factsOf(
  asking: GitlabInquiry,
  subject: TrustedSubject,
  refs: readonly Ref[],
): Promise<SubjectFacts> {
  const { path } = subject;
  const standing = await standingOf(asking, subject);
  const now = 'now' in standing ? standing.now : undefined;
  const top = path?.split('/')[0];
  // What is where it was has its top-level group.
  const mayBeFree = ['moved', 'gone'].includes(standing.is) && now?.path.split('/')[0] !== top;
  const hasTop =
    top !== undefined && mayBeFree
      ? await asked(asking, `the namespace ${top}`, ['namespace', top], () =>
          asking.gitlab.hasNamespace(top),
        )
      : true;
  const found = new Map<string, RefFacts>();
  if (now && subject.kind === 'project')
    for (const ref of refs) {
      const facts = await refFacts(asking, now, ref);
      if (facts) found.set(keyOfRef(ref), facts);
    }
  return {
    subject,
    // Where even the group is gone, the project is.
    standing: hasTop === false && standing.is === 'gone' ? { is: 'gone', isSure: true } : standing,
    ...(hasTop === false && top !== undefined && { claimable: top }),
    refs: found,
  };
}

/** The answer; `undefined` where there is none, which is noted. */
async function asked<Answer>(
  { questions, unanswered }: GitlabInquiry,
  about: string,
  key: readonly (string | number)[],
  question: () => Promise<Answer>,
): Promise<Answer | undefined> {
  const result = await questions.ask(key, question);
  if ('answer' in result) return result.answer;
  unanswered.set(about, result.why);
  return undefined;
}

async function standingOf(
  asking: GitlabInquiry,
  subject: TrustedSubject,
): Promise<SubjectStanding> {
  const { gitlab, questions, unanswered } = asking;
  const { kind, path, ids } = subject;
  const about = path ?? `the project with the id ${ids.join()}`;
  const look = (of: number | string): Promise<Told<FoundPlace | undefined>> =>
    questions.ask<GitlabProject | GitlabGroup | undefined>([kind, of], () =>
      kind === 'project' ? gitlab.project(of) : gitlab.group(of),
    );
  const note = ({ why }: { readonly why: string }): SubjectStanding => {
    unanswered.set(about, why);
    return { is: 'unknown' };
  };
  const atPath = path === undefined ? { answer: undefined } : await look(path);
  if ('why' in atPath) return note(atPath);
  const { answer: there } = atPath;
  if (there && (ids.length === 0 || ids.includes(there.id)))
    return there.path === path ? { is: 'here', now: there } : { is: 'moved', now: there };
  if (there?.path === path && there !== undefined) return { is: 'reclaimed', by: there.id };
  for (const id of ids) {
    const byId = await look(id);
    if ('why' in byId) return note(byId);
    if (byId.answer) return { is: path === undefined ? 'here' : 'moved', now: byId.answer };
  }
  const parent = path?.split('/').slice(0, -1).join('/') ?? '';
  const isSure =
    parent !== '' &&
    (await asked(asking, `the members of ${parent}`, ['member', parent], () =>
      gitlab.isMemberOf(parent),
    ));
  return { is: 'gone', isSure: isSure === true };
}

async function refFacts(
  asking: GitlabInquiry,
  { id, path }: FoundPlace,
  ref: Ref,
): Promise<RefFacts | undefined> {
  const { gitlab } = asking;
  const { type, name } = ref;
  if (!isPattern(name)) {
    const result = await asking.questions.ask(['ref', id, type, name], () => gitlab.ref(id, ref));
    if ('why' in result) {
      asking.unanswered.set(`the ${type} ${name} of ${path}`, result.why);
      return undefined;
    }
    if (result.answer) return { ref, exists: true, isProtected: result.answer.protected };
  }
  const about = `what protects the ${type === 'branch' ? 'branches' : 'tags'} of ${path}`;
  const result = await asking.questions.ask(['protections', id, type], () =>
    gitlab.protections(id, type),
  );
  if ('why' in result || result.answer === undefined) {
    asking.unanswered.set(about, 'why' in result ? result.why : 'the token may not see it');
    return undefined;
  }
  const exists = isPattern(name) || type === 'tag' ? undefined : false;
  return { ref, exists, isProtected: rulesFor(name, result.answer).length > 0 };
}
