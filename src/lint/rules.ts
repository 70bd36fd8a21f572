import { anyProject } from './rules/any-project.ts';
import { anyRefType } from './rules/any-ref-type.ts';
import { anyRef } from './rules/any-ref.ts';
import { audienceDiffers } from './rules/audience-differs.ts';
import { audienceUnpinned } from './rules/audience-unpinned.ts';
import { crossedIds } from './rules/crossed-ids.ts';
import { environmentInSubject } from './rules/environment-in-subject.ts';
import { forAllValuesGuard } from './rules/for-all-values-guard.ts';
import { gitlabComKeyElsewhere } from './rules/gitlab-com-key-elsewhere.ts';
import { groupWide } from './rules/group-wide.ts';
import { groupWithoutSlash } from './rules/group-without-slash.ts';
import { ifExistsGuard } from './rules/if-exists-guard.ts';
import { impossibleSubject } from './rules/impossible-subject.ts';
import { keyHostDiffers } from './rules/key-host-differs.ts';
import { keyUrlForm } from './rules/key-url-form.ts';
import { mutablePath } from './rules/mutable-path.ts';
import { negatedGuard } from './rules/negated-guard.ts';
import { noProjectId } from './rules/no-project-id.ts';
import { noSubject } from './rules/no-subject.ts';
import { nonStringValue } from './rules/non-string-value.ts';
import { openPrincipal } from './rules/open-principal.ts';
import { projectIdWildcard } from './rules/project-id-wildcard.ts';
import { providerUrl } from './rules/provider-url.ts';
import { publicCaThumbprint } from './rules/public-ca-thumbprint.ts';
import { thumbprintForm } from './rules/thumbprint-form.ts';
import { topGroupWildcard } from './rules/top-group-wildcard.ts';
import { unknownKey } from './rules/unknown-key.ts';
import { unknownRefType } from './rules/unknown-ref-type.ts';
import { unprotectedTag } from './rules/unprotected-tag.ts';
import { unwritableCharacter } from './rules/unwritable-character.ts';
import { variableInValue } from './rules/variable-in-value.ts';
import { wildcardUnderEquals } from './rules/wildcard-under-equals.ts';
import { wrongAction } from './rules/wrong-action.ts';
import { shortSubject } from './rules/short-subject.ts';
import { subjectRequired } from './rules/subject-required.ts';
import { impossibleValue } from './rules/impossible-value.ts';
import { unfitOperator } from './rules/unfit-operator.ts';
import { absentRequestKey } from './rules/absent-request-key.ts';
import { notPrincipal } from './rules/not-principal.ts';
import { sidForm } from './rules/sid-form.ts';
import { openIssuer } from './rules/open-issuer.ts';
import { nobody } from './rules/nobody.ts';
import { subjectUnderAudience } from './rules/subject-under-audience.ts';
import { undocumentedKey } from './rules/undocumented-key.ts';
import { undetermined } from './rules/undetermined.ts';
import { looseOperator } from './rules/loose-operator.ts';
import { ROLE_RULES } from './rules-about-roles.ts';
import type { RoleRule, Rule } from './rule.ts';

/**
 * Every rule, by id. To add one: a file in `rules/`, a line here or, for a rule about the role alone, in
 * `rules-about-roles.ts`, a section in `docs/rules.md`.
 */
export const RULES: readonly (Rule | RoleRule)[] = [
  ...ROLE_RULES,
  noSubject,
  anyProject,
  topGroupWildcard,
  groupWithoutSlash,
  projectIdWildcard,
  forAllValuesGuard,
  ifExistsGuard,
  negatedGuard,
  wildcardUnderEquals,
  keyHostDiffers,
  keyUrlForm,
  unknownKey,
  gitlabComKeyElsewhere,
  unknownRefType,
  environmentInSubject,
  audienceDiffers,
  providerUrl,
  impossibleSubject,
  variableInValue,
  unwritableCharacter,
  wrongAction,
  openPrincipal,
  thumbprintForm,
  subjectRequired,
  impossibleValue,
  unfitOperator,
  absentRequestKey,
  notPrincipal,
  sidForm,
  openIssuer,
  nobody,
  noProjectId,
  groupWide,
  anyRef,
  anyRefType,
  unprotectedTag,
  crossedIds,
  publicCaThumbprint,
  mutablePath,
  audienceUnpinned,
  shortSubject,
  looseOperator,
  nonStringValue,
  subjectUnderAudience,
  undocumentedKey,
  undetermined,
].sort((one, other) => (one.id < other.id ? -1 : 1));
