import cdktfJson from '../../templates/cdktf/cdktf.json.hbs';
import stackTs from '../../templates/cdktf/lib/gitlab-oidc-stack.ts.hbs';
import trustPolicyTs from '../../templates/cdktf/lib/trust-policy.ts.hbs';
import mainTs from '../../templates/cdktf/main.ts.hbs';
import packageJson from '../../templates/cdktf/package.json.hbs';
import tsconfigJson from '../../templates/cdktf/tsconfig.json.hbs';
import type { State } from '../blueprint/blueprint.ts';
import type { Cdk } from '../blueprint/cdk.ts';
import { modulesOf, partsOf, roleStatements } from './accounts/cdktf-roles.ts';
import type { Files } from './files.ts';
import type { StackView } from './stack-view.ts';

/** The app for CDKTF or its successor, with the same addresses and attributes as the HCL. */
export function renderCdktf(cdk: Cdk, stack: StackView, state: State): Files {
  return new Map([
    [
      'main.ts',
      mainTs({
        library: cdk.name,
        targetsLockfile: state.backend === 's3' && cdk.hasLockfileProperty,
      }),
    ],
    [
      'lib/gitlab-oidc-stack.ts',
      stackTs({
        ...stateView(state, cdk),
        library: cdk.name,
        modules: modulesOf(cdk),
        creates: stack.creates,
        ...partsOf(stack.roles),
        awsProvider: { region: stack.region, allowedAccountIds: stack.accountIds },
        oidcProvider: {
          url: stack.url,
          clientIdList: stack.audiences,
          thumbprintList: stack.thumbprints,
        },
        roles: stack.roles.map((role) =>
          roleStatements(role, { indent: 4, scope: 'this', arns: undefined }),
        ),
        roleArns: Object.fromEntries(stack.roles.map(({ name, arn }) => [name, arn])),
      }),
    ],
    ...appFiles(cdk),
  ]);
}

/** What every app has, whatever it deploys. */
export function appFiles(cdk: Cdk): Files {
  return new Map([
    ['lib/trust-policy.ts', trustPolicyTs({})],
    ['cdktf.json', cdktfJson({})],
    ['package.json', packageJson(packageView(cdk))],
    ['tsconfig.json', tsconfigJson({})],
  ]);
}

function packageView({ name, provider, versions }: Cdk) {
  return {
    provider,
    library: name,
    cli: `${name}-cli`,
    versions,
    synth: `${name} synth`,
    diff: `${name} diff`,
    deploy: `${name} deploy`,
  };
}

function stateView(state: State, { hasLockfileProperty }: Cdk) {
  return {
    overridesLockfile: !hasLockfileProperty,
    s3: state.backend === 's3' && {
      bucket: state.bucket,
      key: state.key,
      region: state.region,
      encrypt: true,
      useLockfile: hasLockfileProperty ? true : undefined,
    },
    http: state.backend === 'gitlab' && {
      address: state.address,
      lockAddress: `${state.address}/lock`,
      unlockAddress: `${state.address}/lock`,
      lockMethod: 'POST',
      unlockMethod: 'DELETE',
    },
  };
}
