import { checkToken, JOB_TOKEN_FLAW } from '../gitlab/api/token.ts';
import { isInteractive } from '../terminal/output.ts';
import { ProblemError } from '../text/problem.ts';

/**
 * The access token of GITLAB_TOKEN, or what a person types where there is none.
 *
 * @param flag that GitLab is asked for
 * @throws {ProblemError} where there is no token, or one that is none
 */
export async function gitlabToken(url: string, flag: string): Promise<string> {
  const given = process.env['GITLAB_TOKEN']?.trim() ?? '';
  const flaw = checkToken(given);
  if (flaw) throw new ProblemError([{ where: 'GITLAB_TOKEN', ...flaw }]);
  if (given !== '') return given;
  if (isInteractive()) {
    const { askPerson } = await import('../interview/person/ask-person.ts');
    const typed = await askPerson.secret({
      flag,
      message: `Access token for ${url.slice('https://'.length)}`,
      why: 'One with the scope read_api. GitLab is only read; the token is kept nowhere.',
      check: checkToken,
    });
    if (typed !== '') return typed;
  }
  const what = process.env['CI_JOB_TOKEN']
    ? JOB_TOKEN_FLAW.what
    : 'there is no token to ask GitLab with';
  throw new ProblemError([
    { where: 'GITLAB_TOKEN', what, fix: 'Set it to an access token with the scope read_api' },
  ]);
}
