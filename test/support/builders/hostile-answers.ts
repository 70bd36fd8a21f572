import fc from 'fast-check';
import { completeAnswers } from '../../../src/answers/read.ts';
import type { Answers } from '../../../src/answers/schema.ts';
import { anyText, audience, description, projectPath, refName, rolePath, tags } from './hostile.ts';

interface RoleTexts {
  readonly name?: string | undefined;
  readonly suffix: string;
  readonly project: string;
  readonly branches: readonly string[];
  readonly gitTags: readonly string[];
  readonly description: string;
  readonly path: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly policyText: string;
}

/** Answers whose every free text is hostile, with so many roles, and so many branches and so many tags in each. */
export function hostileAnswers(roles: number, refs: number): fc.Arbitrary<Answers> {
  const exactly = (length: number) =>
    ({ minLength: length, maxLength: length, size: 'max' }) as const;
  const role = fc.record({
    suffix: fc.stringMatching(/^[A-Za-z0-9_+=,.@-]{0,5}$/),
    project: projectPath(),
    branches: fc.uniqueArray(refName('branch'), exactly(refs)),
    gitTags: fc.uniqueArray(refName('tag'), exactly(refs)),
    description: description(),
    path: rolePath(),
    tags: tags(),
    policyText: anyText(),
  });
  return fc
    .tuple(fc.array(role, exactly(roles)), audience())
    .map(([texts, aud]) => answersOf(texts, aud));
}

/** Ids that the library of the CDKs leaves out or takes for its own; in the order of the alphabet among the others. */
const ROLE_NAMES: Readonly<Record<number, string>> = {
  0: 'constructor',
  1: 'Default',
  6: 'toString',
  7: 'valueOf',
};

/** What went wrong once, or would with less care. */
export function knownHostileAnswers(): Answers {
  const texts = [
    '${TfToken[TOKEN.0]}',
    '$${TfToken[TOKEN.0]}',
    '#{TfToken[TOKEN.1]} &{TfToken[TOKEN.2]}',
    'String Map Token Value',
    '-8.10956221259138e+298 and -9e300e-9e300',
    '%{if false}%{endif}${"$"}{ $${ %%{ $$${ %%%{',
    '',
    '</b> {{x}} \\u0041 \\n\n\r\n\t"',
  ];
  const branches = [
    'a${b', 'a$${b', 'a$$${b', '%{b', '%%{b', '$', '"', '\u00a0', '\u0085', '\u00ad', '-8.10956221259138e+298'.slice(1),
    'x-8.10956221259138e+298', '}${', '${}', '@', 'refs/x', '${$}', '${${', ']', '{TfToken]}',
  ]; // prettier-ignore
  return answersOf(
    texts.map((text, index) => ({
      name: ROLE_NAMES[index],
      suffix: '',
      project: 'g/p',
      branches,
      gitTags: branches,
      description: text,
      path: '/${x}/$x/%{/"/\\/',
      tags: { for: 'for', null: 'null', in: '', กำ: 'x', '𝒳𠀀': 'x', 'a\u2028': '\u3000x' },
      policyText: text,
    })),
    '#{TfToken[TOKEN.1]}',
  );
}

function answersOf(roles: readonly RoleTexts[], aud: string): Answers {
  return completeAnswers({
    version: 2,
    gitlab: { url: 'https://gitlab.com', audience: aud },
    aws: { region: 'eu-west-1', quotas: { trust_policy: 8192 } },
    provider: { mode: 'create' },
    roles: roles.map((role, index) => ({
      name: role.name ?? `r${index}x${role.suffix}`,
      description: role.description,
      path: role.path,
      tags: role.tags,
      projects: [{ path: role.project }],
      refs: { branches: role.branches, tags: role.gitTags },
      permissions: {
        inline_policies: [{ name: 'inline', policy: inlinePolicy(role.policyText) }],
      },
    })),
    output: 'cdktf',
    state: { backend: 'local' },
    ci: { credentials: 'web-identity' },
  });
}

/** A policy with text where IAM takes any, as key and as value. */
function inlinePolicy(text: string) {
  const held = text.replace(/[\u007f-\u009f]/g, '');
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: '*',
        Condition: { StringEquals: { [`aws:RequestTag/${held}`]: [held, 'x'] } },
      },
    ],
  };
}
