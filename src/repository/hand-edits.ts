import { relative, sep } from 'node:path';
import { placeText } from '../access/place.ts';
import type { RoleKey } from '../access/role-context.ts';
import { accountsInWords } from '../blueprint/accounts/roles-of-accounts.ts';
import type { Blueprint, Stack } from '../blueprint/blueprint.ts';
import { RCP_FILE } from '../blueprint/organization/guard.ts';
import { totalsOf } from '../compare/compare-inventories.ts';
import { effectInWords, factInWords, headlines, providerInWords } from '../compare/words.ts';
import {
  type Deployed,
  deployedOtherwise,
  type DeployedDifference,
  differenceTo,
  inventoryOf,
} from './deployed.ts';
import { guardOf } from './guard.ts';
import type { PreparedUpdate } from './prepare-update.ts';
import { renderGenerated } from './render.ts';
import { SYNTHESIZED, synthesizedIn } from './synthesized.ts';
import { settingsEdits } from './terraform-settings.ts';

/** An edit by hand that changes what is deployed, or may do so, and that the answers do not accept. */
export interface HandEdit {
  readonly paths: readonly string[];
  /** What it does, one line each. */
  readonly effects: readonly string[];
}

/**
 * The edits by hand that are not in `accepted_edits`: of the HCL where it comes to other roles, providers or another
 * backend than was generated last, and of the TypeScript, whose effect is known where it was synthesized since.
 *
 * @throws {ProblemError} where the HCL cannot be read
 */
export async function handEdits(root: string, prepared: PreparedUpdate): Promise<HandEdit[]> {
  const { plan, current, acceptedEdits } = prepared;
  const blueprint = prepared.before ?? prepared.after;
  const generated = renderGenerated(blueprint);
  const touched = [
    ...plan.kept.map(({ path }) => path),
    ...plan.changes
      .filter(({ change }) => change === 'merged' || change === 'conflict')
      .map(({ path }) => path),
  ].filter((path) => !acceptedEdits.includes(path));
  const deployed = await deployedOtherwise(root, blueprint);
  const strange = (deployed?.files ?? [])
    .map((file) => relative(root, file))
    .filter((path) => !generated.has(path) && !acceptedEdits.includes(path));
  const hcl = [...new Set([...touched.filter((path) => path.endsWith('.tf')), ...strange])];
  const program = touched.filter((path) => path.endsWith('.ts'));
  // People attach these; no plan shows what is different.
  const guards = touched.filter((path) => /^org\/.*\.json$/.test(path));
  const settings = await settingsEdits(root, current, generated);
  return [
    ...(deployed && hcl.length > 0
      ? [{ paths: hcl, effects: effectsOf(root, deployed, blueprint) }]
      : []),
    ...(guards.length > 0 ? [{ paths: guards, effects: [GUARDS_DIFFER] }] : []),
    ...settings.flatMap(({ paths, effect }) => {
      const open = paths.filter((path) => !acceptedEdits.includes(path));
      return open.length > 0 ? [{ paths: open, effects: [effect] }] : [];
    }),
    ...(await programEdits(root, blueprint, program, acceptedEdits, deployed)),
  ];
}

const GUARDS_DIFFER =
  'what the organization denies is not what the answers say, once it is attached';

/** The edits of the app in TypeScript, and what it was synthesized to. */
async function programEdits(
  root: string,
  blueprint: Blueprint,
  program: readonly string[],
  accepted: readonly string[],
  hcl: Deployed | undefined,
): Promise<HandEdit[]> {
  const app = await synthesizedIn(root, blueprint);
  if (!app?.isFresh) {
    const why = app ? [`${SYNTHESIZED} is older than ${app.changed}`] : [];
    const effects = ['its effect on access cannot be evaluated', ...why];
    return program.length > 0 ? [{ paths: program, effects }] : [];
  }
  const { prefix } = blueprint.issuer;
  const guard = guardOf(root);
  const difference = differenceTo(app.inventory, inventoryOf(blueprint), prefix, guard);
  const fromHcl = hcl && differenceTo(app.inventory, hcl.inventory, prefix, guard);
  const files = app.files.map((file) => relative(root, file));
  const isAccepted = accepted.some((path) => /\.(ts|tf)$/.test(path));
  if (program.length === 0 && (isAccepted || !(difference ?? fromHcl))) return [];
  return [
    {
      paths: program.length > 0 ? program : files,
      effects: [
        ...(difference
          ? effectsOf(root, difference, blueprint)
          : [`${SYNTHESIZED} has the roles and providers that the answers describe`]),
        ...(fromHcl ? [`terraform and ${SYNTHESIZED} describe different roles or providers`] : []),
      ],
    },
  ];
}

function effectsOf(
  root: string,
  { comparison, reworded, assumed }: DeployedDifference,
  blueprint: Blueprint,
): string[] {
  const { roles, providers, unreadable } = comparison;
  const ofRoles = [
    ...reworded.map((key) => ({ key, text: 'the trust policy is written differently' })),
    ...roles.flatMap(({ key, change, effects, facts }) =>
      [
        ...(change === 'kept' ? [] : [`the role is ${change}`]),
        ...effects.map((one) => `${one.kind}: ${effectInWords(one)}`),
        ...facts.map(factInWords),
      ].map((text) => ({ key, text })),
    ),
  ];
  return [
    ...headlines(comparison, totalsOf(comparison)),
    ...inAccounts(ofRoles, blueprint),
    ...providers.map(providerInWords),
    ...unreadable.after.map(({ place: { file, line }, what }) => {
      const at = placeText({ file: relative(root, file), path: '', line });
      return `${at}: ${what}`;
    }),
    ...assumed.map(
      (one) => `${one.replace(`${root}${sep}`, '')} may be given another value than the files have`,
    ),
    ...(guardOf(root) ? [`Assumed to hold for the roles: RCP ${RCP_FILE}`] : []),
  ];
}

/** What is the same in several accounts is reported once, with their names. */
function inAccounts(
  lines: readonly { readonly key: RoleKey; readonly text: string }[],
  { stacks }: Blueprint,
): string[] {
  const names = stacks.flatMap(({ name }) => name ?? []);
  const found = new Map<string, Pick<Stack, 'name'>[]>();
  for (const { key, text } of lines) {
    const { name } = stacks.find(({ aws }) => aws.accountId === key.account) ?? {
      name: key.account,
    };
    const line = `${key.name}: ${text}`;
    found.set(line, [...(found.get(line) ?? []), { name }]);
  }
  return [...found].map(([line, accounts]) =>
    names.length === 0 ? line : `${accountsInWords(accounts, names)}: ${line}`,
  );
}
