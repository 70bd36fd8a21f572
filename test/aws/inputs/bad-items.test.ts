import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Inventory, Place } from '../../../src/access/role-context.ts';
import { readInventory } from '../../../src/aws/inputs/read-inputs.ts';
import { mangled, replaced, routesIn } from '../../support/builders/mangled.ts';
import { caseOf, trust } from './parts-of-inputs.ts';
import { runs } from '../../support/tools/runs.ts';

type Json = Readonly<Record<string, unknown>>;
type Route = readonly (string | number)[];

const RUNS = runs(100);

const TEMPLATE = {
  Resources: Object.fromEntries(
    ['Web', 'Api', 'Infra'].map((name) => [
      name,
      {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: name,
          AssumeRolePolicyDocument: trust(name),
          ManagedPolicyArns: [
            { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAccess' },
          ],
          Policies: [{ PolicyName: 's3', PolicyDocument: trust(name) }],
          Tags: [{ Key: 'team', Value: name }],
        },
      },
    ]),
  ),
};

const CONFIGURATION = {
  terraform: { backend: {} },
  resource: {
    aws_iam_role: Object.fromEntries(
      ['web', 'api', 'infra'].map((name) => [
        name,
        {
          name,
          assume_role_policy: JSON.stringify(trust(name)),
          inline_policy: [{ name: 's3', policy: JSON.stringify(trust(name)) }],
          tags: { team: name },
        },
      ]),
    ),
  },
};

const PROVIDERS = {
  OpenIDConnectProviderList: ['gitlab.com', 'gitlab.example.com', 'accounts.google.com'].map(
    (issuer) => ({ Arn: `arn:aws:iam::123456789012:oidc-provider/${issuer}` }),
  ),
};

/** A text with several items of which each can be read by itself. */
interface Format {
  readonly json: unknown;
  readonly isItem: (value: Json, route: Route) => boolean;
  /** Whether what became of an item is clearly something else, of which nothing has to be reported. */
  readonly isOther: (item: Json) => boolean;
}

const isIn = (list: string) => (_: Json, route: Route) => route.length === 2 && route[0] === list;
const never = () => false;
const isRoleOfTerraform = (value: Json) => value['type'] === 'aws_iam_role';
const isOtherOfTerraform = (item: Json) =>
  item['type'] !== 'aws_iam_role' || item['mode'] === 'data';

const FORMATS: Readonly<Record<string, Format>> = {
  'list-roles': { json: caseOf('list-roles'), isItem: isIn('Roles'), isOther: never },
  'a dump': { json: caseOf('dump'), isItem: isIn('RoleDetailList'), isOther: never },
  'the list of providers': {
    json: PROVIDERS,
    isItem: isIn('OpenIDConnectProviderList'),
    isOther: never,
  },
  'a state': {
    json: caseOf('state'),
    isItem: isRoleOfTerraform,
    isOther: isOtherOfTerraform,
  },
  'a state file': {
    json: caseOf('state-file'),
    isItem: isRoleOfTerraform,
    isOther: (item) =>
      isOtherOfTerraform(item) || ((item['instances'] ?? []) as readonly unknown[]).length === 0,
  },
  'a plan': {
    json: caseOf('plan'),
    isItem: (value, route) => route[0] === 'resource_changes' && isRoleOfTerraform(value),
    // A resource that will not exist any more has no values after the apply.
    isOther: (item) =>
      isOtherOfTerraform(item) || (item['change'] as Json | null)?.['after'] === null,
  },
  'a template': {
    json: TEMPLATE,
    isItem: isIn('Resources'),
    isOther: (item) => item['Type'] !== 'AWS::IAM::Role',
  },
  'JSON of Terraform': {
    json: CONFIGURATION,
    isItem: (_, route) => route.length === 3 && route[1] === 'aws_iam_role',
    isOther: never,
  },
};

const MARK = 'the item';

/** The lines of one item in a text, and the text. */
interface Written {
  readonly text: string;
  readonly holds: (place: Place) => boolean;
}

/** Writes a value with one item that is something else, each value on a line of its own. */
function written(json: unknown, route: Route, item: unknown): Written {
  const [before = '', after = ''] = JSON.stringify(
    replaced(json, route, { value: MARK }),
    null,
    1,
  ).split(JSON.stringify(MARK));
  const own = JSON.stringify(item, null, 1);
  const first = before.split('\n').length;
  const last = first + own.split('\n').length - 1;
  return {
    text: before + own + after,
    holds: ({ line = 0 }) => line >= first && line <= last,
  };
}

function valueAt(json: unknown, route: Route): unknown {
  return route.reduce<unknown>(
    (value, key) => (value as Readonly<Record<string | number, unknown>>)[key],
    json,
  );
}

const read = (text: string) => readInventory([{ file: 'input', text, isFound: false }]);

/** What was read from elsewhere than an item, without places. */
function outside(
  { roles, providers, policies, unreadable }: Inventory,
  { holds }: Written,
): unknown {
  const others = [roles, providers, policies, unreadable].map((all) =>
    all.filter(({ place }) => !holds(place)),
  );
  const isPlace = (key: string) => key === 'place' || key === 'trustPlace';
  return JSON.parse(JSON.stringify(others, (key, value: unknown) => (isPlace(key) ? null : value)));
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

describe.each(Object.entries(FORMATS))('%s with one bad item', (_, { json, isItem, isOther }) => {
  const items = routesIn(json)
    .filter((route) => {
      const value = valueAt(json, route);
      return isObject(value) && isItem(value, route);
    })
    .map((route) => {
      const item = valueAt(json, route);
      const good = written(json, route, item);
      return { route, item, others: outside(read(good.text), good) };
    });

  test('has several', () => {
    expect(items.length).toBeGreaterThan(2);
  });

  test(`says the same of the others, and what becomes of the item, ${RUNS} times`, () => {
    const drawn = fc
      .constantFrom(...items)
      .chain((one) => fc.record({ one: fc.constant(one), bad: mangled(one.item) }));
    fc.assert(
      fc.property(drawn, ({ one: { route, others }, bad }) => {
        const text = written(json, route, bad);
        const found = read(text.text);
        expect(outside(found, text)).toEqual(others);
        const own = [...found.roles, ...found.providers, ...found.unreadable].filter(({ place }) =>
          text.holds(place),
        );
        expect(own.length > 0 || (isObject(bad) && isOther(bad))).toBe(true);
      }),
      { numRuns: RUNS },
    );
  }, 3_600_000);
});
