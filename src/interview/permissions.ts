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
      choice: 'Managed policy',
      message: 'Managed policies',
      why: 'Comma-separated names or ARNs, e.g. ReadOnlyAccess.',
      check: (text) =>
        checkManagedPolicy('aws', text.replace(/^arn:aws(-cn|-us-gov):/, 'arn:aws:')),
    },
  },
};

/** Asks what a role may do, and to which resources that is limited; answers in the form of the flags. */
export async function askPermissions(asker: Asker): Promise<FlagValues> {
  const chosen = await asker.many({
    flag: 's3-read',
    message: 'Permissions of the role',
    why: 'Space picks one, Enter ends. You limit each next, e.g. to buckets.',
    quick: true,
    choices: Object.entries(OFFERS).map(([value, { prompt }]) => ({
      value,
      name: prompt.choice,
      ...(prompt.short === undefined ? {} : { short: prompt.short }),
    })),
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
    message: 'Attach AdministratorAccess?',
    why: 'Jobs can then do anything in the account, including changing who can assume the role.',
    default: false,
    quick: true,
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
    why: prompt.why ?? 'Comma-separated names.',
    quick: true,
    check: (line) =>
      listOf(line).length === 0
        ? { what: 'Nothing is named', fix: 'Type at least one name' }
        : firstFlaw(check)(line),
  });
  const items = [...new Set(listOf(text))];
  return many ? items : items[0];
}
