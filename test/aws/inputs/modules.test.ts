import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Inventory } from '../../../src/access/role-context.ts';
import { readInventory } from '../../../src/aws/inputs/read-inputs.ts';
import { readInputFiles } from '../../../src/repository/input-files.ts';
import { scratchFolders } from '../../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();

type Texts = Readonly<Record<string, string>>;

function read(texts: Texts): Inventory {
  return readInventory(
    Object.entries(texts).map(([file, text]) => ({ file, text, isFound: true })),
  );
}

const PROVIDER = `provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111111111111"]
}
`;

/** A role that one subject may assume, both as expressions. */
const roleOf = (name: string, sub: string, more = '') => `
resource "aws_iam_role" "ci" {
  ${more}
  name = ${name}
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = "arn:aws:iam::111111111111:oidc-provider/gitlab.com" }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = { StringEquals = { "gitlab.com:sub" = ${sub} } }
    }]
  })
}
`;

/** Each role with what it asks of the subject. */
function subjects({ roles }: Inventory): Record<string, unknown> {
  return Object.fromEntries(
    roles.map(({ key, trust }) => [
      `${key.account}/${key.name}`,
      trust.statements[0]?.conditions[0]?.values.map(({ text }) => text),
    ]),
  );
}

const reasons = ({ unreadable }: Inventory) => unreadable.map(({ what }) => what);

