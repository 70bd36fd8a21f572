import type { Draft } from '../answers/read.ts';
import type { FoundRef, GitlabProject } from '../gitlab/api/gitlab.ts';
import {
  checkRef,
  describeRef,
  exampleOf,
  isPattern,
  type Ref,
  type RefType,
} from '../gitlab/ref.ts';
import type { Asker, Question } from './asker.ts';
import { isDraft } from './draft.ts';
import { firstFlaw } from './first-flaw.ts';
import { chooseRefs, refsToday, todayText } from './guide/choose-refs.ts';
import type { Guide } from './guide/guide.ts';
import { sayProtection } from './guide/say-protection.ts';
import { listOf } from './list.ts';
import { readRefName } from './reading/places.ts';

/**
 * Asks for branches and tags, at least one of them; a pattern is explained and needs a yes.
 *
 * @param seen branches and tags of addresses that were pasted, which become the default
 */
export async function askRefs(
  role: Draft,
  pair: boolean,
  asker: Asker,
  guide?: Guide,
  seen: readonly Ref[] = [],
): Promise<Draft> {
  const projects = guide?.projectsOf(role) ?? [];
  const ask = (type: RefType) =>
    askNames({ type, question: wording(type, pair), projects, guide, seen }, asker);
  const branches = await ask('branch');
  const tags = pair ? [] : await ask('tag');
  if (branches.length === 0 && tags.length === 0) {
    asker.say('A role needs at least one branch or tag.');
    return askRefs(role, pair, asker, guide, seen);
  }
  if (guide) {
    await sayProtection(guide, projects, [
      ...branches.map((name) => ({ type: 'branch' as const, name })),
      ...tags.map((name) => ({ type: 'tag' as const, name })),
    ]);
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

interface Names {
  readonly type: RefType;
  readonly question: Question;
  readonly projects: readonly GitlabProject[];
  readonly guide: Guide | undefined;
  readonly seen: readonly Ref[];
}

async function askNames(asked: Names, asker: Asker): Promise<string[]> {
  const { type, question, projects, guide, seen } = asked;
  const picked =
    guide && projects.length > 0 ? await chooseRefs(guide, projects, type, question) : undefined;
  const names = [
    ...new Set(picked ?? listOf(await typedNames(type, question, seen, asker)).map(readRefName)),
  ];
  for (const name of names.filter(isPattern)) {
    const today =
      guide &&
      (await guide.consult(
        `looking for what ${name} matches`,
        `what ${name} matches today`,
        (gitlab, signal) => refsToday(gitlab, projects, type, name, signal),
      ));
    if (!(await isMeant({ type, name }, today, asker))) return askNames(asked, asker);
  }
  return names;
}

function typedNames(
  type: RefType,
  question: Question,
  seen: readonly Ref[],
  asker: Asker,
): Promise<string> {
  const names = [...new Set(seen.filter((ref) => ref.type === type).map(({ name }) => name))];
  const hasTags = seen.some((ref) => ref.type === 'tag');
  const known =
    names.length > 0 ? names.join(', ') : type === 'branch' && !hasTags ? 'main' : undefined;
  return asker.text({
    ...question,
    ...(known === undefined ? {} : { default: known }),
    ...(known === undefined || type === 'tag' ? { optional: true } : {}),
    check: firstFlaw((name) => checkRef({ type, name: readRefName(name) })),
  });
}

/** Explains a pattern, and has it agreed to. */
function isMeant(
  { type, name }: Ref,
  today: readonly FoundRef[] | undefined,
  asker: Asker,
): Promise<boolean> {
  return asker.yes({
    flag: type,
    message: `Allow ${describeRef({ type, name })}?`,
    why: `${name} matches ${exampleOf(name)}, for example.${today ? ` It ${todayText(today)}.` : ''}`,
    default: true,
    quick: true,
  });
}

function wording(type: RefType, pair: boolean): Question {
  const does = pair ? 'apply' : 'assume the role';
  if (type === 'tag') {
    return {
      flag: 'tag',
      message: `Tags that can ${does}`,
      why: 'Comma-separated names or patterns, e.g. v*. Press Enter to skip.',
    };
  }
  return {
    flag: 'branch',
    message: `Branches that can ${does}`,
    why: 'Comma-separated names or patterns, e.g. main, release/*. Merge requests use their source branch.',
    quick: true,
  };
}
