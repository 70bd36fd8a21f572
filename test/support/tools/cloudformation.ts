import { parse, type CollectionTag, type ScalarTag } from 'yaml';

type Value = unknown;
interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties: Record<string, Value>;
}

/** What a template comes to in one account. */
export interface Stack {
  readonly resources: Readonly<
    Record<string, { readonly type: string; readonly properties: Value }>
  >;
}

const scalar = (name: string): ScalarTag => ({
  tag: `!${name}`,
  resolve: (text) => ({ [name === 'Ref' ? 'Ref' : `Fn::${name}`]: text }),
});
const sequence = (name: string): CollectionTag => ({
  tag: `!${name}`,
  collection: 'seq',
  resolve: (items) => ({ [`Fn::${name}`]: JSON.parse(JSON.stringify(items)) as unknown }),
});

/** A template as plain data, functions in their long form. */
function read(template: string): Record<string, Value> {
  return parse(template, {
    customTags: [
      scalar('Ref'),
      scalar('Sub'),
      scalar('GetAtt'),
      sequence('If'),
      sequence('Equals'),
    ],
  }) as Record<string, Value>;
}

/**
 * Resolves a template as CloudFormation does, as far as the templates of this program go.
 *
 * @param given parameters that are not left at their defaults
 */
export function resolved(
  template: string,
  account: string,
  given: Readonly<Record<string, string>> = {},
): Stack {
  const json = read(template) as unknown as {
    Parameters: Record<string, { Default: string }>;
    Conditions: Record<string, Value>;
    Resources: Record<string, Resource>;
  };
  const parameters: Record<string, string> = {
    'AWS::AccountId': account,
    ...Object.fromEntries(
      Object.entries(json.Parameters).map(([name, one]) => [name, one.Default]),
    ),
    ...given,
  };
  const arnOf = (name: string): string => {
    const resource = json.Resources[name];
    if (resource?.Type === 'AWS::IAM::ManagedPolicy') {
      const { Path, ManagedPolicyName } = resource.Properties;
      return `arn:aws:iam::${account}:policy${String(Path)}${String(ManagedPolicyName)}`;
    }
    if (resource?.Type !== 'AWS::IAM::OIDCProvider') throw new Error(`no ARN for ${name}`);
    const url = String(resource.Properties['Url']).replace('https://', '');
    return `arn:aws:iam::${account}:oidc-provider/${url}`;
  };
  const valueOf = (value: Value): Value => {
    if (Array.isArray(value)) return value.map(valueOf);
    if (typeof value !== 'object' || value === null) return value;
    const [[name, argument] = ['', undefined]] = Object.entries(value);
    const list = Array.isArray(argument) ? (argument as Value[]) : [];
    switch (name) {
      case 'Ref':
        return parameters[String(argument)] ?? arnOf(String(argument));
      case 'Fn::Sub':
        return String(argument)
          .replace(/\$\{([^!}]+)\}/g, (_, key: string) => {
            const text = parameters[key];
            if (text === undefined) throw new Error(`${key} is not a parameter`);
            return text;
          })
          .replaceAll('${!', '${');
      case 'Fn::Equals':
        return valueOf(list[0]) === valueOf(list[1]);
      case 'Fn::If':
        return valueOf(json.Conditions[String(list[0])]) === true
          ? valueOf(list[1])
          : valueOf(list[2]);
      default:
        return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, valueOf(one)]));
    }
  };
  const exists = ({ Condition }: Resource) =>
    Condition === undefined || valueOf(json.Conditions[Condition]) === true;
  return {
    resources: Object.fromEntries(
      Object.entries(json.Resources)
        .filter(([, resource]) => exists(resource))
        .map(([name, { Type, Properties }]) => [
          name,
          { type: Type, properties: valueOf(Properties) },
        ]),
    ),
  };
}
