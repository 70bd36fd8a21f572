import type { Blueprint } from '../blueprint/blueprint.ts';
import schemaJson from '../../templates/answers/gitlab-aws-oidc.schema.json.hbs';
import { ANSWERS_FILE, SCHEMA_FILE } from '../answers/write.ts';
import { renderCdktf } from './cdktf.ts';
import type { Files } from './files.ts';
import { renderGitlabCi } from './gitlab-ci.ts';
import { renderReadme } from './readme.ts';
import { renderTerraform } from './terraform.ts';

/**
 * The whole generated repository.
 *
 * @param answers the text of the answers file, kept as it is
 */
export function renderRepository(blueprint: Blueprint, answers: string): Files {
  const files = [
    ...renderReadme(blueprint),
    [ANSWERS_FILE, answers],
    [SCHEMA_FILE, schemaJson({})],
    ...(blueprint.output === 'cdktf' ? renderCdktf(blueprint) : []),
    ...renderTerraform(blueprint),
    ...renderGitlabCi(blueprint),
  ] as const;
  return new Map(files);
}
