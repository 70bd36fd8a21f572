import type { Draft } from '../answers/read.ts';
import { ANSWERS_VERSION } from '../answers/schema.ts';
import { askAddress, askInstance } from './ask-instance.ts';
import { askOutput } from './ask-output.ts';
import { askRoles } from './ask-roles.ts';
import { normaliseUrl } from '../gitlab/instance-url.ts';
import type { Asker } from './asker.ts';
import { answerAt } from './draft.ts';
import type { Known } from './guide/known.ts';

/**
 * Asks for what the draft does not say yet, in order.
 *
 * @param draft what flags and file have said
 * @param preset `plan-and-apply` makes a pair of one role; asked for when `undefined`
 * @param everything whether to ask for what may be left out too
 * @param introduce finds out about the GitLab at an address, and has it asked beside the person
 */
export async function interview(
  draft: Draft,
  preset: string | undefined,
  asker: Asker,
  everything: boolean,
  introduce?: (url: string) => Promise<Known>,
): Promise<Draft> {
  const addressed = await askAddress({ version: ANSWERS_VERSION, ...draft }, asker);
  const url = urlOf(addressed);
  const known = url === undefined ? undefined : await introduce?.(url);
  const about = await askInstance(addressed, asker, everything, known);
  const roles = await askRoles(about, preset, asker, everything, known?.guide);
  return askOutput({ ...about, roles }, asker, everything, known?.guide?.version);
}

function urlOf(draft: Draft): string | undefined {
  const result = normaliseUrl(String(answerAt(draft, 'gitlab.url')));
  return 'url' in result ? result.url : undefined;
}
