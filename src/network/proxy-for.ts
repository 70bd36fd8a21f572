/**
 * The proxy that this machine's environment sends HTTPS to that host through, if any.
 *
 * @see https://about.gitlab.com/blog/2021/01/27/we-need-to-talk-no-proxy/ how programs read these variables
 */
export function proxyFor(host: string, env: NodeJS.ProcessEnv): string | undefined {
  const proxy = env['https_proxy'] || env['HTTPS_PROXY'];
  if (!proxy) return undefined;
  const exempt = (env['no_proxy'] || env['NO_PROXY'] || '').toLowerCase().split(/[\s,]+/);
  const direct = exempt.some((entry) => {
    const name = entry.replace(/^\*?\./, '');
    return entry === '*' || (name !== '' && (host === name || host.endsWith(`.${name}`)));
  });
  if (direct) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}