describe('an expression', () => {
  const LOCALS = `locals {
  names = ["web", "api"]
  refs  = { main = "branch", v1 = "tag" }
  deep  = { list = [{ name = "a" }, { name = "b" }] }
  none  = null
  team  = "team"
}
resource "aws_iam_openid_connect_provider" "gitlab" {
  url            = "https://gitlab.com"
  client_id_list = ["https://gitlab.com"]
}
`;

  test.each<[expression: string, value: string]>([
    ['"x-${local.team}"', 'x-team'],
    ['local.names[1]', 'api'],
    ['join("", local.deep.list[*].name)', 'ab'],
    ['local.deep.list.*.name[1]', 'b'],
    ['element(local.names, 3)', 'api'],
    ['1 + 2 * 3', '7'],
    ['(1 + 2) * 3', '9'],
    ['local.team == "team" ? "yes" : "no"', 'yes'],
    ['length(local.names) > 2 || false ? "many" : "few"', 'few'],
    ['!contains(local.names, "web") ? "a" : "b"', 'b'],
    ['join(",", [for name in local.names : upper(name) if name != "api"])', 'WEB'],
    ['join(",", [for at, name in local.names : "${at}${name}"])', '0web,1api'],
    ['join(",", [for ref, type in local.refs : "${type}/${ref}"])', 'branch/main,tag/v1'],
    ['{ for name in local.names : name => "x-${name}" }["api"]', 'x-api'],
    ['{ for name in local.names : "all" => name... }["all"][1]', 'api'],
    ['merge({ a = "1" }, local.none, { a = "2" })["a"]', '2'],
    ['merge([{ a = "1" }, { b = "3" }]...)["b"]', '3'],
    ['concat(local.names, ["last"])[2]', 'last'],
    ['lookup(local.refs, "v2", "missing")', 'missing'],
    ['tolist(toset(["b", "a", "b"]))[0]', 'a'],
    ['format("%s-%d-%%", local.team, 7)', 'team-7-%'],
    ['jsondecode("{\\"a\\": \\"b\\"}").a', 'b'],
    ['coalesce("", local.none, "last")', 'last'],
    ['try(local.refs.v2, "fallback")', 'fallback'],
    ['can(local.refs.v2) ? "there" : "absent"', 'absent'],
    ['jsonencode({ b = "<x>", a = 1 })', '{"a":1,"b":"\\u003cx\\u003e"}'],
    ['replace("a/b/c", "/", "-")', 'a-b-c'],
    // Terraform's title() leaves an underscore within a word; a hyphen begins a new one.
    ['title("web-api_two main")', 'Web-Api_two Main'],
    // A splat on one resource, without count, is a list of it.
    ['one(aws_iam_openid_connect_provider.gitlab[*].url)', 'gitlab.com'],
    ['join("", aws_iam_openid_connect_provider.gitlab.*.url)', 'gitlab.com'],
    ['"%{ if local.team == "x" }one%{ else }two%{ endif }"', 'two'],
    ['"%{ for name in local.names }[${name}]%{ endfor }"', '[web][api]'],
    ['<<-EOT\n    one\n      two\n    EOT\n', 'one\n  two\n'],
    ['"a ${~ local.team ~} b"', 'ateamb'],
    ['"$${literal}"', '${literal}'],
  ])('%s is %s', (expression, value) => {
    const found = read({ 'main.tf': LOCALS + PROVIDER + roleOf('"ci"', `[${expression}]`) });
    expect(reasons(found)).toEqual([]);
    const [text] = Object.values(subjects(found)).flat();
    expect(text).toBe(value);
  });

  test.each<[expression: string, reason: string]>([
    ['regex("a", "b")', 'does not evaluate regex()'],
    ['terraform.workspace', 'terraform.workspace is not in these files'],
    ['contains(["1"], 1) ? "a" : "b"', 'does not evaluate contains() of these arguments'],
    ['"${0.1 + 0.2}"', 'this program does not compute with such numbers'],
    ['timestamp()', 'does not evaluate timestamp()'],
    ['var.branch', 'var.branch has no value in these files'],
    ['file("secret.txt")', 'the file secret.txt is not among those that were read'],
    ['local.absent', 'local.absent is not in these files'],
    ['local.loop', 'local.loop refers to itself'],
    ['try(var.branch, "safe")', 'var.branch has no value in these files'],
    ['var.branch == "x" ? "a" : "b"', 'var.branch has no value in these files'],
    ['aws_iam_role.ci', 'this program does not evaluate aws_iam_role.ci as a whole'],
    ['local.team.name', 'local.team.name does not exist'],
  ])('%s cannot be determined, with the line and the reason', (expression, reason) => {
    const text = `variable "branch" {}\nlocals {\n  loop = local.loop\n  team = "a"\n}\n${roleOf('"ci"', expression)}`;
    const { unreadable, roles } = read({ 'main.tf': text });
    expect(roles).toEqual([]);
    expect(unreadable.map(({ what, place }) => [what.split(': ')[1], place.line])).toEqual([
      [expect.stringContaining(reason), 10],
    ]);
  });
});

const CALL = (more = '') => `${PROVIDER}module "ci" {
  source = "./modules/ci"
  ${more}
}
`;

