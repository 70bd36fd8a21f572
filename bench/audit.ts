import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mapPage } from '../src/audit/map/map-page.ts';
import { accountDetails, providerDetails, providerList } from '../test/audit/estate/dump.ts';
import { allow, comProject, ordinary, project } from '../test/audit/estate/statements.ts';
import { largeReport } from '../test/support/builders/audit-reports.ts';
import type { Benchmark, Place } from './benchmark.ts';

/** Dumps, and how many of them have roles that trust a GitLab. */
const ESTATES: readonly (readonly [accounts: number, trusting: number])[] = [
  [100, 100],
  [300, 300],
  [1000, 100],
  [1000, 1000],
];
/** Of each account. */
const ROLES = 50;
const TRUSTING_ROLES = 5;
const MAP = { roles: 5000, projects: 1000 } as const;

/** How an audit grows with the number of accounts, and how large the access map is. */
export const audit: Benchmark = {
  name: 'audit',
  title: 'Audit',
  run: (place) => {
    const rows = ESTATES.map(([accounts, trusting]) => {
      const folder = join(place.folder, `estate-${accounts}-${trusting}`);
      for (let at = 0; at < accounts; at++)
        writeAccount(folder, at, at < trusting ? TRUSTING_ROLES : 0);
      const { seconds, megabytes } = audited(place, folder);
      rmSync(folder, { recursive: true });
      return [
        `${accounts} dumps`,
        String(accounts * ROLES),
        String(trusting * TRUSTING_ROLES),
        seconds.toFixed(1),
        megabytes.toFixed(0),
      ];
    });
    const map = mapPage(largeReport(MAP.roles, MAP.projects)).length / 1e6;
    return {
      headings: ['Input', 'Roles', 'Trust a GitLab', 'CPU, s', 'Peak, MB'],
      rows,
      notes: [
        `A whole process, run once: \`audit --json\` of dumps with ${ROLES} roles each. The aim is less than 30 s for 1,000 dumps.`,
        'A dump is given up when it is read; what grows is the report, which has every role that trusts a GitLab.',
        `The access map of ${MAP.roles} roles and ${MAP.projects} projects has ${map.toFixed(1)} MB; the aim is less than 5.`,
      ],
    };
  },
};

function writeAccount(folder: string, at: number, trusting: number): void {
  const id = String(100_000_000_000 + at);
  const hosts = ['gitlab.acme.example', 'gitlab.com'];
  const providers = hosts.map((host) => ({ host, clientIds: [`https://${host}`] }));
  const gitlab = Array.from({ length: trusting }, (_, role) => {
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
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'details.json'), accountDetails(account));
  writeFileSync(join(own, 'providers.json'), providerList(account));
  for (const provider of providers)
    writeFileSync(join(own, `provider-${provider.host}.json`), providerDetails(provider));
}

/** Prints, when the program ends, what it took. The kernel's `ru_maxrss` would count this process too, which started it. */
const MEASURE = `process.on('exit', () => {
  const { readFileSync, writeSync } = require('node:fs');
  const { user, system } = process.cpuUsage();
  const [, peak] = /^VmHWM:\\s+(\\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  writeSync(2, '\\n' + JSON.stringify([(user + system) / 1e6, Number(peak) / 1024]));
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
