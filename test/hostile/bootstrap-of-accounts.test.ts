import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { checkAnswers } from '../../src/answers/check/answers.ts';
import type { Answers } from '../../src/answers/schema.ts';
import { documentsIn } from '../../src/blueprint/bootstrap/accounts.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { renderBootstrap } from '../../src/render/bootstrap/bootstrap.ts';
import { accountRows, parametersOfRow } from '../support/builders/accounts-table.ts';
import { bootstrapAnswers } from '../support/builders/bootstrap-answers.ts';
import { resolved } from '../support/tools/cloudformation.ts';
import { runs } from '../support/tools/runs.ts';
import { writeFiles } from '../support/tools/git-project.ts';

/** Names of accounts that mean something to a shell, to Terraform or to a table. */
const accountName = fc.oneof(
  fc.constantFrom('account', 'id', 'default', 'true', 'null', '0', '00', 'x-1'),
  fc.stringMatching(/^[a-z0-9]([a-z0-9]{0,8}[a-z0-9])?$/),
);
const stateKey = fc.stringMatching(/^[A-Za-z0-9!_.'()-]{1,8}(\/[A-Za-z0-9!_.'()-]{1,8})?$/);
const boundaryName = fc.stringMatching(/^[A-Za-z0-9_+=.@-]{1,12}$/);

/** Accounts with odd names, places of state and boundaries, in answers that are accepted. */
const hostile = fc
  .uniqueArray(
    fc.record({
      name: accountName,
      key: stateKey,
      ownBoundary: fc.option(boundaryName, { nil: undefined }),
      mode: fc.constantFrom('create' as const, 'existing' as const),
    }),
    { minLength: 1, maxLength: 4, selector: ({ name }) => name },
  )
  .map((accounts) =>
    bootstrapAnswers({
      aws: { region: 'eu-west-1' },
      state: { backend: 's3', bucket: 'acme-state', key: '{account}' },
      bootstrap: { state_account: '999999999999' },
      accounts: accounts.map(({ name, key, ownBoundary, mode }, index) => {
        const id = `00000000000${index}`;
        return {
          name,
          id,
          provider: { mode },
          state: { backend: 's3', bucket: 'acme-state', key: `${name}/${key}` },
          ...(ownBoundary === undefined
            ? {}
            : { permissions_boundary: `arn:aws:iam::${id}:policy/${ownBoundary}` }),
        };
      }),
    }),
  )
  .filter((answers) => checkAnswers(answers).length === 0);

function rendered(answers: Answers) {
  const blueprint = blueprintOf(answers);
  const { bootstrap, stacks } = blueprint;
  if (!bootstrap) throw new Error('there is no bootstrap');
  const files = renderBootstrap(blueprint);
  return { bootstrap, stacks, files, rows: accountRows(files.get('bootstrap/accounts.csv') ?? '') };
}

test(`each account gets by the template and its row what was decided for it, ${runs(100)} times`, () => {
  fc.assert(
    fc.property(hostile, (answers) => {
      const { bootstrap, stacks, files, rows } = rendered(answers);
      expect(rows.map((row) => row['account'])).toEqual(stacks.map(({ name }) => name));
      stacks.forEach((stack, index) => {
        const row = rows[index] ?? {};
        const id = stack.aws.accountId ?? '';
        const template = files.get('bootstrap/bootstrap.cfn.yaml') ?? '';
        const { resources } = resolved(template, id, parametersOfRow(row));
        const inStack = documentsIn(bootstrap, stack);
        expect(resources).toMatchObject(
          Object.fromEntries(
            (['plan', 'apply'] as const).map((job) => [
              job === 'plan' ? 'PlanRole' : 'ApplyRole',
              {
                properties: {
                  AssumeRolePolicyDocument: inStack.document(bootstrap[job].trust),
                  Policies: [{ PolicyDocument: inStack.document(bootstrap[job].policy.document) }],
                },
              },
            ]),
          ),
        );
        const own = answers.accounts?.[index]?.permissions_boundary;
        expect(resources['PlanRole']).toMatchObject({
          properties: { PermissionsBoundary: own ?? inStack.text(bootstrap.boundary.arn) },
        });
        expect('Boundary' in resources).toBe(own === undefined);
      });
    }),
    { numRuns: runs(100) },
  );
});

/** Prints what it is called with, a line for each word; as the account of the credentials it says the one it is given. */
const AWS = `#!/bin/sh
if [ "$1" = sts ]; then echo "$CREDENTIALS"; else printf '%s\\n' "$@"; fi
`;

test(`the script gives an account the values of its row, ${runs(4)} times`, () => {
  const scratch = mkdtempSync(join(tmpdir(), 'deploy-'));
  writeFileSync(join(scratch, 'aws'), AWS, { mode: 0o755 });
  const deploy = (account: string, credentials: string) =>
    spawnSync('sh', [join(scratch, 'bootstrap/deploy.sh'), account], {
      encoding: 'utf8',
      env: {
        PATH: [scratch, process.env['PATH'] ?? ''].join(delimiter),
        CREDENTIALS: credentials,
      },
    });
  fc.assert(
    fc.property(hostile, (answers) => {
      const { files, rows } = rendered(answers);
      writeFiles(scratch, files);
      for (const row of rows) {
        const { account = '', id = '', region = '' } = row;
        const { stdout, status } = deploy(account, id);
        const words = stdout.trimEnd().split('\n');
        expect(words.slice(words.indexOf('--region'))).toEqual([
          '--region',
          region,
          '--parameter-overrides',
          ...Object.entries(parametersOfRow(row)).map(([name, value]) => `${name}=${value}`),
        ]);
        expect(status).toBe(0);
        expect(deploy(account, '999999999999').status).toBe(1);
      }
      expect(deploy('', '').status).toBe(2);
      expect(deploy('no-such-account', '').status).toBe(2);
    }),
    { numRuns: runs(4) },
  );
  rmSync(scratch, { recursive: true });
});
