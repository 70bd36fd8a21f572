import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { parse } from 'yaml';
import { completeAnswers, readAnswersText } from '../../src/answers/read.ts';
import { answersText } from '../../src/answers/write.ts';
import { yamlText } from '../../src/answers/yaml/yaml-of.ts';
import { arnOfRole } from '../../src/blueprint/arn-of-role.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { describeRef } from '../../src/gitlab/ref.ts';
import { policyLiteral } from '../../src/iam/policy.ts';
import { yaml } from '../../src/render/escape/gitlab-ci.ts';
import { hcl } from '../../src/render/escape/hcl.ts';
import { code, markdown, mermaid } from '../../src/render/escape/markdown.ts';
import { typescript } from '../../src/render/escape/typescript.ts';
import { visible } from '../../src/text/unprintable.ts';
import { shellWord } from '../../src/text/shell-word.ts';
import { renderGenerated } from '../../src/repository/render.ts';
import { anyText, audience } from '../support/builders/hostile.ts';
import { hostileAnswers } from '../support/builders/hostile-answers.ts';
import { mermaidSeen, seen, tables } from '../support/tools/markdown.ts';
import { runs } from '../support/tools/runs.ts';
import { shown } from '../support/tools/shown.ts';

const answersOfEveryKind = hostileAnswers(2, 3);
const YAML_VERSIONS = ['1.1', '1.2'] as const;

describe('the answers file', () => {
  test('gives the same answers to a reader of YAML 1.1 or 1.2, and the same bytes when written again', () => {
    fc.assert(
      fc.property(answersOfEveryKind, (answers) => {
        const text = answersText(answers);
        const read = completeAnswers(readAnswersText(text, 'answers.yaml').draft);
        expect(read).toEqual(answers);
        expect(answersText(read)).toBe(text);
        for (const version of YAML_VERSIONS) expect(parse(text, { version })).toEqual(answers);
      }),
      { numRuns: runs(60) },
    );
  });

  test.each([' \n', ' \n ', '\n\n', ' a\n  b\n', `${'a long line '.repeat(8)}\n  and a second \n`])(
    'holds lines and the blanks at their ends: %j',
    (text) => {
      for (const version of YAML_VERSIONS) {
        expect(parse(yamlText({ text: [text] }), { version })).toEqual({
          text: [text],
        });
      }
    },
  );
});

describe('the CI file', () => {
  test.each([undefined, '123456789012'])(
    'holds the very audience and role ARNs, once GitLab has expanded variables (account %s)',
    (accountId) => {
      fc.assert(
        fc.property(answersOfEveryKind, ({ aws, ...others }) => {
          const answers = completeAnswers({ ...others, aws: { ...aws, account_id: accountId } });
          const blueprint = blueprintOf(answers);
          const text = renderGenerated(blueprint).get('ci/assume-role.gitlab-ci.yml') ?? '';
          for (const version of YAML_VERSIONS) {
            const jobs = parse(text, { version }) as Record<string, CiJob>;
            expect(jobs['.aws-sign-in']?.id_tokens?.AWS_ID_TOKEN.aud).toBe(answers.gitlab.audience);
            const [stack] = blueprint.stacks;
            for (const role of stack.roles) {
              expect(expanded(jobs[`.aws-role-${role.name}`]?.variables?.['AWS_ROLE_ARN'])).toBe(
                arnOfRole(stack, role, accountId ?? '<AWS_ACCOUNT_ID>'),
              );
            }
          }
        }),
        { numRuns: runs(30) },
      );
    },
  );
});

