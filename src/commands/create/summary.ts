import { limitInWords } from '../../access/words.ts';
import { ANSWERS_FILE } from '../../answers/file-names.ts';
import { programCall } from '../../render/program-call.ts';
import { columnsOf, linesOf, styled, type Output } from '../../terminal/output.ts';
import type { Blueprint } from '../../blueprint/blueprint.ts';
import { rolesOfAccounts } from '../../blueprint/accounts/roles-of-accounts.ts';
import { accountFolder } from '../../render/accounts/terraform-accounts.ts';
import { hasOwnForms } from '../../blueprint/subject-forms.ts';
import { describeRef } from '../../gitlab/ref.ts';
import type { Files } from '../../render/files.ts';
import { pastedWord } from '../../text/shell-word.ts';
import { visible } from '../../text/unprintable.ts';

/**
 * Who will be able to assume what, and what to know before saying yes.
 *
 * @param stream where it will be printed
 */
export function summary(blueprint: Blueprint, directory: string, stream: Output): string {
  const { issuer, notices, ci, cdk } = blueprint;
  const { stacks } = blueprint;
  const bold = (text: string) => styled(stream, 'bold', text);
  const facts = [
    ['GitLab', issuer.instanceUrl],
    ...(issuer.url === issuer.instanceUrl ? [] : [['Issuer', issuer.url]]),
    ['Audience', issuer.audiences.join(', ')],
    ['AWS', accountsOfStacks(stacks)],
    [
      'Provider',
      together(stacks.map(({ provider }) => (provider.mode === 'create' ? 'new' : 'existing'))),
    ],
    ['Sign-in', ci.credentials],
    ['Code', cdk ? `${cdk.name} and HCL` : 'HCL'],
    ['State', together(stacks.map(({ state }) => state.backend))],
    ['Folder', directory],
  ];
  const access = rolesOfAccounts(blueprint).flatMap(({ role, accounts }) => [
    `  ${bold(role.name)}${accounts === undefined ? '' : ` in ${accounts}`}`,
    ...role.grants.flatMap((grant) => [
      `    ${grant.kind === 'group' ? 'every project in ' : ''}${visible(grant.path)}${grant.id === undefined ? '' : ` (id ${grant.id})`}`,
      ...grant.refs.map(
        (ref) =>
          `      from ${[visible(describeRef(ref)), ...grant.limits.map(limitInWords)].join(', ')}`,
      ),
    ]),
    ...(role.permissions.length > 0
      ? role.permissions.map((permission) => `    ${visible(inSentence(permission))}`)
      : ['    has no permissions yet']),
  ]);
  const yellow = (text: string) => styled(stream, 'yellow', text);
  return [
    ...facts.map(([name = '', value = '']) => `  ${name.padEnd(9)} ${value}`),
    '',
    bold('Access'),
    ...access,
    ...(notices.length > 0 ? ['', bold('Before you deploy')] : []),
    ...notices.map(({ where, text }) => {
      const lines = linesOf(`${where}: ${visible(text)}`, columnsOf(stream), '    ').join('\n');
      return `  ${yellow('!')} ${lines.trimStart()}`;
    }),
    '',
  ].join('\n');
}

/** A role may read a bucket, but it has a policy. */
function inSentence(permission: string): string {
  return `${/^(managed|inline) policy /.test(permission) ? 'has' : 'may'} ${permission}`;
}

/** So many accounts are named. */
const NAMED = 5;

function accountsOfStacks(stacks: Blueprint['stacks']): string {
  const [{ name, aws }] = stacks;
  if (name === undefined) return `${aws.accountId ?? 'any account'}, ${aws.region}`;
  const names = stacks.map((stack) => stack.name ?? '');
  const more = names.length > NAMED ? ', …' : '';
  const count = `${names.length} ${names.length === 1 ? 'account' : 'accounts'}`;
  return `${count}: ${names.slice(0, NAMED).join(', ')}${more}`;
}

/** Each value once, with its number where there are several. */
function together(values: readonly string[]): string {
  const kinds = [...new Set(values)];
  if (kinds.length === 1) return kinds.join('');
  return kinds
    .map((kind) => `${kind} in ${values.filter((value) => value === kind).length}`)
    .join(', ');
}

/** The command that generates the same repository in another folder, from the answers of this one. */
export function repeatCommand(blueprint: Blueprint, directory: string): string {
  const folder = directory.replace(/(?<=.)\/+$/, '');
  const words = ['create', `${folder}-2`, '--config', `${folder}/${ANSWERS_FILE}`, '--yes'];
  return [...programCall(blueprint.ci), ...words].map(pastedWord).join(' ');
}

/** The exact commands that come next. */
export function nextSteps(blueprint: Blueprint, directory: string): string[] {
  const { cdk } = blueprint;
  const [{ name, state }, ...others] = blueprint.stacks;
  const folder = name === undefined ? 'terraform' : accountFolder(name);
  return [
    `cd ${pastedWord(directory)}`,
    ...(hasOwnForms(blueprint) ? ['# set the subject form in GitLab: gitlab/settings.md'] : []),
    ...(blueprint.bootstrap ? ['# create the bootstrap: bootstrap/README.md'] : []),
    ...(state.backend === 'gitlab' ? ['export TF_HTTP_USERNAME=… TF_HTTP_PASSWORD=…'] : []),
    ...(cdk
      ? ['npm install', `npx ${cdk.name} deploy${name === undefined ? '' : ` ${name}`}`]
      : [`terraform -chdir=${folder} init`, `terraform -chdir=${folder} apply`]),
    ...(others.length > 0 ? ['# then each other account in the same way'] : []),
  ];
}

/** The newest Node, by its ABI, for which the native part of `cdktf-cli` comes ready-made: Node 22. */
const READY_MADE_ABI = 127;

/** What installing the app takes with the Node that runs this, where that is more than npm. */
export function installHint(
  { cdk }: Pick<Blueprint, 'cdk'>,
  width: number,
  abi = Number(process.versions.modules),
): string | undefined {
  if (!cdk?.hasNativePart || abi <= READY_MADE_ABI) return undefined;
  const text = `With this version of Node, npm compiles a part of ${cdk.name}-cli, which takes Python, make and a C++ compiler. Node 20 needs none of them, nor does CDK Terrain (--output cdktn).`;
  return `${linesOf(text, width).join('\n')}\n`;
}

/** The files, a path to a line. */
export function tree(directory: string, files: Files): string {
  const lines = [...files.keys()].sort().map((path) => `  ${directory}/${path}\n`);
  return lines.join('');
}
