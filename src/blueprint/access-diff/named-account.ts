import { isDeepStrictEqual } from 'node:util';
import { appStateOf } from '../accounts/app-state.ts';
import type { Blueprint, State } from '../blueprint.ts';
import type { AccessChange } from './change.ts';

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
  const app = appStateOf(has.state);
  return [
    change(`the account has a name now: jobs must extend the hidden job with that name in it`),
    change(`its HCL is in ${folder}; ${stateInWords(had.state, has.state, 'terraform', folder)}`),
    ...(before.cdk && after.cdk
      ? [
          change(
            `its stack of the app is ${name}, with the same addresses; ${
              app.backend === 'local'
                ? `if you deploy the app, rename terraform.gitlab-oidc.tfstate to terraform.${name}.tfstate first`
                : `if you deploy the app, ${stateInWords(had.state, app)}`
            }`,
          ),
        ]
      : []),
  ];
}

function stateInWords(from: State, to: State, ...folders: readonly string[]): string {
  if (from.backend === 'local' && to.backend === 'local') {
    const [before = '', after = ''] = folders.map((folder) => `${folder}/terraform.tfstate`);
    return `before you apply, move ${before} to ${after}`;
  }
  if (isDeepStrictEqual(from, to)) return `its state remains at ${placeOf(from)}`;
  return `before you apply, copy its state from ${placeOf(from)} to ${placeOf(to)} (terraform state pull, terraform state push)`;
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
