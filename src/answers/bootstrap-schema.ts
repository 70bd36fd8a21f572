import * as v from 'valibot';
import { list, text } from '../text/schema-parts.ts';
import { id, SubComponents } from './schema-parts.ts';

/** What must exist in an account before the pipeline of the repository can sign in. */
export const BootstrapSchema = v.strictObject({
  role_path: v.optional(
    text('Path of the roles and the boundary that the pipeline cannot change, such as /ci/'),
  ),
  managed_path: v.optional(
    text('Path of the roles that the pipeline manages; roles without a path of their own get it'),
  ),
  plan_role: v.optional(text('Name of the role of the plan job')),
  apply_role: v.optional(text('Name of the role of the apply job')),
  boundary: v.optional(text('Name of the permissions boundary that every managed role gets')),
  repository: v.optional(
    v.strictObject({
      id: v.optional(id('Numeric ID of the project gitlab.repository')),
      namespace_id: v.optional(
        id('Numeric ID of the group that contains that project; gitlab.com only'),
      ),
      sub_components: v.optional(SubComponents),
    }),
  ),
  refs: v.optional(
    v.strictObject({
      default_branch: v.optional(text('The one branch whose jobs may assume the apply role')),
      plan_protected_only: v.optional(
        v.pipe(
          v.boolean(),
          v.description('Allow only jobs on protected refs to assume the plan role'),
        ),
      ),
    }),
  ),
  usable_roles: v.optional(
    list(
      'Roles that managed roles may assume or pass to services: path and name, with * and ?, such as /app/*',
    ),
  ),
  state_account: v.optional(
    text('Account that owns the bucket of the state, if it is not the account of the roles'),
  ),
  organizational_units: v.optional(
    list('IDs of organizational units, or of the root, whose accounts get the bootstrap'),
  ),
  admin_role: v.optional(
    text(
      'Role that Terraform assumes in the account to create the bootstrap, such as AWSControlTowerExecution',
    ),
  ),
});

/** What the policies of the organization guard. */
export const OrganizationSchema = v.strictObject({
  groups: v.pipe(
    v.array(
      v.strictObject({
        path: text('Path of a group whose projects may assume roles'),
        namespace_id: v.optional(
          id('Numeric ID of the group; projects in its subgroups are then denied; gitlab.com only'),
        ),
        project_ids: v.optional(
          v.pipe(
            v.array(id('Numeric ID of a project')),
            v.minLength(1),
            v.description('IDs of its projects whose subject begins with project_id'),
          ),
        ),
      }),
    ),
    v.minLength(1),
  ),
  protected_role_paths: v.optional(
    list('Paths of more roles that only the exceptions may change, such as /security/'),
  ),
  exceptions: v.optional(
    list('Roles that may change what is protected: path and name, with * and ?'),
  ),
});
