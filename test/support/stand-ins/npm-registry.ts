import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { portOf } from '../tools/port-of.ts';
import { run } from '../tools/run.ts';

const MANIFEST = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly name: string;
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
};

/**
 * A registry that has this program alone, packed as it is now: npm finds it there as it will find the published one.
 *
 * @see https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md
 */
export class NpmRegistry {
  private constructor(
    private readonly server: Server,
    /** Of the program's tarball, in the form of `dist.integrity`. */
    readonly integrity: string,
  ) {}

  /** @param folder where the program is packed */
  static async start(folder: string): Promise<NpmRegistry> {
    await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], '.');
    const tarball = readFileSync(
      join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? ''),
    );
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    const server = createServer(({ url, headers: { host = '' } }, response) => {
      if (url === `/${MANIFEST.name}`) response.end(JSON.stringify(metadata(host, integrity)));
      else if (url === '/program.tgz') response.end(tarball);
      else response.writeHead(404).end('{}');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new NpmRegistry(server, integrity);
  }

  get url(): string {
    return `http://127.0.0.1:${portOf(this.server)}/`;
  }

  stop(): Promise<void> {
    return new Promise((stopped) => {
      this.server.close(() => {
        stopped();
      });
      this.server.closeAllConnections();
    });
  }
}

function metadata(host: string, integrity: string) {
  const { name, version, bin } = MANIFEST;
  const dist = { tarball: `http://${host}/program.tgz`, integrity };
  return {
    name,
    'dist-tags': { latest: version },
    versions: { [version]: { name, version, bin, dist } },
  };
}
