import type { Draft } from '../answers/read.ts';
import type { Asker } from './asker.ts';
import { answerAt, withAnswer } from './draft.ts';

interface DraftSetup {
  readonly draft: Draft;
  /** Whether most questions take their defaults. */
  readonly quick: boolean;
}

/** Asks for the first choice: how much is asked, and of which GitLab. */
export async function askSetup(draft: Draft, asker: Asker): Promise<DraftSetup> {
  const open = answerAt(draft, 'gitlab.url') === undefined;
  const choice = await asker.choice({
    flag: 'gitlab-url',
    message: 'Setup',
    why: 'Quick setup uses defaults for the rest; you can change them at the end.',
    quick: true,
    choices: [
      ...(open
        ? [
            { value: 'gitlab.com', name: 'gitlab.com, quick setup' },
            { value: 'own', name: 'your own GitLab, quick setup' },
          ]
        : [{ value: 'own', name: 'quick setup' }]),
      { value: 'all', name: 'all options' },
    ],
    default: open ? 'gitlab.com' : 'own',
  });
  return {
    draft: choice === 'gitlab.com' ? withAnswer(draft, 'gitlab.url', 'https://gitlab.com') : draft,
    quick: choice !== 'all',
  };
}
