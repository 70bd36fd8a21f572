import type { Draft } from '../answers/read.ts';
import { isGitlabCom, normalizeUrl } from '../gitlab/instance-url.ts';
import { answerAt } from './draft.ts';

/** Whether the tokens are gitlab.com's, the one issuer with condition keys of its own. */
export function aboutGitlabCom(draft: Draft): boolean {
  const result = normalizeUrl(
    String(answerAt(draft, 'gitlab.issuer') ?? answerAt(draft, 'gitlab.url')),
  );
  return 'url' in result && isGitlabCom(result.url);
}
