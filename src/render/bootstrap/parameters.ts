import type {
  BootstrapBlueprint,
  BootstrapParameter,
  BootstrapParameters,
} from '../../blueprint/blueprint.ts';

interface Parameter {
  readonly name: BootstrapParameter;
  /** As a parameter of the template. */
  readonly cfn: string;
  /** As a variable of Terraform, and as a column of `accounts.csv`. */
  readonly column: string;
  readonly description: string;
}

const PARAMETERS: readonly Parameter[] = [
  {
    name: 'provider',
    cfn: 'CreateProvider',
    column: 'create_provider',
    description: 'false where the account already has the OIDC provider',
  },
  {
    name: 'stateKey',
    cfn: 'StateKey',
    column: 'state_key',
    description: 'Key of the Terraform state of the account',
  },
  {
    name: 'stateBucket',
    cfn: 'StateBucket',
    column: 'state_bucket',
    description: 'S3 bucket of the Terraform state of the account',
  },
  {
    name: 'boundary',
    cfn: 'BoundaryArn',
    column: 'boundary',
    description:
      'ARN of the permissions boundary that the account already has; empty to create one',
  },
];

/** The parameters that some account needs, with what holds where nothing is given. */
export function parametersOf({ parameters }: BootstrapBlueprint) {
  return PARAMETERS.flatMap((one) => {
    const value = parameters[one.name];
    return value === undefined ? [] : [{ ...one, value }];
  });
}

/** The table of the accounts; no value holds a comma, a quote or a line break. */
export function accountsCsv(bootstrap: BootstrapBlueprint): string {
  const parameters = parametersOf(bootstrap);
  const cells = (values: BootstrapParameters) => parameters.map(({ name }) => values[name] ?? '');
  const rows = [
    ['account', 'id', 'region', ...parameters.map(({ column }) => column)],
    ...(bootstrap.accounts ?? []).map(({ name, id, region, values }) => [
      name,
      id,
      region,
      ...cells(values),
    ]),
  ];
  return rows.map((row) => `${row.join(',')}\n`).join('');
}
