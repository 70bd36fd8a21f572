import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';

/** A block of shell lines on a page, with what the page says that they print. */
export interface DocumentedRun {
  readonly command: string;
  /** Absent where the page does not say. */
  readonly printed?: string;
}

/**
 * A `sh` block and the `text` block right after it, if there is one. Blocks of other kinds, such as `bash`, need an AWS
 * account or a GitLab server and are not run.
 */
const RUN = /^```sh\n([^]+?)^```\n(?:\n```text\n([^]*?)^```\n)?/gm;

/** The shell blocks of a page, in order. */
export function documentedRuns(page: string): readonly DocumentedRun[] {
  return [...readFileSync(page, 'utf8').matchAll(RUN)].map(([, command = '', printed]) => ({
    command,
    ...(printed === undefined ? {} : { printed }),
  }));
}

/** Runs shell lines as they are written, and says what they printed on standard output. */
export function runAsWritten(
  command: string,
  cwd: string,
  environment: NodeJS.ProcessEnv,
): { readonly printed: string; readonly complaint: string; readonly exitCode: number | null } {
  const { stdout, stderr, status } = spawnSync('sh', ['-c', command], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...environment },
    encoding: 'utf8',
  });
  return { printed: stdout, complaint: stderr, exitCode: status };
}

/** Writes into a page what its commands print, where `npm run docs` asks for it; `printed` goes by the order of blocks. */
export function updatePage(page: string, printed: readonly (string | undefined)[]): void {
  if (!process.env['UPDATE_DOCS']) return;
  let at = 0;
  const text = readFileSync(page, 'utf8').replace(RUN, (block, command: string, old?: string) => {
    const now = printed[at++];
    if (old === undefined || now === undefined) return block;
    return `\`\`\`sh\n${command}\`\`\`\n\n\`\`\`text\n${now}\`\`\`\n`;
  });
  writeFileSync(page, text);
}

/** Files that the links of a page lead to and that do not exist, by the path in the link. */
export function brokenLinks(page: string): readonly string[] {
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(
    ([, to = '']) => to,
  );
  return links
    .filter((to) => !/^(https?:|#)/.test(to) && !isAbsolute(to))
    .filter((to) => !existsSync(new URL(to.replace(/#.*/, ''), `file://${process.cwd()}/${page}`)));
}
