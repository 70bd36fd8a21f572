import { checkManagedPolicy } from '../iam/arn.ts';
import type { PackFlag } from '../permissions/pack.ts';
import { PACK_FLAGS } from '../permissions/packs.ts';
import type { Asker } from './asker.ts';
import { firstFlaw } from './first-flaw.ts';
import type { FlagValues } from './flags.ts';
import { listOf } from './list.ts';

/** What a role can be given in the interview; each is limited to what the person names. */
const OFFERS: Readonly<Record<string, Pick<PackFlag, 'value' | 'many' | 'prompt'>>> = {
  ...PACK_FLAGS,
  'managed-policy': {
    value: 'NAME|ARN',
    many: true,
    prompt: {
      choice: 'a managed policy',
      message: 'Names of AWS managed policies, or ARNs',
      check: (text) =>
        checkManagedPolicy('aws', text.replace(/^arn:aws(-cn|-us-gov):/, 'arn:aws:')),
    },
  },
};

/** Asks what a role may do, and to which resources that is limited; answers in the form of the flags. */
export async function askPermissions(asker: Asker): Promise<FlagValues> {
  const chosen = await asker.many({
    flag: 's3-read',
    message: 'What the role may do',
    why: 'Each is limited to what you name next. Inline policies go into the answers file later.',
    choices: Object.entries(OFFERS).map(([value, { prompt }]) => ({ value, name: prompt.choice })),
  });
  const answers: [string, unknown][] = [];
  for (const [flag, offer] of Object.entries(OFFERS).filter(([flag]) => chosen.includes(flag))) {
    answers.push([flag, offer.value === undefined ? true : await askLimit(flag, offer, asker)]);
  }
  const flags: FlagValues = Object.fromEntries(answers);
  if (!flags['managed-policy']?.some((policy) => policy.endsWith('AdministratorAccess')))
    return flags;
  const meant = await asker.yes({
    flag: 'accept-administrator',
    message: 'AdministratorAccess?',
    why: 'Every job that assumes the role may then do anything in the account, and change its own trust policy.',
    default: false,
  });
  return meant ? { ...flags, 'accept-administrator': true } : askPermissions(asker);
}

/** Asks what a permission is limited to: one thing, or a list of them. */
async function askLimit(
  flag: string,
  { many, prompt }: Pick<PackFlag, 'many' | 'prompt'>,
  asker: Asker,
): Promise<string | undefined | readonly string[]> {
  const { check = () => undefined } = prompt;
  const text = await asker.text({
    flag,
    message: prompt.message ?? prompt.choice,
    why: prompt.why ?? 'Several apart by commas.',
    check: (line) =>
      listOf(line).length === 0
        ? { what: 'none was named', fix: 'Name at least one' }
        : firstFlaw(check)(line),
  });
  const items = [...new Set(listOf(text))];
  return many ? items : items[0];
}
