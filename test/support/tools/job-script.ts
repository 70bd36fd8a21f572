import type { CiFile } from '../builders/ci-file.ts';

/** What the runner gets of a job: the lines of `before_script` and `script`, merged as GitLab does. */
export function jobScript(file: CiFile, job: string): string {
  return [...scriptLines(file, job, 'before_script'), ...scriptLines(file, job, 'script')].join(
    '\n',
  );
}

function scriptLines(file: CiFile, job: string, key: 'before_script' | 'script'): string[] {
  const own = file[job]?.[key];
  if (own === undefined) {
    const parents = [file[job]?.extends ?? []].flat();
    return parents
      .map((parent) => scriptLines(file, parent, key))
      .reduce((lines, later) => (later.length > 0 ? later : lines), []);
  }
  return own.flatMap((line) =>
    typeof line === 'string' ? [line] : scriptLines(file, line[0] ?? '', key),
  );
}