describe('a module', () => {
  test.each<[what: string, texts: Texts, expected: Record<string, unknown>]>([
    [
      'gets arguments, defaults and converted types',
      {
        'main.tf': CALL('id = 20'),
        'modules/ci/main.tf': `variable "id" { type = string }\nvariable "ref" { default = "main" }\n${roleOf('"ci"', '"${var.id}:${var.ref}"')}`,
      },
      { '111111111111/ci': ['20:main'] },
    ],
    [
      'is called for each member of a map',
      {
        'main.tf': CALL(
          'for_each = { web = "main", api = "dev" }\n  name = each.key\n  ref = each.value',
        ),
        'modules/ci/main.tf': `variable "name" {}\nvariable "ref" {}\n${roleOf('var.name', 'var.ref')}`,
      },
      { '111111111111/api': ['dev'], '111111111111/web': ['main'] },
    ],
    [
      'is called no times',
      { 'main.tf': CALL('count = 0'), 'modules/ci/main.tf': roleOf('"ci"', '"x"') },
      {},
    ],
    [
      'gives outputs to another module',
      {
        'main.tf': `${CALL()}module "other" {\n  source = "./modules/other"\n  sub = module.ci.sub\n}\n`,
        'modules/ci/main.tf': 'output "sub" { value = "from-ci" }',
        'modules/other/main.tf': `variable "sub" {}\n${roleOf('"other"', 'var.sub')}`,
      },
      { '111111111111/other': ['from-ci'] },
    ],
    [
      'has the AWS provider that the call passes to it',
      {
        'main.tf': `${PROVIDER}provider "aws" {\n  alias = "prod"\n  allowed_account_ids = ["222222222222"]\n}\nmodule "ci" {\n  source = "./modules/ci"\n  providers = { aws = aws.prod }\n}\n`,
        'modules/ci/main.tf': roleOf('"ci"', '"x"'),
      },
      { '222222222222/ci': ['x'] },
    ],
    [
      'has a provider that the call passes by an alias',
      {
        'main.tf': `provider "aws" {\n  alias = "prod"\n  allowed_account_ids = ["222222222222"]\n}\nmodule "ci" {\n  source = "./modules/ci"\n  providers = { aws.in = aws.prod }\n}\n`,
        'modules/ci/main.tf': roleOf('"ci"', '"x"', 'provider = aws.in'),
      },
      { '222222222222/ci': ['x'] },
    ],
    [
      'fills a template of its folder',
      {
        'main.tf': CALL(),
        'modules/ci/main.tf': roleOf(
          '"ci"',
          'templatefile("${path.module}/sub.tftpl", { ref = "main" })',
        ),
        'modules/ci/sub.tftpl': 'ref:${ref}',
      },
      { '111111111111/ci': ['ref:main'] },
    ],
    [
      'is written in JSON',
      {
        'main.tf.json': JSON.stringify({
          provider: { aws: { allowed_account_ids: ['111111111111'] } },
          module: { ci: { source: './modules/ci', ref: 'main' } },
        }),
        'modules/ci/variables.tf.json': JSON.stringify({
          variable: { ref: { type: 'string' } },
          locals: {},
        }),
        'modules/ci/main.tf': roleOf('"ci"', 'var.ref'),
      },
      { '111111111111/ci': ['main'] },
    ],
    [
      'is overridden by a file of that name',
      {
        'main.tf': CALL(),
        'modules/ci/main.tf': roleOf('"ci"', '"main"'),
        'modules/ci/roles_override.tf': 'resource "aws_iam_role" "ci" {\n  name = "other"\n}\n',
      },
      { '111111111111/other': ['main'] },
    ],
    [
      'repeats nested blocks by a dynamic block',
      {
        'main.tf': CALL('subjects = ["a", "b"]'),
        'modules/ci/main.tf': `variable "subjects" { type = list(string) }
data "aws_iam_policy_document" "trust" {
  dynamic "statement" {
    for_each = var.subjects
    content {
      actions = ["sts:AssumeRoleWithWebIdentity"]
      principals {
        type        = "Federated"
        identifiers = ["arn:aws:iam::111111111111:oidc-provider/gitlab.com"]
      }
      condition {
        test     = "StringEquals"
        variable = "gitlab.com:sub"
        values   = [statement.value]
      }
    }
  }
}
resource "aws_iam_role" "ci" {
  name               = "ci"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}`,
      },
      { '111111111111/ci': ['a'] },
    ],
  ])('%s', (_, texts, expected) => {
    const found = read(texts);
    expect(reasons(found)).toEqual([]);
    expect(subjects(found)).toEqual(expected);
  });

  test('carries its name in the addresses, and its roles keep the policies that another module attaches', () => {
    const { roles } = read({
      'main.tf': `${CALL('count = 1')}resource "aws_iam_role_policy_attachment" "a" {\n  role = module.ci[0].name\n  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"\n}\n`,
      'modules/ci/main.tf': `${roleOf('"ci"', '"x"')}output "name" { value = aws_iam_role.ci.name }`,
    });
    expect(roles.map(({ label, policies }) => [label, policies?.map(({ arn }) => arn)])).toEqual([
      ['module.ci[0].aws_iam_role.ci', ['arn:aws:iam::aws:policy/ReadOnlyAccess']],
    ]);
  });

  test('is read once for each root that calls it, and not by itself', () => {
    const root = (account: string) =>
      `provider "aws" { allowed_account_ids = ["${account}"] }\nmodule "ci" { source = "../../module" }\n`;
    const found = read({
      'accounts/dev/main.tf': root('111111111111'),
      'accounts/prod/main.tf': root('222222222222'),
      'module/main.tf': roleOf('"ci"', '"x"'),
    });
    expect(subjects(found)).toEqual({ '111111111111/ci': ['x'], '222222222222/ci': ['x'] });
    expect(new Set(found.roles.map(({ sharedAs }) => sharedAs)).size).toBe(1);
  });

  test('that one account cannot determine is not taken for read because another one can', () => {
    const root = (sub: string) => `module "ci" {\n  source = "../../module"\n  sub = ${sub}\n}\n`;
    const found = read({
      'accounts/dev/main.tf': root('terraform.workspace'),
      'accounts/prod/main.tf': root('"x"'),
      'module/main.tf': `variable "sub" {}\n${roleOf('"ci"', 'var.sub')}`,
    });
    expect(found.roles).toHaveLength(1);
    expect(found.unreadable.map(({ place }) => place.file)).toEqual(['module/main.tf']);
  });
});

