import { isDeepStrictEqual } from 'node:util';
import { appStateOf } from '../accounts/app-state.ts';
import type { Blueprint, State } from '../blueprint.ts';
import type { AccessChange } from './change.ts';

/** Where both CDKs synthesize stacks. */
const STACKS = 'cdktf.out/stacks';

/**
 * What people must do where the account that had no name gets one: its resources remain in AWS, and keep their addresses
 * or are moved to the module, but Terraform must find their state.
 */
export function namedAccount(before: Blueprint, after: Blueprint): AccessChange[] {
  const [had, has] = [before.stacks[0], after.stacks[0]];
  const { name } = has;
  if (had.name !== undefined || name === undefined) return [];
  const change = (text: string): AccessChange => ({
    kind: 'changed',
    sources: [],
    text: `${name}: ${text}`,
  });
  const folder = `terraform/accounts/${name}`;
  return [
    change(`the account has a name now: jobs must extend the hidden job with that name in it`),
    change(`its HCL is in ${folder}; ${stateOfHcl(had.state, has.state, folder)}`),
    ...(before.cdk && after.cdk
      ? [
          change(
            `its stack of the app is ${name}, with the same addresses; ${stateOfApp(had.state, has.state, name)}`,
          ),
        ]
      : []),
  ];
}

function stateOfHcl(from: State, to: State, folder: string): string {
  if (from.backend === 'local' && to.backend === 'local') {
    return `before you apply, move terraform/terraform.tfstate to ${folder}/terraform.tfstate`;
  }
  if (isDeepStrictEqual(from, to)) return `its state remains at ${placeOf(from)}`;
  return `before you apply, ${copied(from, to, 'terraform', folder)}`;
}

function stateOfApp(from: State, to: State, name: string): string {
  const app = appStateOf(to);
  const move =
    from.backend === 'local' && app.backend === 'local'
      ? `rename terraform.gitlab-oidc.tfstate to terraform.${name}.tfstate`
      : copied(from, app, `${STACKS}/gitlab-oidc`, `${STACKS}/${name}`);
  return `if you deploy the app, first ${move}`;
}

/** An update removes the code of the old place, and the next synthesis its stack, so the state is taken from it before. */
function copied(from: State, to: State, before: string, after: string): string {
  if (from.backend === 's3' && to.backend === 's3') {
    return `copy its state: aws s3 cp ${placeOf(from)} ${placeOf(to)}`;
  }
  return `copy its state: run terraform state pull in ${before}, as it is before this update, and terraform state push in ${after}`;
}

function placeOf(state: State): string {
  switch (state.backend) {
    case 'local':
      return 'terraform.tfstate';
    case 's3':
      return `s3://${state.bucket}/${state.key}`;
    case 'gitlab':
      return state.address;
  }
}
