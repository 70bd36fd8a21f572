import { curlCommand, type Setting } from '../../gitlab/settings/setting.ts';
import { protectionSetting, subjectFormSetting } from '../../gitlab/settings/settings.ts';
import type { SubComponent } from '../../gitlab/subject.ts';
import { componentOf, readSubject } from '../../iam/subject.ts';
import type { Facts } from '../facts/facts.ts';
import type { Fix } from '../outcome.ts';
import { claim } from '../facts/token-facts.ts';

/** Protects the ref that the token is of. */
export function protectRef(facts: Facts): Fix {
  const type = claim(facts, 'ref_type') === 'tag' ? 'tag' : 'branch';
  const ref = claim(facts, 'ref') ?? facts.job?.['CI_COMMIT_REF_NAME'] ?? '';
  return fix(
    facts,
    `Protect the ${type}; then only those who may ${type === 'tag' ? 'create' : 'push to'} it sign in`,
    protectionSetting(projectOf(facts), type, ref),
  );
}

/** Gives the role's variable to jobs on every ref. */
export function unprotectVariable(facts: Facts): Fix {
  return fix(
    facts,
    'Or give the variable to every ref: an ARN is no secret, and the trust policy decides who gets in',
    {
      method: 'PUT',
      project: projectOf(facts),
      below: '/variables/AWS_ROLE_ARN',
      parameters: [['protected', 'false']],
      why: 'AWS_ROLE_ARN is there on every ref',
    },
  );
}

/** Has GitLab build the project's subjects of these components. */
export function subjectForm(facts: Facts, components: readonly SubComponent[]): Fix {
  return fix(
    facts,
    'Let GitLab build the subject of this project’s tokens as the trust policy expects it',
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

/** The project that the token is of, by all that is known. */
export function projectOf(facts: Facts): { id: number | undefined; path: string } {
  const subject = readSubject(claim(facts, 'sub') ?? '');
  const told = (name: string) => claim(facts, name) ?? componentOf(subject, name);
  const id = told('project_id') ?? facts.job?.['CI_PROJECT_ID'];
  return {
    id: id === undefined ? undefined : Number(id),
    path: told('project_path') ?? facts.job?.['CI_PROJECT_PATH'] ?? 'mygroup/myproject',
  };
}
