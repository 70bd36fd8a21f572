import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RefType } from '../../../src/gitlab/ref.ts';

const ACCEPTS = {
  branch: 'git check-ref-format --branch "$name"',
  tag: 'case "$name" in -*) false ;; *) git check-ref-format "refs/tags/$name" ;; esac',
} as const satisfies Record<RefType, string>;

const NAMESPACES = { branch: 'refs/heads/', tag: 'refs/tags/' } as const;

/** Names for which git has further rules in its commands, and names of which `show-ref` reads the last word only. */
const ASKED_ALONE = /^-|@|^HEAD$|\s/;

/** Whether git itself accepts each name; a name holds no NUL, as no argument of a command can. */
export function gitAccepts(type: RefType, names: readonly string[]): boolean[] {
  const alone = names.filter((name) => ASKED_ALONE.test(name));
  const together = names.filter((name) => !ASKED_ALONE.test(name));
  const accepted = new Set([...acceptedAlone(type, alone), ...acceptedTogether(type, together)]);
  return names.map((name) => accepted.has(name));
}

function acceptedAlone(type: RefType, names: readonly string[]): string[] {
  const script = `for name in "$@"; do
    if { ${ACCEPTS[type]}; } >/dev/null 2>&1; then echo yes; else echo no; fi
  done`;
  const options = { cwd: tmpdir(), encoding: 'utf8' } as const;
  const answers = execFileSync('sh', ['-c', script, 'sh', ...names], options).split('\n');
  return names.filter((_, at) => answers[at] === 'yes');
}

/** By the one process of a command that leaves out what is not the name of a ref; a process for each takes far longer. */
function acceptedTogether(type: RefType, names: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'refs-'));
  try {
    execFileSync('git', ['init', '--quiet', '--bare', folder]);
    const prefix = NAMESPACES[type];
    const printed = execFileSync('git', ['show-ref', '--exclude-existing'], {
      cwd: folder,
      encoding: 'utf8',
      input: names.map((name) => `${prefix}${name}\n`).join(''),
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    return printed.split('\n').flatMap((line) => (line === '' ? [] : line.slice(prefix.length)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
