import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printable, withStyle } from '../../../src/terminal/style.ts';
import { pastedWord } from '../../../src/text/shell-word.ts';
import { goldenFolder } from '../../support/builders/goldens.ts';
import { PROGRAM, run } from '../../support/tools/program.ts';
import { commandTool, describeWith } from '../../support/tools/required-tools.ts';
import { runs } from '../../support/tools/runs.ts';
import { scratchFolders } from '../../support/tools/scratch-folder.ts';

const scratch = scratchFolders();
const script = commandTool('script', 'install the package bsdutils');

/** What a terminal obeys or hides, but for the end of a line and a tab. */
const OBEYED =
  /(?![\n\t])\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}|[\u034f\u115f\u1160\u3164\uffa0]|[\ufe00-\ufe0f]/u;

const PIECES = [
  '\u001b]0;title\u0007', '\u001b]8;;https://evil.example\u001b\\', '\u001b[2J', '\u001b[31mred', '\u009b1A', '\u009d0;x\u009c',
  '\r', '\b\b\b', '\u007f', '\u202eabc', '\u2066x\u2069', '\u200b', '\u00ad', '\ufeff', '\u061c', '\u2028', '\u{e0041}', '\ufe0f',
  'a', '/', '=', ':', '"', "'", '\\', ' ',
]; // prettier-ignore
const hostile = fc
  .array(fc.constantFrom(...PIECES), { minLength: 3, maxLength: 9 })
  .map((pieces) => pieces.join(''));

/** The arguments of a command into which a hostile text enters, by each way that there is. */
type Entrance = (text: string, folder: string) => string[];

function file(folder: string, name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** A name that a file may have. */
const named = (text: string) => `x${text.replaceAll('/', '')}`;

function repository(folder: string, name: string): string {
  const path = join(folder, name);
  cpSync(goldenFolder('quickstart'), path, { recursive: true });
  return path;
}

function answers(text: string): string {
  return readFileSync(join(goldenFolder('quickstart'), 'gitlab-aws-oidc.yaml'), 'utf8')
    .replace('- main', `- ${JSON.stringify(text)}`)
    .replace('- my-bucket', `- ${JSON.stringify(text)}`);
}

const trust = (text: string) =>
  JSON.stringify({
    Role: {
      RoleName: text,
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: text,
            Effect: 'Allow',
            Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/gitlab.com` },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: {
              StringLike: {
                'gitlab.com:sub': `project_path:${text}:*`,
                [`gitlab.com:${text}`]: text,
              },
            },
          },
        ],
      },
    },
  });

const create = ['--yes', '--dry-run', '--project', 'g/p'];
const job = ['--project', 'g/p', '--branch', 'main'];

const ENTRANCES: Readonly<Record<string, Entrance>> = {
  'a flag\'s name': (text) => ['x-y', `--${text}`],
  'a folder': (text) => [`./${text}`, ...create],
  'a second folder': (text) => ['x-y', text],
  'a branch to create': (text) => ['x-y', ...create, '--branch', text],
  'a tag to create': (text) => ['x-y', ...create, '--tag', text, '--json'],
  'a project to create': (text) => ['x-y', '--yes', '--dry-run', '--project', `g/${text}`],
  'a GitLab': (text) => ['x-y', ...create, '--gitlab-url', `https://${text}`],
  'a description': (text) => ['x-y', ...create, '--role-description', text],
  'a secret\'s prefix': (text) => ['x-y', ...create, '--secrets-read', text],
  'a state key': (text) => ['x-y', ...create, '--state', 's3', '--state-bucket', 'bbb', '--state-key', text],
  'a policy file': (text, folder) => ['x-y', ...create, '--policy-file', `p=${file(folder, 'p', text)}`],
  'the name of an answers file': (text) => ['x-y', '--config', text, '--debug'],
  'an answers file': (text, folder) => ['x-y', '--dry-run', '--config', file(folder, 'a.yaml', answers(text))],
  'a broken answers file': (text, folder) => ['x-y', '--config', file(folder, 'a.yaml', `${text}: [`)],
  'answers to explain': (text, folder) => ['explain', file(folder, 'a.yaml', answers(text))],
  'answers to explain, in JSON': (text, folder) => ['explain', file(folder, 'a.yaml', answers(text)), '--json'],
  'a policy to explain': (text, folder) => ['explain', file(folder, named(text), trust(text))],
  'a policy to explain, in Markdown': (text, folder) => ['explain', file(folder, 'p', trust(text)), '--format', 'markdown'],
  'a policy to explain, as a diagram': (text, folder) => ['explain', file(folder, 'p', trust(text)), '--format', 'mermaid'],
  'a policy and a job': (text, folder) => ['explain', file(folder, 'p', trust(text)), ...job],
  'a claim': (text, folder) => ['explain', file(folder, 'p', trust('x')), ...job, '--claim', `a=${text}`, '--sub', text],
  'a policy to lint': (text, folder) => ['lint', file(folder, named(text), trust(text))],
  'a policy to lint, in JSON': (text, folder) => ['lint', file(folder, 'p', trust(text)), '--json'],
  'a policy to lint, as SARIF': (text, folder) => ['lint', file(folder, named(text), trust(text)), '--format', 'sarif'],
  'a policy to lint, for GitLab': (text, folder) => ['lint', file(folder, named(text), trust(text)), '--format', 'codequality'],
  'a format': (text, folder) => ['lint', file(folder, 'p', trust('x')), '--format', text],
  'JSON that is none': (text, folder) => ['lint', file(folder, 'p', `{${text}`)],
  'a message': (text) => ['doctor', '--error', text],
  'claims': (text, folder) => ['doctor', '--claims', file(folder, 'c', JSON.stringify({ iss: text, sub: text, aud: text, [text]: text }))],
  'claims, in JSON': (text, folder) => ['doctor', '--json', '--claims', file(folder, 'c', JSON.stringify({ iss: text, sub: text }))],
  'claims, in Markdown': (text, folder) => ['doctor', '--format', 'markdown', '--claims', file(folder, 'c', JSON.stringify({ sub: text }))],
  'a job to diagnose': (text, folder) => ['doctor', repository(folder, 'r'), '--project', 'mygroup/myproject', '--branch', text],
  'a token': (text, folder) => ['doctor', '--token-file', file(folder, 't', text)],
  'a role ARN and a session name': (text) => ['doctor', '--role-arn', `arn:aws:iam::123456789012:role/${text}`, '--session-name', text, ...job],
  'a branch to add': (text, folder) => ['add', 'branch', text, '--dry-run', '--dir', repository(folder, 'r')],
  'a kind to add': (text) => ['add', text],
  'what to remove': (text, folder) => ['remove', 'project', text, '--dir', repository(folder, 'r')],
  'a folder to update': (text, folder) => {
    mkdirSync(join(folder, 'up'));
    return ['update', repository(folder, `up/${named(text)}`), '--json'];
  },
  'an edit by hand': (text, folder) => {
    const path = repository(folder, 'r');
    writeFileSync(join(path, 'terraform/roles.tf'), text);
    return ['update', path, '--check'];
  },
}; // prettier-ignore

test.each(Object.entries(ENTRANCES))(
  'no output holds a character that a terminal obeys or hides, whatever is given as %s',
  async (_, enter) => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const folder = scratch();
        const { stdout, stderr } = await run(enter(text, folder), folder);
        expect(stdout + stderr).not.toBe('');
        expect(OBEYED.exec(stdout + stderr)).toBeNull();
      }),
      { numRuns: runs(1) },
    );
  },
);