describe('a root', () => {
  const texts = (tfvars: Texts) => ({
    'main.tf': `variable "sub" {\n  default = "written"\n}\n${PROVIDER}${roleOf('"ci"', 'var.sub')}`,
    ...tfvars,
  });

  test.each<[what: string, tfvars: Texts, value: string]>([
    ['the default', {}, 'written'],
    ['terraform.tfvars', { 'terraform.tfvars': 'sub = "given"' }, 'given'],
    [
      '*.auto.tfvars, which win',
      { 'terraform.tfvars': 'sub = "given"', 'a.auto.tfvars': 'sub = "last"' },
      'last',
    ],
    ['JSON', { 'terraform.tfvars.json': '{"sub": "json"}' }, 'json'],
  ])('takes a variable from %s, and says that others may be given', (_, tfvars, value) => {
    const found = read(texts(tfvars));
    expect(subjects(found)).toEqual({ '111111111111/ci': [value] });
    expect(found.assumed).toEqual(['var.sub of .']);
  });

  test('that is one document of JSON takes a variable from its default, and says so', () => {
    const text = JSON.stringify({
      terraform: {},
      variable: { ref: { default: 'main' } },
      resource: {
        aws_iam_role: {
          ci: {
            name: '${var.ref}',
            assume_role_policy: JSON.stringify({
              Version: '2012-10-17',
              Statement: { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' },
            }),
          },
        },
      },
    });
    const found = read({ 'main.tofu.json': text });
    expect(found.roles.map(({ name }) => name)).toEqual(['main']);
    expect(found.assumed).toEqual(['var.ref of main.tofu.json']);
  });
});

describe('what is not read is named', () => {
  test.each<[what: string, texts: Texts, reason: string]>([
    [
      'a module of a registry',
      { 'main.tf': 'module "ci" {\n  source = "terraform-aws-modules/iam/aws"\n}\n' },
      'module.ci is not read: its source terraform-aws-modules/iam/aws is not a folder of this input, and not fetched',
    ],
    [
      'a folder outside the input',
      { 'main.tf': 'module "ci" { source = "../../../etc" }\n' },
      'module.ci is not read: its folder ../../../etc has no file in this input',
    ],
    [
      'a circle',
      {
        'main.tf': CALL(),
        'modules/ci/main.tf': 'module "back" { source = "../.." }\n',
      },
      'calls itself',
    ],
    [
      'a source that is computed',
      { 'main.tf': 'module "ci" { source = "./${local.x}" }\n' },
      'its source is not a text',
    ],
    [
      'a repetition that is not known',
      { 'main.tf': CALL('count = terraform.workspace'), 'modules/ci/main.tf': '' },
      'module.ci is not read: terraform.workspace is not in these files',
    ],
    [
      'a block that is there twice',
      { 'a.tf': roleOf('"a"', '"x"'), 'b.tf': roleOf('"b"', '"y"') },
      'aws_iam_role.ci is written twice, which Terraform refuses',
    ],
  ])('%s', (_, texts, reason) => {
    expect(reasons(read(texts)).join('\n')).toContain(reason);
  });

  test('a symbolic link to a module is not followed', async () => {
    const folder = scratchFolder();
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    write('outside/main.tf', roleOf('"ci"', '"x"'));
    write('repository/main.tf', CALL());
    mkdirSync(join(folder, 'repository/modules'));
    symlinkSync(join(folder, 'outside'), join(folder, 'repository/modules/ci'));
    const found = readInventory(await readInputFiles(join(folder, 'repository')));
    expect(found.roles).toEqual([]);
    expect(reasons(found)).toEqual([
      'module.ci is not read: its folder ./modules/ci has no file in this input: it is outside of it, missing, or behind a symbolic link',
    ]);
  });
});

describe('hostile files end soon', () => {
  const doubled = Array.from(
    { length: 60 },
    (_, at) => `  l${at + 1} = [local.l${at}, local.l${at}]`,
  );
  const longer = Array.from(
    { length: 60 },
    (_, at) => `  l${at + 1} = "\${local.l${at}}\${local.l${at}}"`,
  );
  const nested = 'range(1000) : [for b in range(1000) : [for c in range(1000) : c]]';

  test.each<[what: string, texts: Texts]>([
    [
      'lists that double',
      {
        'main.tf': `locals {\n  l0 = ["x"]\n${doubled.join('\n')}\n}\n${roleOf('"ci"', 'jsonencode(local.l60)')}`,
      },
    ],
    [
      'texts that double',
      {
        'main.tf': `locals {\n  l0 = "x"\n${longer.join('\n')}\n}\n${roleOf('"ci"', 'local.l60')}`,
      },
    ],
    ['nested loops', { 'main.tf': roleOf('"ci"', `jsonencode([for a in ${nested}])`) }],
    ['deep brackets', { 'main.tf': roleOf('"ci"', '('.repeat(50_000)) }],
    ['a long chain', { 'main.tf': roleOf('"ci"', `1${' + 1'.repeat(50_000)}`) }],
    ['many times', { 'main.tf': roleOf('"ci"', '"x"', 'count = 1000000000') }],
    [
      'modules that multiply',
      Object.fromEntries(
        Array.from({ length: 8 }, (_, at) => [
          `m${at}/main.tf`,
          `module "next" {\n  count = 100\n  source = "../m${at + 1}"\n}\n${roleOf('"ci"', '"x"')}`,
        ]),
      ),
    ],
  ])('%s', (_, texts) => {
    expect(reasons(read(texts)).length).toBeGreaterThan(0);
  });

  test('no text in the place of an expression throws', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '[',
            ']',
            '{',
            '}',
            '(',
            ')',
            '"',
            '${',
            '%{',
            'for',
            'in',
            ':',
            '=>',
            'x',
            '.',
            '*',
            '?',
            '-',
            '!',
            ',',
            ' ',
            '1',
            '=',
            '...',
            '<<E\n',
            '\n',
            'if',
            'endif',
            'toset(',
            'var.',
            'each.',
          ),
          { maxLength: 12 },
        ),
        (parts) => {
          read({ 'main.tf': roleOf('"ci"', parts.join('')) });
        },
      ),
      { numRuns: 300 },
    );
  });
});
