import type { Hint } from './hint.ts';
import { absentClaim } from './hints/absent-claim.ts';
import { action } from './hints/action.ts';
import { audience } from './hints/audience.ts';
import { customSubject } from './hints/custom-subject.ts';
import { environment } from './hints/environment.ts';
import { excluded } from './hints/excluded.ts';
import { expired } from './hints/expired.ts';
import { fork } from './hints/fork.ts';
import { fullRef } from './hints/full-ref.ts';
import { keyHost } from './hints/key-host.ts';
import { keyUrlForm } from './hints/key-url-form.ts';
import { letterCase } from './hints/letter-case.ts';
import { missingWildcard } from './hints/missing-wildcard.ts';
import { otherId } from './hints/other-id.ts';
import { otherProject } from './hints/other-project.ts';
import { otherRef } from './hints/other-ref.ts';
import { otherRefType } from './hints/other-ref-type.ts';
import { pathForm } from './hints/path-form.ts';
import { policyVariable } from './hints/policy-variable.ts';
import { provider } from './hints/provider.ts';
import { unknownKey } from './hints/unknown-key.ts';
import { unknownRefType } from './hints/unknown-ref-type.ts';
import { unprotectedRef } from './hints/unprotected-ref.ts';
import { whiteSpace } from './hints/white-space.ts';
import { wildcardUnderEquals } from './hints/wildcard-under-equals.ts';

/** In the order they are asked: what could never match, then near misses, then plain differences. */
export const HINTS: readonly Hint[] = [
  provider,
  action,
  keyUrlForm,
  keyHost,
  unknownKey,
  absentClaim,
  expired,
  excluded,
  wildcardUnderEquals,
  policyVariable,
  letterCase,
  whiteSpace,
  environment,
  unknownRefType,
  fullRef,
  pathForm,
  customSubject,
  otherRefType,
  fork,
  otherProject,
  otherRef,
  missingWildcard,
  unprotectedRef,
  otherId,
  audience,
];
