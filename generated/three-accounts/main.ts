import { App } from "cdktf";
import { ownRoles as rolesOf_dev } from "./lib/accounts/dev";
import { ownRoles as rolesOf_prod } from "./lib/accounts/prod";
import { GitlabOidcStack } from "./lib/gitlab-oidc-stack";

const app = new App();
new GitlabOidcStack(app, "dev", {
  region: "eu-west-1",
  accountId: "111111111111",
  stateKey: "cdktf/gitlab-aws-oidc/dev/terraform.tfstate",
  roles: ["shop-deploy"],
  ownRoles: rolesOf_dev,
});
new GitlabOidcStack(app, "stage", {
  region: "eu-west-1",
  accountId: "222222222222",
  stateKey: "cdktf/gitlab-aws-oidc/stage/terraform.tfstate",
  hasProvider: true,
  roles: ["shop-deploy"],
});
new GitlabOidcStack(app, "prod", {
  region: "eu-central-1",
  accountId: "333333333333",
  stateKey: "cdktf/gitlab-aws-oidc/prod/terraform.tfstate",
  permissionsBoundary: "arn:aws:iam::333333333333:policy/ci-boundary",
  tags: {
    Stage: "prod",
  },
  ownRoles: rolesOf_prod,
});
app.synth();
