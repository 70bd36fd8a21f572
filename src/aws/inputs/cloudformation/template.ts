import type { AttachedPolicy, ProviderFacts } from '../../../access/role-context.ts';
import { ANY_ACCOUNT } from '../../../iam/arn.ts';
import type { Collector } from '../collector.ts';
import { managedPolicy, tagsOf } from '../iam-role.ts';
import type { Reader } from '../reader.ts';
import type { JsonPath } from '../text/parse-json.ts';
import { Undetermined, undeterminedIn } from '../undetermined.ts';
import { type JsonObject, isObject } from '../../../text/json-object.ts';
import { known, numberOf, textOf, textsOf } from '../values.ts';
import { CDK_PROVIDER, Intrinsics } from './intrinsics.ts';
import { defaultOf } from './parameters.ts';

const FIX = 'Give what AWS has after the deployment: aws iam get-account-authorization-details';
const FIX_ANOTHER =
  'Give the folder that holds both, or what AWS has after the deployment: aws iam get-account-authorization-details';

/**
 * A CloudFormation template, or one that the AWS CDK writes to `cdk.out`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_IAM.html
 */
export const cloudFormationTemplate: Reader = {
  recognizes: ({ Resources: resources }) =>
    isObject(resources) &&
    Object.entries(resources).some(
      ([id, one]) => FUNCTION.test(id) || (isObject(one) && typeof one['Type'] === 'string'),
    ),
  read: (value, at, into) => {
    const resources = value['Resources'] as JsonObject;
    const { Mappings: mappings, Parameters: parameters } = value;
    const template = new Template(
      resources,
      new Intrinsics(resources, isObject(mappings) ? mappings : {}, (name) => {
        const found = defaultOf(isObject(parameters) ? parameters[name] : undefined);
        if (found !== undefined) into.assumed.add(`parameter ${name} of ${into.source.file}`);
        return found;
      }),
      [...at, 'Resources'],
      into,
    );
    for (const [id, resource] of Object.entries(resources)) {
      if (FUNCTION.test(id)) template.unfold(id);
      else if (isObject(resource)) template.read(id, resource);
      else into.isNot('a resource', [...at, 'Resources', id]);
    }
  },
};

class Template {
  readonly #documents: ReadonlyMap<unknown, unknown>;
  readonly #beside: ReadonlyMap<string, readonly AttachedPolicy[]>;

  constructor(
    private readonly resources: JsonObject,
    private readonly intrinsics: Intrinsics,
    private readonly at: JsonPath,
    private readonly into: Collector,
  ) {
    this.#documents = this.#managedDocuments();
    this.#beside = this.#policiesBesideRoles();
  }

  /** Resources that the deployment makes of a function: there may be roles among them. */
  unfold(id: string): void {
    const what = `Resources that ${id.replace(/^(Fn::\w+).*/, '$1')} makes cannot be determined: it is evaluated by the deployment`;
    this.into.unreadable([...this.at, id], what, FIX);
  }

  read(id: string, resource: JsonObject): void {
    const type = textOf(resource['Type']) ?? '';
    if (type === 'AWS::IAM::OIDCProvider' || type === CDK_PROVIDER)
      this.#provider(id, propertiesOf(resource));
    if (type === 'AWS::IAM::Role') this.#role(id, propertiesOf(resource));
    if (OF_ANOTHER_TEMPLATE.test(type))
      this.into.inAnotherFile(
        [...this.at, id],
        `Resources of ${id} cannot be determined: they are in another template`,
        FIX_ANOTHER,
        templateOf(resource),
      );
  }