describeWith([script], 'on a terminal', () => {
  // eslint-disable-next-line no-control-regex -- our own colors begin with it
  const COLOR = /\u001b\[(1|22|2|31|32|33|39)m/g;

  test('the only sequences are our own colors', () => {
    const folder = scratch();
    const policy = file(folder, 'policy.json', trust('\u001b[31mred\u001b[0m\u001b]0;title\u0007'));
    const line = `'${process.execPath}' '${PROGRAM}' lint '${policy}'`;
    const { NO_COLOR: _, ...env } = process.env;
    const { stdout } = spawnSync('script', ['-qec', line, '/dev/null'], { encoding: 'utf8', env });
    expect(stdout).toMatch(COLOR);
    expect(stdout).toContain('\\u001b[31mred');
    expect(OBEYED.exec(stdout.replaceAll('\r\n', '\n').replace(COLOR, ''))).toBeNull();
  });
});

describe('styled text', () => {
  test('keeps its style, and what it holds cannot add one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), hostile, (before, text) => {
        const printed = printable(`${before}${withStyle('red', text)}`);
        const [plain = '', rest = ''] = printed.split('\u001b[31m');
        const [inside = '', after] = rest.split('\u001b[39m');
        expect(after).toBe('');
        expect(OBEYED.exec(plain + inside)).toBeNull();
      }),
      { numRuns: runs(60) },
    );
  });
});

describe('a word of a command to paste', () => {
  test.each(['bash', 'busybox sh'])('is read by %s as it was, and can be seen whole', (shell) => {
    const [command = '', ...first] = shell.split(' ');
    fc.assert(
      fc.property(hostile, (text) => {
        const word = pastedWord(text);
        expect(OBEYED.exec(word)).toBeNull();
        const args = [...first, '-c', `printf %s ${word}`];
        expect(spawnSync(command, args, { encoding: 'utf8' }).stdout).toBe(text);
      }),
      { numRuns: runs(15) },
    );
  });

  test('is quoted as usual where all of it can be seen', () => {
    expect(pastedWord("it's")).toBe("'it'\\''s'");
    expect(pastedWord('a\u202eb')).toBe("$'a\\342\\200\\256b'");
  });
});
