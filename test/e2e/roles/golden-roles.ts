import type { Pipeline } from '../../support/builders/id-token-claims.ts';
import type { BranchPipeline, Neighbor } from './neighbors.ts';

/** A golden's token side, and its roles by name. */
interface GoldenRoles {
  readonly issuer: string;
  readonly audience: string;
  readonly region: string;
  /** The provider was there before. */
  readonly hasProvider?: true;
  readonly roles: Readonly<Record<string, GoldenRole>>;
}

/** Whom the answers of a golden mean for a role. */
export interface GoldenRole {
  readonly pipeline: BranchPipeline;
  /** Those of its neighbors that the role is for as well. */
  readonly alsoFor?: readonly Neighbor[];
  readonly furtherLetIn?: Readonly<Record<string, Pipeline>>;
  readonly furtherRefused?: Readonly<Record<string, Pipeline>>;
}

const myproject = { path: 'mygroup/myproject', id: 20 };
const service = (name: string, id: number) => ({
  path: `acme/services/${name}`,
  id,
  namespaceId: 310,
});
const site = { path: 'acme/web/site', id: 3001 };
const shop = { path: 'acme/web/shop', id: 3002 };
const backup = { path: 'acme/operations/backup', id: 4001, namespaceId: 320 };
const infrastructure = { path: 'mygroup/infrastructure', id: 4711 };
const web = { path: 'acme/shop/web', id: 4001 };
const api = { path: 'acme/shop/api', id: 4002 };
const etl = { path: 'acme/data/etl', id: 4003 };
const website = { path: 'mygroup/website', id: 21 };

const nightly = {
  project: backup,
  branch: 'main',
  isProtected: true,
  source: 'schedule',
  runner: 'self-hosted',
} as const;

const releaseForm = ['project_id', 'ref_type', 'ref', 'ref_protected'];
const release = {
  project: myproject,
  branch: 'main',
  isProtected: true,
  subComponents: releaseForm,
} as const;

const withoutEnvironment = {
  project: website,
  branch: 'main',
  isProtected: true,
  subComponents: [...releaseForm, 'deployment_tier'],
} as const;
const toProduction = {
  ...withoutEnvironment,
  environment: { name: 'www', tier: 'production' },
} as const;

/** Where AWS has no key for a project's id or a ref's protection, and the subject does not hold them. */
const PATH_ONLY = ['the branch unprotected', "the path with another project's id"] as const;

/** Where the subject holds the project's id in place of its path. */
const ID_ONLY = ['the path in other letter case', 'the project under another path'] as const;

function pushImages(
  own: Pipeline['project'],
  second: Pipeline['project'],
  foreign: Pipeline['project'],
) {
  const main = { branch: 'main', isProtected: true };
  return {
    pipeline: { project: own, ...main },
    furtherLetIn: { 'another of its projects': { project: second, ...main } },
    furtherRefused: {
      'a project of another part of the role': { project: foreign, ...main },
      "one project's path with the id of another": {
        project: { ...own, id: second.id },
        ...main,
      },
      'the project in another namespace': { project: { ...own, namespaceId: 311 }, ...main },
    },
  };
}

function ofOneProject(own: Pipeline['project'], foreign: Pipeline['project']) {
  const main = { branch: 'main', isProtected: true };
  return {
    pipeline: { project: own, ...main },
    furtherRefused: { 'a project that has a role of its own': { project: foreign, ...main } },
  };
}