interface CiJob {
  readonly id_tokens?: { readonly AWS_ID_TOKEN: { readonly aud: string } };
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * What GitLab and its runner make of a variable's value: `$$` is a dollar, a variable of any spelling is put in,
 * and `%%` stays.
 */
function expanded(value = ''): string {
  const variable = /\$\$|%%|\$\{([a-z_]\w*)\}|\$([a-z_]\w*)|%([a-z_]\w*)%/gi;
  return value.replace(variable, (whole, ...[braced, bare, percent]: (string | undefined)[]) => {
    const name = braced ?? bare ?? percent;
    if (name === undefined) return whole === '$$' ? '$' : whole;
    return `<${name}>`;
  });
}

describe('the README', () => {
  test('says in its tables which refs of which project may assume which role, whatever their names', () => {
    fc.assert(
      fc.property(answersOfEveryKind, (answers) => {
        const blueprint = blueprintOf(answers);
        const page = renderGenerated(blueprint).get('README.md') ?? '';
        const [access, roles] = tables(page).map(([, , ...rows]) =>
          rows.map((row) => row.map(seen)),
        );
        expect(access).toEqual(
          blueprint.stacks[0].roles.flatMap((role) =>
            role.grants.map(({ path, refs }) => [
              path,
              refs.map(describeRef).map(shown).join('\n'),
              role.name,
              role.permissions.map(shown).join('\n'),
            ]),
          ),
        );
        const account = 'AWS_ACCOUNT_ID';
        const [stack] = blueprint.stacks;
        expect(roles).toEqual(
          stack.roles.map((role) => [
            role.name,
            `.aws-role-${role.name}`,
            arnOfRole(stack, role, account),
          ]),
        );
      }),
      { numRuns: runs(60) },
    );
  });

  test('has as many cells in every row as in the head of the table', () => {
    fc.assert(
      fc.property(answersOfEveryKind, (answers) => {
        const page = renderGenerated(blueprintOf(answers)).get('README.md') ?? '';
        for (const [head, ...rows] of tables(page)) {
          for (const row of rows) expect(row).toHaveLength(head?.length ?? 0);
        }
      }),
      { numRuns: runs(60) },
    );
  });
});

describe('the diagram in the README', () => {
  test('names project, refs and role of every edge, whatever their names', () => {
    fc.assert(
      fc.property(answersOfEveryKind, (answers) => {
        const blueprint = blueprintOf(answers);
        const page = renderGenerated(blueprint).get('README.md') ?? '';
        const [, diagram = ''] = /```mermaid\nflowchart LR\n(.*?)\n```\n/s.exec(page) ?? [];
        const edges = diagram.split('\n').map((edge) => {
          const labels = /^ {2}\w+\[(".*")\] -- (".*") --> \w+\((".*")\)$/.exec(edge) ?? [];
          return labels.slice(1).map(mermaidSeen);
        });
        expect(edges).toEqual(
          blueprint.stacks[0].roles.flatMap(({ name, grants }) =>
            grants.map(({ path, refs }) => [path, shown(refs.map(describeRef).join(', ')), name]),
          ),
        );
      }),
      { numRuns: runs(60) },
    );
  });
});

describe('any text', () => {
  const line = (text: string) => shown(text.replace(/[ \t\r\n\f\v]+/g, ' '));

  test('shows as it is in Markdown, on one line, and what is hidden by its number', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const source = markdown(text);
        expect(source).not.toMatch(/[\r\n]/);
        expect(seen(source)).toBe(line(text));
      }),
      { numRuns: runs(2000) },
    );
  });

  test.each([
    ['ma\u00adin', 'ma\\u00adin'],
    ['\u202egnp.exe', '\\u202egnp.exe'],
    ['a\u00a0b\u0085', 'a\\u00a0b\\u0085'],
    ['\ufffe', '\\ufffe'],
  ])('is not taken for another: %j', (text, seenAs) => {
    expect(seen(markdown(text))).toBe(seenAs);
    expect(seen(code(text))).toBe(seenAs);
    expect(mermaidSeen(mermaid(text))).toBe(seenAs);
    expect(visible(text)).toBe(seenAs);
    for (const source of [typescript(text), hcl(text), yamlText(text)]) {
      expect(source).toContain(seenAs);
      expect(source).not.toContain(text);
    }
  });

  test('shows as it is in inline code, in a table and outside', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const outside = code(text, false);
        expect(outside).not.toMatch(/[\r\n]/);
        expect(seen(outside)).toBe(line(text));
        const [[row] = []] = tables(`| a ${code(text)} b | ${code(text)} |`);
        expect(row?.map(seen)).toEqual([`a ${line(text)} b`, line(text)]);
      }),
      { numRuns: runs(2000) },
    );
  });

  test('shows as it is in a Mermaid label, which holds no quote of it', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(mermaidSeen(mermaid(text))).toBe(line(text));
      }),
      { numRuns: runs(2000) },
    );
  });

  test('is one string of YAML, whichever version reads it', () => {
    fc.assert(
      fc.property(fc.oneof(anyText(), audience(), fc.stringMatching(/^[\w.:/-]{1,6}$/)), (text) => {
        for (const version of YAML_VERSIONS) {
          expect(parse(`key: ${yaml(text)}\n`, { version })).toEqual({ key: text });
        }
      }),
      { numRuns: runs(2000) },
    );
  });

  test('is one word of a shell command', () => {
    const words = fc.array(
      fc
        .oneof(anyText(), fc.string({ unit: 'grapheme' }), fc.constant(''))
        .filter((word) => !/\0|\p{Cs}/u.test(word)),
      { minLength: 200, maxLength: 200, size: 'max' },
    );
    fc.assert(
      fc.property(words, (all) => {
        const command = `printf '%s\\0' ${all.map(shellWord).join(' ')}`;
        const printed = execFileSync('sh', ['-c', command], { encoding: 'utf8' });
        expect(printed.split('\0').slice(0, -1)).toEqual(all);
      }),
      { numRuns: runs(5) },
    );
  });

  test('is to IAM that very text, once a policy holds it', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(readByIam(policyLiteral(text))).toBe(text);
      }),
      { numRuns: runs(2000) },
    );
    expect(policyLiteral('a${b')).toBe('a${$}{b');
  });
});

/** Policy variables as IAM reads them; only the one that stands for a dollar may be there. */
function readByIam(value: string): string {
  return value.replace(/\$\{(.?\}?)/gs, (_, variable: string) => {
    if (variable !== '$}') throw new Error(`${value} holds another policy variable`);
    return '$';
  });
}
