import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mapPage } from '../src/audit/map/map-page.ts';
import { accountDetails, providerDetails, providerList } from '../test/audit/estate/dump.ts';
import { allow, comProject, ordinary, project } from '../test/audit/estate/statements.ts';
import { largeReport } from '../test/support/builders/audit-reports.ts';
import type { Benchmark, Place } from './benchmark.ts';

const ACCOUNTS = [100, 300, 1000];
/** Of each account; 5 of them trust a GitLab. */
const ROLES = 50;
const MAP = { roles: 5000, projects: 1000 } as const;

/** How an audit grows with the number of accounts, and how large the access map is. */
export const audit: Benchmark = {
  name: 'audit',
  title: 'Audit',
  run: (place) => {
    const folder = join(place.folder, 'estate');
    const rows = ACCOUNTS.map((accounts) => {
      for (let at = filled(folder); at < accounts; at++) writeAccount(folder, at);
      const { seconds, megabytes } = audited(place, folder);
      return [
        `${accounts} dumps`,
        String(accounts * ROLES),
        seconds.toFixed(1),
        megabytes.toFixed(0),
      ];
    });
    const map = mapPage(largeReport(MAP.roles, MAP.projects)).length / 1e6;
    return {
      headings: ['Input', 'Roles', 'CPU, s', 'Peak, MB'],
      rows,
      notes: [
        `A whole process, run once: \`audit --json\` of dumps with ${ROLES} roles each, of which 5 trust a GitLab. The aim is less than 30 s for 1,000 dumps.`,
        'A dump is given up when it is read; what grows is the report, which has every role that trusts a GitLab.',
        `The access map of ${MAP.roles} roles and ${MAP.projects} projects has ${map.toFixed(1)} MB; the aim is less than 5.`,
      ],
    };
  },
};

function filled(folder: string): number {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder).length;
}

function writeAccount(folder: string, at: number): void {
  const id = String(100_000_000_000 + at);
  const hosts = ['gitlab.acme.example', 'gitlab.com'];
  const providers = hosts.map((host) => ({ host, clientIds: [`https://${host}`] }));
  const gitlab = Array.from({ length: 5 }, (_, role) => {
    const number = 1000 * at + role + 1;
    return {
      name: `deploy-${role}`,
      trust: [role % 2 === 1 ? project(id, number) : comProject(id, `acme/p${at}-${role}`, number)],
      permissions: [
        allow(['s3:GetObject', 's3:PutObject'], `arn:aws:s3:::bucket-${at}-${role}/*`),
        allow(['ecs:UpdateService'], `arn:aws:ecs:eu-west-1:${id}:service/cluster/*`),
        allow('iam:PassRole', `arn:aws:iam::${id}:role/task-*`, {
          StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
        }),
      ],
    };
  });
  const account = { id, providers, roles: [...gitlab, ...ordinary(id, ROLES - gitlab.length)] };
  const own = join(folder, id);
  mkdirSync(own);
  writeFileSync(join(own, 'details.json'), accountDetails(account));
  writeFileSync(join(own, 'providers.json'), providerList(account));
  for (const provider of providers)
    writeFileSync(join(own, `provider-${provider.host}.json`), providerDetails(provider));
}

/** Prints, when the program ends, what it took. */
const MEASURE = `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  require('node:fs').writeSync(2, '\\n' + JSON.stringify([(userCPUTime + systemCPUTime) / 1e6, maxRSS / 1024]));
});`;

function audited({ root, folder }: Place, dumps: string): { seconds: number; megabytes: number } {
  const hook = join(folder, 'measure.cjs');
  writeFileSync(hook, MEASURE);
  const { stderr } = spawnSync(
    process.execPath,
    ['--require', hook, join(root, 'dist/cli.js'), 'audit', dumps, '--json', '--fail-on', 'error'],
    { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const figures = /\n(\[[^\n]*\])$/.exec(stderr)?.[1];
  if (figures === undefined) throw new Error(`the audit of ${dumps} failed: ${stderr}`);
  const [seconds = NaN, megabytes = NaN] = JSON.parse(figures) as number[];
  return { seconds, megabytes };
}
