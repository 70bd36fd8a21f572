/**
 * The path of the project that a git remote leads to, at an instance; `undefined` for another host, or for what is not a
 * project's address.
 *
 * @param remote as `git remote get-url` prints it: https, ssh, or git@host:path
 */
export function projectOfRemote(remote: string, instanceUrl: string): string | undefined {
  const instance = new URL(instanceUrl);
  const [, user, path] = /^(?:[^@/\s]+@)?([^:/\s]+):(?!\/\/)(.+)$/.exec(remote) ?? [];
  const url = user === undefined ? remote : `ssh://${user}/${path ?? ''}`;
  if (!URL.canParse(url)) return undefined;
  const { hostname, pathname, protocol } = new URL(url);
  if (!['https:', 'http:', 'ssh:'].includes(protocol) || hostname !== instance.hostname)
    return undefined;
  const base = protocol === 'ssh:' ? '/' : `${instance.pathname.replace(/\/$/, '')}/`;
  if (!pathname.startsWith(base)) return undefined;
  const project = decoded(pathname.slice(base.length))
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
  return /^[\w.-]+(\/[\w.-]+)+$/.test(project) ? project : undefined;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}
