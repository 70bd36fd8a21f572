import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { RefType } from '../../../src/gitlab/ref.ts';

const ACCEPTS = {
  branch: 'git check-ref-format --branch "$name"',
  tag: 'case "$name" in -*) false ;; *) git check-ref-format "refs/tags/$name" ;; esac',
} as const satisfies Record<RefType, string>;

/** Whether git itself accepts each name; a name holds no NUL, as no argument of a command can. */
export function gitAccepts(type: RefType, names: readonly string[]): boolean[] {
  const script = `for name in "$@"; do
    if { ${ACCEPTS[type]}; } >/dev/null 2>&1; then echo yes; else echo no; fi
  done`;
  const options = { cwd: tmpdir(), encoding: 'utf8' } as const;
  return execFileSync('sh', ['-c', script, 'sh', ...names], options)
    .trim()
    .split('\n')
    .map((answer) => answer === 'yes');
}
