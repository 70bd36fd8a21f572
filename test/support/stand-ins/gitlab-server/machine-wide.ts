import { certificate } from '../certificates.ts';
import { GitlabServer, TOKEN } from './gitlab-server.ts';
import type { Holdings } from './holdings.ts';
import { Tunnel } from './tunnel.ts';

/** A GitLab that the program meets at gitlab.com and gitlab.example.com: through a proxy, behind a private CA. */
export async function machineWide(
  folder: string,
  holdings: Holdings,
  issuer?: string,
): Promise<{
  server: GitlabServer;
  environment: Record<string, string>;
  stop: () => Promise<void>;
}> {
  const made = certificate(folder, ['gitlab.com', 'gitlab.example.com']);
  const server = await GitlabServer.start({
    holdings,
    certificate: made,
    ...(issuer === undefined ? {} : { issuer }),
  });
  const tunnel = await Tunnel.to(() => server.port);
  return {
    server,
    environment: {
      HTTPS_PROXY: tunnel.url,
      NO_PROXY: '',
      NODE_EXTRA_CA_CERTS: made.caFile,
      GITLAB_TOKEN: TOKEN,
    },
    stop: async () => {
      await tunnel.stop();
      await server.stop();
    },
  };
}
