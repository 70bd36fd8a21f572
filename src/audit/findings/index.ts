import { beforeControls } from './before-controls.ts';
import { chainToAdministrator } from './chain-to-administrator.ts';
import { deadTrust } from './dead-trust.ts';
import { duplicateRoles } from './duplicate-roles.ts';
import { escalation } from './escalation.ts';
import { archivedProject } from './gitlab/archived-project.ts';
import { branchGone } from './gitlab/branch-gone.ts';
import { claimableNamespace } from './gitlab/claimable-namespace.ts';
import { deletionScheduled } from './gitlab/deletion-scheduled.ts';
import { gone } from './gitlab/gone.ts';
import { moved } from './gitlab/moved.ts';
import { joinableGroup } from './gitlab/joinable-group.ts';
import { pathReclaimed } from './gitlab/path-reclaimed.ts';
import { branchUnprotected } from './gitlab/branch-unprotected.ts';
import { tagUnprotected } from './gitlab/tag-unprotected.ts';
import { providerWithoutRole } from './provider-without-role.ts';
import { roleWithoutProvider } from './role-without-provider.ts';
import type { AuditRule } from './rule.ts';
import { staleThumbprint } from './stale-thumbprint.ts';
import { tooWide } from './too-wide.ts';
import { unusedAudience } from './unused-audience.ts';
import { unusedRole } from './unused-role.ts';

/** Every rule of an audit, in the order of their ids. */
export const AUDIT_RULES: readonly AuditRule[] = [
  tooWide,
  escalation,
  chainToAdministrator,
  deadTrust,
  duplicateRoles,
  unusedRole,
  providerWithoutRole,
  roleWithoutProvider,
  unusedAudience,
  staleThumbprint,
  beforeControls,
  claimableNamespace,
  pathReclaimed,
  moved,
  gone,
  deletionScheduled,
  archivedProject,
  branchGone,
  branchUnprotected,
  tagUnprotected,
  joinableGroup,
];
