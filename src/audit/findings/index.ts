import { beforeControls } from './before-controls.ts';
import { chainToAdministrator } from './chain-to-administrator.ts';
import { deadTrust } from './dead-trust.ts';
import { duplicateRoles } from './duplicate-roles.ts';
import { escalation } from './escalation.ts';
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
];
