import type { Blueprint } from '../blueprint/blueprint.ts';
import { signInSetupOf } from '../blueprint/sign-in-setup.ts';
import { MESSAGES } from '../iam/messages/catalog.ts';

/** A row of the README's troubleshooting table. */
export interface Trouble {
  readonly message: string;
  /** The cause and the first fix, in sentences. */
  readonly cause: string;
}

/** The messages that this repository can cause, each with its cause and fix. */
export function troublesOf(blueprint: Blueprint): Trouble[] {
  const setup = signInSetupOf(blueprint);
  return MESSAGES.filter(({ applies }) => applies(setup)).map(({ text, cause, fixes }) => {
    const [fix] = fixes(setup);
    return { message: text, cause: [cause(setup), fix.text].map(asSentence).join(' ') };
  });
}

function asSentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
