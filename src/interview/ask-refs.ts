import type { Draft } from '../answers/read.ts';
import type { FoundRef, Project } from '../gitlab/api/gitlab.ts';
import {
  checkRef,
  describeRef,
  exampleOf,
  isPattern,
  type Ref,
  type RefType,
} from '../gitlab/ref.ts';
import type { Asker } from './asker.ts';
import { isDraft } from './draft.ts';
import { firstFlaw } from './first-flaw.ts';
import { chooseRefs, refsToday, todayText } from './guide/choose-refs.ts';
import type { Guide } from './guide/guide.ts';
import { sayProtection } from './guide/say-protection.ts';
import { listOf } from './list.ts';

/** Asks for branches and tags, at least one of them; a pattern is explained and needs a yes. */
export async function askRefs(
  role: Draft,
  pair: boolean,
  asker: Asker,
  guide?: Guide,
): Promise<Draft> {
  const projects = guide?.projectsOf(role) ?? [];
  const ask = async (type: RefType) =>
    (guide && projects.length > 0 && (await choosePatterns(type, pair, projects, guide))) ||
    askPatterns(type, pair, asker);
  const branches = await ask('branch');
  const tags = pair ? [] : await ask('tag');
  if (branches.length === 0 && tags.length === 0) {
    asker.say('A role needs at least one branch or tag.');
    return askRefs(role, pair, asker, guide);
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

async function choosePatterns(
  type: RefType,
  pair: boolean,
  projects: readonly Project[],
  guide: Guide,
): Promise<string[] | undefined> {
  const names = await chooseRefs(guide, projects, { type, ...wording(type, pair, 'one') });
  for (const name of names?.filter(isPattern) ?? []) {
    const today = await guide.consult(
      `looking for what ${name} matches`,
      `what ${name} matches today`,
      (gitlab, signal) => refsToday(gitlab, projects, type, name, signal),
    );
    const meant = await isMeant({ type, name }, today, guide.person);
    if (!meant) return choosePatterns(type, pair, projects, guide);
  }
  return names;
}

/** Explains a pattern, and has it agreed to. */
function isMeant(
  { type, name }: Ref,
  today: readonly FoundRef[] | undefined,
  asker: Asker,
): Promise<boolean> {
  return asker.yes({
    flag: type,
    message: 'Is that meant?',
    why: `${name} is ${describeRef({ type, name })}, such as ${exampleOf(name)}.${today ? ` It ${todayText(today)}.` : ''}`,
    default: true,
  });
}

function wording(type: RefType, pair: boolean, count: 'one' | 'many') {
  const may = pair ? 'apply' : 'assume it';
  if (type === 'tag') {
    return {
      message: `${count === 'one' ? 'Tag' : 'Tags'} that may assume it`,
      why:
        count === 'one'
          ? 'A tag is no branch, even of the same name. Type to search, or a pattern such as v*.'
          : 'A tag is no branch, even of the same name. Enter for none.',
    };
  }
  const mergeRequests = 'Merge requests run on their source branch.';
  return {
    message: `${count === 'one' ? 'Branch' : 'Branches'} that may ${may}`,
    why:
      count === 'one'
        ? `Type to search, or a pattern with * and ?, such as release/*. ${mergeRequests}`
        : `Apart by commas; * and ? make a pattern, such as release/*. ${mergeRequests}`,
  };
}

async function askPatterns(type: RefType, pair: boolean, asker: Asker): Promise<string[]> {
  const text = await asker.text({
    flag: type,
    ...wording(type, pair, 'many'),
    ...(type === 'branch' ? { default: 'main' } : { optional: true }),
    check: firstFlaw((name) => checkRef({ type, name })),
  });
  const names = [...new Set(listOf(text))];
  for (const name of names.filter(isPattern)) {
    if (!(await isMeant({ type, name }, undefined, asker))) return askPatterns(type, pair, asker);
  }
  return names;
}
