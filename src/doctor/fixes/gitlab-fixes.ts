import { readId } from '../../gitlab/numeric-id.ts';
import { curlCommand, type Setting } from '../../gitlab/settings/setting.ts';
import { protectionSetting, subjectFormSetting } from '../../gitlab/settings/settings.ts';
import type { SubComponent } from '../../gitlab/subject.ts';
import { componentOf, readSubject } from '../../iam/subject.ts';
import type { Facts } from '../facts/facts.ts';
import type { Fix } from '../../iam/messages/fix.ts';
import { claim } from '../facts/token-facts.ts';

/** Protects the token's ref. */
export function protectRef(facts: Facts): Fix {
  const type = claim(facts, 'ref_type') === 'tag' ? 'tag' : 'branch';
  const ref = claim(facts, 'ref') ?? facts.job?.['CI_COMMIT_REF_NAME'] ?? '';
  return fix(
    facts,
    `Protect the ${type}, so that only those who may ${type === 'tag' ? 'create' : 'push to'} it can sign in`,
    protectionSetting(projectOf(facts), type, ref),
  );
}

/** Makes the role's variable available to jobs on every ref. */
export function unprotectVariable(facts: Facts): Fix {
  return fix(
    facts,
    'Or make the variable available on every ref. An ARN is not a secret: the trust policy decides who may assume the role',
    {
      method: 'PUT',
      project: projectOf(facts),
      below: '/variables/AWS_ROLE_ARN',
      parameters: [['protected', 'false']],
      why: 'AWS_ROLE_ARN is available on every ref',
    },
  );
}

/** Has GitLab build the project's subjects of these components. */
export function subjectForm(facts: Facts, components: readonly SubComponent[]): Fix {
  return fix(
    facts,
    "Have GitLab build the subject of this project's tokens in the form that the trust policy expects",
    subjectFormSetting(projectOf(facts), components),
  );
}

function fix(facts: Facts, text: string, setting: Setting): Fix {
  const instance =
    facts.job?.['CI_SERVER_URL'] ??
    facts.repository?.blueprint.issuer.instanceUrl ??
    claim(facts, 'iss') ??
    'https://gitlab.com';
  return { place: 'gitlab', text, change: curlCommand(instance, setting) };
}

/** The token's project, from the claims or the job. */
export function projectOf(facts: Facts): { id: number | undefined; path: string } {
  const subject = readSubject(claim(facts, 'sub') ?? '');
  const known = (name: string) => claim(facts, name) ?? componentOf(subject, name);
  const id = known('project_id') ?? facts.job?.['CI_PROJECT_ID'];
  return {
    id: id === undefined ? undefined : readId(id),
    path: known('project_path') ?? facts.job?.['CI_PROJECT_PATH'] ?? 'mygroup/myproject',
  };
}
