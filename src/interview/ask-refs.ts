import type { Draft } from '../answers/read.ts';
import { checkRef, describeRef, exampleOf, isPattern, type RefType } from '../gitlab/ref.ts';
import type { Asker } from './asker.ts';
import { isDraft } from './draft.ts';
import { firstFlaw } from './first-flaw.ts';
import { listOf } from './list.ts';

/** Asks for branches and tags, at least one of them; a pattern is explained and needs a yes. */
export async function askRefs(role: Draft, pair: boolean, asker: Asker): Promise<Draft> {
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
