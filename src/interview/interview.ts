import type { Draft } from '../answers/read.ts';
import { ANSWERS_VERSION } from '../answers/schema.ts';
import { askInstance } from './ask-instance.ts';
import { askOutput } from './ask-output.ts';
import { askRoles } from './ask-roles.ts';
import type { Asker } from './asker.ts';

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