export const GOLDEN_ROLES: Readonly<Record<string, GoldenRoles>> = {
  'cdk-terrain': {
    issuer: 'https://gitlab.com',
    audience: 'https://gitlab.com',
    region: 'eu-central-1',
    roles: {
      'push-images': {
        pipeline: {
          project: { path: 'acme/platform/images', id: 42 },
          branch: 'main',
          isProtected: true,
        },
      },
    },
  },
  organization: {
    issuer: 'https://gitlab.com',
    audience: 'https://gitlab.com',
    region: 'eu-west-1',
    // The bootstrap creates the provider.
    hasProvider: true,
    roles: {
      'shop-deploy': {
        pipeline: {
          project: { path: 'mygroup/shop', id: 20 },
          branch: 'main',
          isProtected: true,
        },
      },
      'legacy-deploy': {
        pipeline: {
          project: { path: 'mygroup/legacy', id: 4711 },
          branch: 'main',
          isProtected: true,
        },
      },
    },
  },
  quickstart: {
    issuer: 'https://gitlab.com',
    audience: 'https://gitlab.com',
    region: 'eu-west-1',
    roles: {
      'gitlab-deploy': { pipeline: { project: myproject, branch: 'main', isProtected: true } },
    },
  },
  'self-managed': {
    issuer: 'https://gitlab.example.com',
    audience: 'sts.amazonaws.com',
    region: 'eu-central-1',
    roles: {
      'gitlab-deploy': {
        pipeline: { project: myproject, branch: 'main' },
        alsoFor: PATH_ONLY,
        furtherLetIn: {
          'a release branch': { project: myproject, branch: 'release/1.2' },
          'a version tag': { project: myproject, tag: 'v1.2.3' },
          'the other project': {
            project: { path: 'mygroup/subgroup/service', id: 22 },
            branch: 'main',
          },
          'a merge request from a release branch': {
            project: myproject,
            mergeRequestFrom: 'release/1.2',
          },
        },
        furtherRefused: {
          'a branch that only begins like a release': { project: myproject, branch: 'release-1' },
          'a tag named like a release branch': { project: myproject, tag: 'release/1.2' },
          'a branch named like a version tag': { project: myproject, branch: 'v1.2.3' },
          'a subject of another form': {
            project: myproject,
            branch: 'main',
            subComponents: releaseForm,
          },
        },
      },
    },
  },
  'legacy-jwt': {
    issuer: 'https://gitlab.example.com',
    audience: 'https://gitlab.example.com',
    region: 'eu-west-1',
    roles: {
      'gitlab-legacy': { pipeline: { project: myproject, branch: 'main' }, alsoFor: PATH_ONLY },
    },
  },
  'hcl-only': {
    issuer: 'https://oidc.example.com',
    audience: 'sts.amazonaws.com',
    region: 'us-gov-west-1',
    hasProvider: true,
    roles: {
      publish: {
        pipeline: { project: { path: 'docs/handbook', id: 7 }, branch: 'main' },
        alsoFor: PATH_ONLY,
      },
    },
  },
  'plan-and-apply': {
    issuer: 'https://gitlab.com',
    audience: 'https://gitlab.com',
    region: 'eu-west-1',
    roles: {
      'infra-plan': {
        pipeline: { project: infrastructure, branch: 'main', isProtected: true },
        alsoFor: [
          'another branch',
          'a branch that begins like it',
          'the branch in other letter case',
          'the branch unprotected',
          'a merge request',
        ],
      },
      'infra-apply': {
        pipeline: { project: infrastructure, branch: 'main', isProtected: true },
      },
    },
  },
  'project-id-subject': {
    issuer: 'https://gitlab.example.com',
    audience: 'https://gitlab.example.com',
    region: 'eu-west-1',
    roles: {
      'gitlab-release': {
        pipeline: release,
        alsoFor: ID_ONLY,
        furtherRefused: {
          "a subject of GitLab's own form": {
            ...release,
            subComponents: ['project_path', 'ref_type', 'ref'],
          },
          'a project whose id begins like it': { ...release, project: { ...myproject, id: 201 } },
        },
      },
      'gitlab-website': {
        pipeline: toProduction,
        alsoFor: ID_ONLY,
        furtherLetIn: {
          'another environment of production': {
            ...toProduction,
            environment: { name: 'www-2', tier: 'production' },
          },
        },
        furtherRefused: {
          'a job that deploys to staging': {
            ...toProduction,
            environment: { name: 'production', tier: 'staging' },
          },
          'a job without environment': withoutEnvironment,
        },
      },
    },
  },
  'per-project-roles': {
    issuer: 'https://gitlab.com',
    audience: 'https://gitlab.com',
    region: 'eu-west-1',
    roles: {
      'deploy-acme-shop-web': ofOneProject(web, api),
      'deploy-acme-shop-api': ofOneProject(api, web),
      'deploy-acme-data-etl': ofOneProject(etl, api),
      'read-config': {
        pipeline: { project: web, branch: 'main', isProtected: true },
        furtherLetIn: { 'its other project': { project: api, branch: 'main', isProtected: true } },
        furtherRefused: {
          'a project that only has a role of its own': {
            project: etl,
            branch: 'main',
            isProtected: true,
          },
        },
      },
    },
  },
  'many-projects': {
    issuer: 'https://gitlab.com',
    audience: 'sts.amazonaws.com',
    region: 'eu-west-1',
    roles: {
      'acme-push-images': pushImages(
        service('accounts', 2000),
        service('billing', 2001),
        service('email', 2005),
      ),
      'acme-push-images-2': pushImages(
        service('email', 2005),
        service('invoices', 2009),
        service('ledger', 2010),
      ),
      'acme-push-images-3': pushImages(
        service('ledger', 2010),
        service('payments', 2014),
        service('pricing', 2015),
      ),
      'acme-push-images-4': pushImages(
        service('pricing', 2015),
        service('search', 2019),
        service('accounts', 2000),
      ),
      'acme-website': {
        pipeline: { project: site, branch: 'main', isProtected: true },
        furtherLetIn: {
          'a protected hotfix': { project: site, branch: 'hotfix/7', isProtected: true },
          'a protected version tag': { project: site, tag: 'v7', isProtected: true },
          'the other project, started by hand': {
            project: shop,
            branch: 'main',
            isProtected: true,
            source: 'web',
          },
        },
        furtherRefused: {
          'a schedule': { project: site, branch: 'main', isProtected: true, source: 'schedule' },
          'a hotfix that is not protected': { project: site, branch: 'hotfix/7' },
          'a version tag that is not protected': { project: site, tag: 'v7' },
          'a tag named like a hotfix': { project: site, tag: 'hotfix/7', isProtected: true },
          "one project's path with the id of the other": {
            project: { ...site, id: 3002 },
            branch: 'main',
            isProtected: true,
          },
        },
      },
      'acme-nightly': {
        pipeline: nightly,
        // The role is for whatever is in the group's own namespace.
        alsoFor: [
          'another project of the group',
          'a project whose name begins like it',
          'the project under another path',
          "the path with another project's id",
        ],
        furtherRefused: {
          'a push': { ...nightly, source: 'push' },
          "a runner of GitLab's": { ...nightly, runner: 'gitlab-hosted' },
          'a subgroup': {
            ...nightly,
            project: { path: 'acme/operations/new/backup', id: 4002, namespaceId: 321 },
          },
        },
      },
    },
  },
};