  #provider(id: string, properties: JsonObject): void {
    const at = [...this.at, id];
    const values = this.intrinsics.value(properties) as JsonObject;
    const url = textOf(values['Url']);
    if (url === undefined) {
      this.#undetermined([...at, 'Properties', 'Url'], `The URL of ${id}`, values['Url']);
      return;
    }
    this.into.provider(
      at,
      known<Omit<ProviderFacts, 'place'>>({
        arn: textOf(this.intrinsics.value({ 'Fn::GetAtt': [id, 'Arn'] })),
        url,
        clientIds: textsOf(values['ClientIdList'] ?? values['ClientIDList']),
        thumbprints: textsOf(values['ThumbprintList'])?.map((one) => one.toLowerCase()),
        hasStandIn: true,
      }),
    );
  }

  #role(id: string, properties: JsonObject): void {
    const at = [...this.at, id];
    const within = [...at, 'Properties'];
    const values = this.intrinsics.value(properties) as JsonObject;
    const trust = values['AssumeRolePolicyDocument'];
    const trustAt = [...within, 'AssumeRolePolicyDocument'];
    if (undeterminedIn(trust)) {
      this.#undetermined(trustAt, `The trust policy of ${id}`, trust);
      return;
    }
    const boundary = this.#managed(properties['PermissionsBoundary'], [
      ...within,
      'PermissionsBoundary',
    ]);
    if (!boundary && undeterminedIn(values['PermissionsBoundary']))
      this.#undetermined(
        [...within, 'PermissionsBoundary'],
        `The boundary of ${id}`,
        values['PermissionsBoundary'],
      );
    const name = textOf(values['RoleName']);
    const policies = [
      ...this.#attached(properties['ManagedPolicyArns'], [...within, 'ManagedPolicyArns']),
      ...(this.#beside.get(id) ?? []),
      ...this.into
        .objects(
          this.#list(values['Policies'], [...within, 'Policies'], `A policy of ${id}`),
          [...within, 'Policies'],
          'a policy',
        )
        .flatMap(([one, place]) => this.#inline(one, place)),
    ];
    this.into.role(at, {
      label: id,
      name,
      account: ANY_ACCOUNT,
      trust,
      trustAt,
      path: textOf(values['Path']) ?? '/',
      policies: [
        ...policies.filter(({ arn }) => arn !== undefined),
        ...policies.filter(({ arn }) => arn === undefined),
      ],
      boundary,
      tags: tagsOf(values['Tags'] ?? []),
      maxSessionDuration: numberOf(values['MaxSessionDuration']) ?? DEFAULT_DURATION,
      description: textOf(values['Description']),
    });
  }

  /** Policies that are resources of their own and name the roles that they are for, by logical id. */
  #policiesBesideRoles(): ReadonlyMap<string, readonly AttachedPolicy[]> {
    const found = new Map<string, AttachedPolicy[]>();
    for (const [id, resource] of Object.entries(this.resources)) {
      if (!isObject(resource)) continue;
      const type = textOf(resource['Type']) ?? '';
      if (!POLICY_TYPES.has(type)) continue;
      const properties = propertiesOf(resource);
      const at = [...this.at, id, 'Properties'];
      const policies = this.#policyResource(id, type, properties, at);
      const named =
        type === 'AWS::IAM::RolePolicy' ? [properties['RoleName']] : properties['Roles'];
      for (const role of this.#list(named, [...at, 'Roles'], `The role of ${id}`)) {
        const logicalId = this.#roleNamed(role);
        if (logicalId === undefined)
          this.#undetermined(at, `The role of ${id}`, this.intrinsics.value(role));
        else found.set(logicalId, [...(found.get(logicalId) ?? []), ...policies]);
      }
    }
    return found;
  }

  #policyResource(
    id: string,
    type: string,
    properties: JsonObject,
    at: JsonPath,
  ): AttachedPolicy[] {
    const values = this.intrinsics.value(properties) as JsonObject;
    if (type !== 'AWS::IAM::ManagedPolicy') return this.#inline(values, at);
    const document = this.#document(values, at);
    const arn = textOf(this.intrinsics.value({ Ref: id }));
    const place = this.into.source.at(at);
    return [
      arn === undefined ? { name: id, document, place } : managedPolicy(arn, { document, place }),
    ];
  }

  #roleNamed(role: unknown): string | undefined {
    const ref = isObject(role) ? role['Ref'] : undefined;
    if (typeof ref === 'string' && Object.hasOwn(this.resources, ref)) return ref;
    const name = textOf(this.intrinsics.value(role));
    return Object.entries(this.resources).find(
      ([, one]) =>
        isObject(one) &&
        name !== undefined &&
        this.intrinsics.value(propertiesOf(one)['RoleName']) === name,
    )?.[0];
  }

  #attached(arns: unknown, at: JsonPath): AttachedPolicy[] {
    return this.#list(arns, at, 'A managed policy').flatMap((one) => {
      const policy = this.#managed(one, at);
      const value = this.intrinsics.value(one);
      if (!policy && undeterminedIn(value)) this.#undetermined(at, 'A managed policy', value);
      return policy ?? [];
    });
  }

  /** A list, which a function may give; anything else in its place is reported. */
  #list(value: unknown, at: JsonPath, what: string): readonly unknown[] {
    const isRead = Array.isArray(value) || value instanceof Undetermined;
    const list: unknown = isRead ? value : this.intrinsics.value(value);
    if (!(list instanceof Undetermined)) return this.into.list(list, at);
    this.#undetermined(at, what, list);
    return [];
  }

  /** A managed policy by its ARN, or as a resource of the template, whose document is then known. */
  #managed(value: unknown, at: JsonPath): AttachedPolicy | undefined {
    const arn = textOf(this.intrinsics.value(value));
    const place = this.into.source.at(at);
    const document = this.#documents.get(arn ?? (isObject(value) ? value['Ref'] : undefined));
    if (arn !== undefined) return managedPolicy(arn, { document, place });
    return document === undefined || !isObject(value)
      ? undefined
      : { name: String(value['Ref']), document, place };
  }

  /** The documents of the managed policies that are resources, by logical id and, where it is known, by ARN. */
  #managedDocuments(): ReadonlyMap<unknown, unknown> {
    return new Map(
      Object.entries(this.resources).flatMap(([id, resource]): [unknown, unknown][] => {
        if (!isObject(resource) || resource['Type'] !== 'AWS::IAM::ManagedPolicy') return [];
        const document = this.intrinsics.value(propertiesOf(resource)['PolicyDocument']);
        if (!isObject(document) || undeterminedIn(document)) return [];
        const arn = textOf(this.intrinsics.value({ Ref: id }));
        return [
          [id, document],
          ...(arn === undefined ? [] : [[arn, document] as [string, unknown]]),
        ];
      }),
    );
  }

  #inline(values: JsonObject, at: JsonPath): AttachedPolicy[] {
    const document = this.#document(values, at);
    if (document === undefined) return [];
    return [{ name: textOf(values['PolicyName']) ?? '', document, place: this.into.source.at(at) }];
  }

  #document(values: JsonObject, at: JsonPath): unknown {
    const document = values['PolicyDocument'];
    if (isObject(document) && !undeterminedIn(document)) return document;
    this.#undetermined([...at, 'PolicyDocument'], 'This policy', document);
    return undefined;
  }

  #undetermined(at: JsonPath, what: string, value: unknown): void {
    const reason = undeterminedIn(value)?.reason ?? 'it is not in the template';
    this.into.unreadable(at, `${what} cannot be determined: ${reason}`, FIX);
  }
}

/** `Fn::ForEach::Roles`, `Fn::Transform`: neither is the name of a resource. */
const FUNCTION = /^Fn::/;
/** Resources that are templates of their own: a nested stack, a stack set, an application, a module. */
const OF_ANOTHER_TEMPLATE =
  /^AWS::(CloudFormation::Stack(Set)?|Serverless::Application)$|::MODULE$/;
/** AWS's default. Seconds. */
const DEFAULT_DURATION = 3600;
const POLICY_TYPES = new Set([
  'AWS::IAM::Policy',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::ManagedPolicy',
]);

function propertiesOf(resource: JsonObject): JsonObject {
  return isObject(resource['Properties']) ? resource['Properties'] : {};
}

/** The file of the template, where one is named: by the AWS CDK, or before it is packaged. */
function templateOf(resource: JsonObject): string | undefined {
  const metadata = resource['Metadata'];
  const asset = isObject(metadata) ? textOf(metadata['aws:asset:path']) : undefined;
  const { TemplateURL: url, Location: location } = propertiesOf(resource);
  const path = textOf(url) ?? textOf(location);
  return asset ?? (path?.includes('://') === true ? undefined : path);
}
