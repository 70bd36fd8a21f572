import {
  ACCESS_LEVELS,
  DEPLOYMENT_TIERS,
  PIPELINE_SOURCES,
  RUNNER_ENVIRONMENTS,
} from '../../gitlab/vocabulary.ts';
import { EMAIL, type Grammar, ID, LOGIN, PROJECT_PATH, REF, TEXT } from './grammar.ts';

/** The values that GitLab gives a claim: some that are listed, or all texts of a grammar. */
export type Vocabulary =
  { readonly listed: readonly (string | undefined)[] } | { readonly grammar: Grammar };

const BOOLEANS: Vocabulary = { listed: ['true', 'false'] };

const VOCABULARIES: Readonly<Record<string, Vocabulary>> = {
  project_path: { grammar: PROJECT_PATH },
  project_id: { grammar: ID },
  namespace_id: { grammar: ID },
  ref: { grammar: REF },
  ref_type: { listed: ['branch', 'tag'] },
  ref_protected: BOOLEANS,
  environment_protected: BOOLEANS,
  deployment_tier: { listed: DEPLOYMENT_TIERS },
  pipeline_source: { listed: PIPELINE_SOURCES },
  runner_environment: { listed: RUNNER_ENVIRONMENTS },
  // Absent where the user is not a member of the project, such as an administrator.
  user_access_level: { listed: [...ACCESS_LEVELS, undefined] },
  user_id: { grammar: ID },
  user_login: { grammar: LOGIN },
  user_email: { grammar: EMAIL },
};

/** What a claim of a GitLab token can be; a custom audience may be any text. */
export function vocabularyOf(claim: string): Vocabulary {
  const listed = Object.hasOwn(VOCABULARIES, claim) ? VOCABULARIES[claim] : undefined;
  return listed ?? { grammar: TEXT };
}
