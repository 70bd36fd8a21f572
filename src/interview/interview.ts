import type { Draft } from '../answers/read.ts';
import { ANSWERS_VERSION } from '../answers/schema.ts';
import { askAccount, askAddress, askTokens } from './ask-instance.ts';
import { askOutput } from './ask-output.ts';
import { askRoles } from './ask-roles.ts';
import { normalizeUrl } from '../gitlab/instance-url.ts';
import type { Asker } from './asker.ts';
import { answerAt } from './draft.ts';
import type { Known } from './guide/known.ts';
import type { PresetChoice } from './preset.ts';

/**
 * Asks for what the draft does not say yet, in order.
 *
 * @param draft the answers of flags and file
 * @param preset which roles to make of the one that is asked for
 * @param everything whether to ask for what may be left out too
 * @param introduce finds out about the GitLab at an address, and has it asked as well as the person
 */
export async function interview(
  draft: Draft,
  preset: PresetChoice,
  asker: Asker,
  everything: boolean,
  introduce?: (url: string) => Promise<Known>,
): Promise<Draft> {
  const addressed = await askAddress({ version: ANSWERS_VERSION, ...draft }, asker);
  const url = urlOf(addressed);
  const known = url === undefined ? undefined : await introduce?.(url);
  const about = await askTokens(addressed, asker, everything, known);
  const roles = await askRoles(about, preset, asker, everything, known?.guide);
  const placed = await askAccount({ ...about, roles }, asker, everything, known);
  return askOutput(placed, asker, everything, known?.guide?.version);
}

function urlOf(draft: Draft): string | undefined {
  const result = normalizeUrl(String(answerAt(draft, 'gitlab.url')));
  return 'url' in result ? result.url : undefined;
}
